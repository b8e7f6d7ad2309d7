package io.lakebaseops.local.api.state;

import io.lakebaseops.local.compute.ComputeHost.RoleSpec;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// The stored record of a Postgres role.
///
/// @param identityType USER, SERVICE_PRINCIPAL or GROUP; null for a plain role
/// @param authMethod as the API writes it
/// @param superuser member of `databricks_superuser`
public record RoleRow(
        String branch,
        String id,
        Instant createTime,
        Instant updateTime,
        String postgresRole,
        @Nullable String identityType,
        String authMethod,
        boolean createDb,
        boolean createRole,
        boolean bypassRls,
        boolean superuser) {
    public static final String SCRAM = "PG_PASSWORD_SCRAM_SHA_256";
    public static final String OAUTH = "LAKEBASE_OAUTH_V1";
    public static final String NO_LOGIN = "NO_LOGIN";
    public static final String SUPERUSER = "databricks_superuser";

    public String name() {
        return Names.role(branch, id);
    }

    public RoleRow on(String otherBranch) {
        return new RoleRow(
                otherBranch,
                id,
                createTime,
                updateTime,
                postgresRole,
                identityType,
                authMethod,
                createDb,
                createRole,
                bypassRls,
                superuser);
    }

    public RoleRow with(boolean db, boolean role, boolean rls, boolean member, Instant now) {
        return new RoleRow(
                branch,
                id,
                createTime,
                now,
                postgresRole,
                identityType,
                authMethod,
                db,
                role,
                rls,
                member);
    }

    /// A role that was made by SQL.
    public static RoleRow found(String branch, RoleSpec spec, Instant now) {
        String id = Names.idFrom("role", spec.name());
        RoleRow row =
                new RoleRow(
                        branch, id, now, now, spec.name(), null, SCRAM, false, false, false, false);
        return row.as(spec, now);
    }

    /// The same role with what SQL has made of it.
    public RoleRow as(RoleSpec spec, Instant now) {
        String login = authMethod.equals(NO_LOGIN) ? SCRAM : authMethod;
        return new RoleRow(
                branch,
                id,
                createTime,
                now,
                postgresRole,
                identityType,
                spec.login() ? login : NO_LOGIN,
                spec.createDb(),
                spec.createRole(),
                spec.bypassRls(),
                spec.memberOf().contains(SUPERUSER));
    }

    public RoleSpec spec() {
        return new RoleSpec(
                postgresRole,
                !authMethod.equals(NO_LOGIN),
                createDb,
                createRole,
                bypassRls,
                superuser ? List.of(SUPERUSER) : List.of());
    }
}
