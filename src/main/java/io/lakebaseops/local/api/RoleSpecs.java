package io.lakebaseops.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.UpdateMask;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.RoleRow;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Set;

/// A Postgres role as JSON: its `spec` read, its `status` written. Its `spec` read, its `status`
/// shown.
final class RoleSpecs {
    static final UpdateMask.Known MASK =
            UpdateMask.known()
                    .field("spec.attributes.createdb")
                    .field("spec.attributes.createrole")
                    .field("spec.attributes.bypassrls")
                    .field("spec.membership_roles");
    private static final Set<String> IDENTITIES = Set.of("USER", "SERVICE_PRINCIPAL", "GROUP");
    private static final Set<String> METHODS =
            Set.of(RoleRow.OAUTH, RoleRow.SCRAM, RoleRow.NO_LOGIN);

    private RoleSpecs() {}

    static RoleRow fresh(String branch, @Nullable String id, Fields spec, Instant now) {
        String sqlName = spec.text("postgres_role");
        if (sqlName == null || sqlName.isEmpty()) {
            throw Refusal.invalid("role.spec.postgres_role is required");
        }
        String identity = spec.text("identity_type");
        if (identity != null && !IDENTITIES.contains(identity)) {
            throw Refusal.invalid("role.spec.identity_type " + identity + " is unknown");
        }
        String method = spec.text("auth_method");
        if (method == null) {
            method = identity == null ? RoleRow.SCRAM : RoleRow.OAUTH;
        }
        if (!METHODS.contains(method)) {
            throw Refusal.invalid("role.spec.auth_method " + method + " is unknown");
        }
        String roleId =
                id == null || id.isEmpty()
                        ? Names.idFrom("role", sqlName)
                        : Names.checkLongId("role_id", id);
        Fields attributes = spec.object("attributes");
        return new RoleRow(
                branch,
                roleId,
                now,
                now,
                sqlName,
                identity,
                method,
                attributes.flag("createdb", false),
                attributes.flag("createrole", false),
                attributes.flag("bypassrls", false),
                superuser(spec));
    }

    static RoleRow changed(RoleRow row, UpdateMask mask, Fields spec, Instant now) {
        Fields given = spec.object("attributes");
        return row.with(
                leaf(mask, given, "createdb", row.createDb()),
                leaf(mask, given, "createrole", row.createRole()),
                leaf(mask, given, "bypassrls", row.bypassRls()),
                mask.has("spec.membership_roles") ? superuser(spec) : row.superuser(),
                now);
    }

    static ObjectNode view(RoleRow row) {
        ObjectNode view = Json.object().put("name", row.name());
        view.put("role_id", row.id()).put("parent", row.branch());
        Json.time(view, "create_time", row.createTime());
        Json.time(view, "update_time", row.updateTime());
        ObjectNode status = view.putObject("status").put("role_id", row.id());
        status.put("postgres_role", row.postgresRole());
        String identity = row.identityType();
        status.put("identity_type", identity == null ? "IDENTITY_TYPE_UNSPECIFIED" : identity);
        status.put("auth_method", row.authMethod());
        status.putObject("attributes")
                .put("createdb", row.createDb())
                .put("createrole", row.createRole())
                .put("bypassrls", row.bypassRls());
        if (row.superuser()) {
            status.putArray("membership_roles").add("DATABRICKS_SUPERUSER");
        }
        return view;
    }

    private static boolean leaf(UpdateMask mask, Fields given, String name, boolean now) {
        return mask.has("spec.attributes." + name) ? given.flag(name, false) : now;
    }

    private static boolean superuser(Fields spec) {
        for (String role : spec.texts("membership_roles")) {
            if (!role.equals("DATABRICKS_SUPERUSER")) {
                throw Refusal.invalid("role.spec.membership_roles: " + role + " is unknown");
            }
        }
        return !spec.texts("membership_roles").isEmpty();
    }
}
