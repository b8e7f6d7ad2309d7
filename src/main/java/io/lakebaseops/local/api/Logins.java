package io.lakebaseops.local.api;

import io.lakebaseops.local.api.state.EndpointRow;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.RoleRow;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.state.Workspace;
import io.lakebaseops.local.gateway.LoginCheck;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Checks the password of a client that logs in to a compute. With a credential we issued for this
/// endpoint that is still alive; or, where the project allows native login, with the password
/// PostgreSQL keeps for a role that does not log in by credential.
final class Logins implements LoginCheck {
    private final Workspace workspace;
    private final Clock clock;
    private final NativePasswords passwords;

    /// Asks the branch's own server.
    @FunctionalInterface
    interface NativePasswords {
        boolean fits(String branchUid, String role, String password);
    }

    Logins(Workspace workspace, Clock clock, NativePasswords passwords) {
        this.workspace = workspace;
        this.clock = clock;
        this.passwords = passwords;
    }

    @Override
    public boolean accepts(String endpointUid, String user, String password) {
        return workspace
                        .credentials()
                        .find(hash(password))
                        .filter(row -> row.endpointUid().equals(endpointUid))
                        .filter(row -> row.user().equals(user))
                        .filter(row -> row.expireTime().isAfter(clock.instant()))
                        .isPresent()
                || workspace
                        .read(s -> nativeBranch(s, endpointUid, user))
                        .filter(branchUid -> passwords.fits(branchUid, user, password))
                        .isPresent();
    }

    /// The branch whose server may be asked about the user's password. A disabled endpoint is not
    /// woken for it.
    private static Optional<String> nativeBranch(State state, String endpointUid, String user) {
        return state.endpoints().values().stream()
                .filter(e -> e.uid().equals(endpointUid) && !e.disabled())
                .map(EndpointRow::branch)
                .filter(b -> state.project(Names.parent(b)).settings().nativeLogin())
                .filter(b -> byPassword(state.rolesOf(b), user))
                .map(b -> state.branch(b).uid())
                .findFirst();
    }

    /// A role made by SQL is not in our books before somebody lists the roles.
    private static boolean byPassword(List<RoleRow> roles, String user) {
        return roles.stream()
                .filter(r -> r.postgresRole().equals(user))
                .allMatch(r -> r.authMethod().equals(RoleRow.SCRAM));
    }

    static String hash(String token) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
