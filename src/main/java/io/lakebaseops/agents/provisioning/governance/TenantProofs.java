package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.plan.Postcondition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Measurements that show that every tenant sees its own rows and no others. Each looks through the
/// role's eyes, by a query planned after `SET ROLE`, with the setting missing, forged and own.
///
/// @param looked tables looked at through tenants' eyes
record TenantProofs(
        ConfigureRls.Input input,
        RlsFacts facts,
        String database,
        Map<String, List<String>> looked) {
    /// No tenant is called so: stands for a forged setting when there is no other tenant to steal.
    private static final String NOBODY = "no-such-tenant";

    List<Postcondition> proofs() {
        var proofs = new ArrayList<Postcondition>();
        proofs.add(
                figure(
                        "row security is in force on every table, for its owner too",
                        GovernanceSql.IN_FORCE.path(),
                        facts.places(),
                        "in_force",
                        facts.places().getOrDefault("table_names", List.of()).size()));
        proofs.add(
                figure(
                        "the tenant mapping is itself protected",
                        GovernanceSql.MAPPING.path(),
                        Map.of(),
                        "is_protected",
                        1));
        for (var t : input.tenants()) {
            var look = look(t.role(), t.tenant(), tenantsOf(t.role()));
            var who = "tenant %s (role %s)".formatted(t.tenant(), t.role());
            proofs.add(
                    figure(
                            who + " sees no foreign rows" + settings(),
                            GovernanceSql.TENANT_PROOF.path(),
                            look,
                            "foreign_rows",
                            0));
            proofs.add(
                    figure(
                            who + " sees its own rows",
                            GovernanceSql.TENANT_PROOF.path(),
                            look,
                            "own_hidden",
                            0));
        }
        owners().forEach(
                        owner ->
                                proofs.add(
                                        figure(
                                                "owner %s sees no rows".formatted(owner)
                                                        + settings(),
                                                GovernanceSql.TENANT_PROOF.path(),
                                                look(owner, "", List.of()),
                                                "foreign_rows",
                                                0)));
        return proofs;
    }

    /// Owners that policies bind after the plan; one that is a tenant's role is proved as such.
    private List<String> owners() {
        var roles = input.tenants().stream().map(TenantRole::role).toList();
        var after =
                input.owner() != null
                        ? Stream.of(input.owner())
                        : facts.tables().stream()
                                .filter(t -> !t.ownerBypasses() && t.mayActAsOwner())
                                .map(RlsFacts.Table::ownerName);
        return after.distinct().filter(o -> o != null && !roles.contains(o)).toList();
    }

    private List<String> tenantsOf(String role) {
        return Stream.concat(
                        input.tenants().stream()
                                .filter(t -> t.role().equals(role))
                                .map(TenantRole::tenant),
                        facts.mapped().stream()
                                .filter(m -> m.roleName().equals(role))
                                .map(RlsFacts.Mapped::tenant))
                .distinct()
                .toList();
    }

    private Map<String, Object> look(String role, String tenant, List<String> own) {
        var forged =
                input.tenants().stream()
                        .map(TenantRole::tenant)
                        .filter(t -> !own.contains(t))
                        .findFirst()
                        .orElse(NOBODY);
        var params = new HashMap<String, Object>(looked);
        params.put("role_name", role);
        params.put("tenant", tenant);
        params.put("own_tenants", own);
        params.put("forged", forged);
        params.put("mode", input.mode());
        params.put("setting", input.setting());
        params.put("column_name", input.tenantColumn());
        return params;
    }

    private String settings() {
        return ", also with %s missing or forged".formatted(input.setting());
    }

    private Postcondition figure(
            String description, String query, Map<String, ?> params, String column, double value) {
        return new Postcondition.SqlFigure(
                description,
                database,
                query,
                PgParams.of(params),
                column,
                Postcondition.Comparison.EQUAL,
                value);
    }
}
