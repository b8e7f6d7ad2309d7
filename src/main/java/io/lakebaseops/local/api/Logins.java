package io.lakebaseops.local.api;

import io.lakebaseops.local.api.state.CredentialRow;
import io.lakebaseops.local.api.state.Workspace;
import io.lakebaseops.local.gateway.LoginCheck;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;

/// Is this password one we issued, for this endpoint and this user, and still alive?
final class Logins implements LoginCheck {
    private final Workspace workspace;
    private final Clock clock;

    Logins(Workspace workspace, Clock clock) {
        this.workspace = workspace;
        this.clock = clock;
    }

    @Override
    public boolean accepts(String endpointUid, String user, String password) {
        CredentialRow row = workspace.read(s -> s.credentials().get(hash(password)));
        return row != null
                && row.endpointUid().equals(endpointUid)
                && row.user().equals(user)
                && row.expireTime().isAfter(clock.instant());
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
