package io.lakebaseops.agents.provisioning.governance;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What stands against policies that really isolate, and which ways around them would stay open.
final class RlsObstacles {
    private final ConfigureRls.Input input;
    private final RlsFacts facts;
    private final List<String> found = new ArrayList<>();

    RlsObstacles(ConfigureRls.Input input, RlsFacts facts) {
        this.input = input;
        this.facts = facts;
    }

    /// Things no approval can make good; empty when a plan can be made.
    List<String> find() {
        found.clear();
        facts.tables().forEach(this::table);
        facts.roles().forEach(this::role);
        facts.unfit()
                .forEach(
                        u ->
                                found.add(
                                        "tenant %s is no %s, the type of the column"
                                                .formatted(u.tenant(), u.columnType())));
        facts.statements().stream()
                .map(RlsFacts.Statement::problem)
                .filter(Objects::nonNull)
                .forEach(found::add);
        mapping(facts.mapping());
        owner(facts.owner());
        return List.copyOf(found);
    }

    private void table(RlsFacts.Table t) {
        if (t.kind() == null) {
            found.add("there is no table " + t.display());
        } else if (!t.kind().equals("r") && !t.kind().equals("p")) {
            found.add(t.display() + " is no table, policies cannot bind it");
        } else if (t.columnType() == null) {
            found.add("%s has no column %s".formatted(t.display(), input.tenantColumn()));
        } else if (!t.mayChange()) {
            found.add("%s belongs to %s, not to us".formatted(t.display(), t.ownerName()));
        }
    }

    private void role(RlsFacts.Role r) {
        if (!r.isThere()) {
            found.add("there is no role " + r.roleName());
            return;
        }
        if (r.bypasses()) {
            found.add("role %s has BYPASSRLS: no policy binds it".formatted(r.roleName()));
        }
        if (r.memberOfOther() != null) {
            found.add(
                    "role %s can act as %s and would see its rows"
                            .formatted(r.roleName(), r.memberOfOther()));
        }
        if (r.unreadable() != null) {
            found.add(
                    "role %s has no USAGE of the schema or SELECT on %s: nothing to prove"
                            .formatted(r.roleName(), r.unreadable()));
        }
        if (!r.mayActAs() && !r.mayGrant()) {
            found.add(
                    "we may not act as %s to prove what it sees (GRANT it to us WITH SET TRUE)"
                            .formatted(r.roleName()));
        }
    }

    private void mapping(RlsFacts.Mapping m) {
        if (!m.tableIsThere()) {
            if (!m.mayCreate()) {
                found.add("we may not create the schema or table of the tenant mapping");
            }
        } else if (!m.mayWrite()) {
            found.add("the tenant mapping lakebaseops_rls.tenant_roles belongs to someone else");
        } else if (!m.fits() || !m.isProtected()) {
            found.add(
                    "lakebaseops_rls.tenant_roles is not as we made it: %s"
                            .formatted(m.fits() ? "its policy or grants differ" : "other columns"));
        }
    }

    private void owner(RlsFacts.@Nullable Owner o) {
        if (o == null) {
            return;
        }
        if (!o.isThere()) {
            found.add("there is no role %s to own the tables".formatted(o.roleName()));
        } else if (o.bypasses()) {
            found.add(
                    "role %s has BYPASSRLS: as an owner it would see all".formatted(o.roleName()));
        } else if (!o.mayHandOver() || !o.mayOwnThere()) {
            found.add(
                    o.mayHandOver()
                            ? "role %s may not CREATE in the schema, so it cannot own tables there"
                                    .formatted(o.roleName())
                            : "we may not hand tables to %s (GRANT it to us WITH SET TRUE)"
                                    .formatted(o.roleName()));
        }
    }

    /// Ways past the policies that a person may knowingly leave open.
    List<String> openings() {
        var open = new ArrayList<String>();
        if (input.owner() == null) {
            facts.tables().stream()
                    .filter(RlsFacts.Table::ownerBypasses)
                    .map(
                            t ->
                                    "owner %s of %s has BYPASSRLS and goes on seeing every row"
                                            .formatted(t.ownerName(), t.display()))
                    .forEach(open::add);
        }
        facts.roles().stream()
                .filter(r -> r.truncates() != null)
                .map(r -> "role %s may TRUNCATE %s".formatted(r.roleName(), r.truncates()))
                .forEach(open::add);
        facts.openings().forEach(o -> open.add("%s %s: %s".formatted(o.kind(), o.name(), o.why())));
        return open;
    }

    /// What a person should know though it opens nothing.
    List<String> caveats() {
        var said = new ArrayList<String>();
        for (var t : facts.tables()) {
            if (!t.columnNotNull()) {
                said.add(
                        "%s.%s may be NULL: such rows are seen by no tenant"
                                .formatted(t.display(), input.tenantColumn()));
            }
            if (!t.columnIndexed()) {
                said.add(
                        "%s has no index beginning with %s: each query of a tenant reads all of it"
                                .formatted(t.display(), input.tenantColumn()));
            }
            if ("p".equals(t.kind())) {
                said.add(
                        "partitions added to %s later carry no policies of their own: run this again"
                                .formatted(t.display()));
            }
        }
        if (input.mode() == ConfigureRls.Mode.SETTING) {
            said.add(
                    "whoever may run SQL may set %s: it only chooses among the tenants the role is"
                                    .formatted(input.setting())
                            + " mapped to, so a role for several tenants is as safe as the program"
                            + " using it");
        }
        return said;
    }
}
