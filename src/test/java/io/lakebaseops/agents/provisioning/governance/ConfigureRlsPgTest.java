package io.lakebaseops.agents.provisioning.governance;

import static io.lakebaseops.testing.NastyNames.quoted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.governance.ConfigureRls.Mode;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.testing.Pg17;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Three tenants of two tables, one partitioned, owned by a role that policies bind.
class ConfigureRlsPgTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /// Flags, policies, owners, grants and memberships: what an undo must bring back exactly.
    static final String CATALOG =
            """
            select string_agg(line, E'\\n' order by line) from (
              select format('class %s.%s %s %s %s %s', n.nspname, c.relname, c.relrowsecurity,
                       c.relforcerowsecurity, c.relowner::regrole, c.relacl) as line
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
              union all
              select format('policy %s %s %s %s %s %s %s', polrelid::regclass, polname, polcmd,
                       polpermissive, polroles::text, pg_get_expr(polqual, polrelid),
                       pg_get_expr(polwithcheck, polrelid)) from pg_policy
              union all
              select format('member %s %s %s %s %s %s', roleid::regrole, member::regrole,
                       grantor::regrole, admin_option, inherit_option, set_option)
                from pg_auth_members
              union all
              select format('schema %s %s %s', nspname, nspowner::regrole, nspacl) from pg_namespace
               where nspname !~ '^pg_'
              union all
              select format('default %s', d) from pg_default_acl d) as x\
            """;

    /// Of its own: the memberships of all roles of a server are compared.
    private static final Pg17 SERVER = Pg17.started(List.of());

    private final Pg17.Database db = SERVER.database("rls");
    private final ToolRig rig = ToolRig.of(db);
    private final int run = NUMBER.incrementAndGet();
    private final String owner = "shop owner " + run;

    /// Capitals, quotes, dots and more than ASCII.
    private final List<String> roles =
            List.of("Tenant \"A\" " + run, "tenant.b'" + run, "Mandant Ü中" + run);

    private final List<String> tenants = List.of("ac'me", "Gl\"obex\\", "ümläut 中");

    @BeforeEach
    void aShopOfThreeTenants() {
        db.asDba(
                "create role " + quoted(owner) + " nologin",
                "grant " + quoted(owner) + " to dba with inherit true, set true",
                "create schema \"Shop \"\"x\"\"\"",
                "grant all on schema \"Shop \"\"x\"\"\" to " + quoted(owner),
                "create table \"Shop \"\"x\"\"\".\"Orders\" (id int, \"Tenant Id\" varchar(20) not"
                        + " null)",
                "create index on \"Shop \"\"x\"\"\".\"Orders\" (\"Tenant Id\")",
                "create table \"Shop \"\"x\"\"\".events (id int, \"Tenant Id\" text) partition by"
                        + " range (id)",
                "create table \"Shop \"\"x\"\"\".\"events 1\" partition of \"Shop"
                        + " \"\"x\"\"\".events for values from (0) to (100)");
        for (int i = 0; i < 3; i++) {
            db.asDba(
                    "create role " + quoted(roles.get(i)) + " login password 'x'",
                    "grant usage on schema \"Shop \"\"x\"\"\" to " + quoted(roles.get(i)),
                    "grant select, insert, update, delete on all tables in schema \"Shop"
                            + " \"\"x\"\"\" to "
                            + quoted(roles.get(i)));
            var tenant = "'" + tenants.get(i).replace("'", "''") + "'";
            for (var table : List.of("\"Orders\"", "events")) {
                db.asDba(
                        "insert into \"Shop \"\"x\"\"\"."
                                + table
                                + " select n, "
                                + tenant
                                + " from generate_series(1, "
                                + (i + 2)
                                + ") n");
            }
        }
        for (var table : List.of("\"Orders\"", "events", "\"events 1\"")) {
            db.asDba("alter table \"Shop \"\"x\"\"\"." + table + " owner to " + quoted(owner));
        }
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private ConfigureRls.Input input(Mode mode) {
        return input(mode, null, false);
    }

    private ConfigureRls.Input input(Mode mode, @Nullable String newOwner, boolean accept) {
        return new ConfigureRls.Input(
                "Shop \"x\"",
                List.of("Orders", "events"),
                IntStream.range(0, 3)
                        .mapToObj(i -> new TenantRole(tenants.get(i), roles.get(i)))
                        .toList(),
                "Tenant Id",
                mode,
                "app.tenant",
                newOwner,
                accept,
                null);
    }

    private ChangePlan plan(ConfigureRls.Input input) {
        var proposal = tool().propose(input, rig.context());
        ToolRig.found(proposal.outcome());
        return proposal.plans().getFirst();
    }

    private String refused(ConfigureRls.Input input) {
        var proposal = tool().propose(input, rig.context());
        assertThat(proposal.plans()).isEmpty();
        return ToolRig.refused(proposal.outcome());
    }

    private ConfigureRls tool() {
        return new ConfigureRls(rig.targets(), rig.sql());
    }

    /// What a fresh login of the tenant sees; `setting` null = never set in the session.
    private List<String> seen(int i, String table, @Nullable String setting) {
        return as(
                roles.get(i),
                setting,
                "select distinct \"Tenant Id\" from \"Shop \"\"x\"\"\"." + table);
    }

    private List<String> as(String role, @Nullable String setting, String sql) {
        try (var c = db.server().connect(db.name(), role, "x")) {
            return query(c, setting, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static List<String> query(Connection c, @Nullable String setting, String sql)
            throws SQLException {
        if (setting != null) {
            try (var s = c.prepareStatement("select set_config('app.tenant', ?, false)")) {
                s.setString(1, setting);
                s.execute();
            }
        }
        var found = new ArrayList<String>();
        try (var s = c.createStatement()) {
            if (s.execute(sql)) {
                var rs = s.getResultSet();
                while (rs.next()) {
                    found.add(rs.getString(1));
                }
            }
        }
        return found;
    }

    @Test
    void eachRoleSeesItsOwnTenantWhateverItSets() {
        var plan = plan(input(Mode.ROLE_MAPPING));
        rig.carryOut(plan);
        assertThat(plan.proofs()).hasSize(2 + 3 * 2 + 1);
        for (int i = 0; i < 3; i++) {
            for (var table : List.of("\"Orders\"", "events", "\"events 1\"")) {
                var forged = tenants.get((i + 1) % 3);
                assertThat(seen(i, table, null)).containsExactly(tenants.get(i));
                assertThat(seen(i, table, forged)).containsExactly(tenants.get(i));
                assertThat(seen(i, table, "")).containsExactly(tenants.get(i));
            }
        }
    }

    @Test
    void aMissingOrForgedSettingShowsNothing() {
        rig.carryOut(plan(input(Mode.SETTING)));
        for (int i = 0; i < 3; i++) {
            for (var table : List.of("\"Orders\"", "events", "\"events 1\"")) {
                assertThat(seen(i, table, tenants.get(i))).containsExactly(tenants.get(i));
                assertThat(seen(i, table, null)).isEmpty();
                assertThat(seen(i, table, "")).isEmpty();
                assertThat(seen(i, table, tenants.get((i + 1) % 3))).isEmpty();
                assertThat(seen(i, table, "' or true --")).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTableOwnerSeesNothing(Mode mode) throws Exception {
        rig.carryOut(plan(input(mode)));
        try (var c = db.dba()) {
            query(c, null, "set role " + quoted(owner));
            for (var setting : new @Nullable String[] {null, tenants.getFirst()}) {
                assertThat(query(c, setting, "select id from \"Shop \"\"x\"\"\".\"Orders\""))
                        .isEmpty();
            }
        }
    }

    @Test
    void foreignRowsCanNeitherBeWrittenNorChangedNorRemoved() {
        rig.carryOut(plan(input(Mode.ROLE_MAPPING)));
        var orders = "\"Shop \"\"x\"\"\".\"Orders\"";
        var a = roles.getFirst();
        assertThatThrownBy(() -> as(a, null, "insert into " + orders + " values (9, 'ümläut 中')"))
                .hasMessageContaining("row-level security");
        assertThatThrownBy(
                        () -> as(a, null, "update " + orders + " set \"Tenant Id\" = 'ümläut 中'"))
                .hasMessageContaining("row-level security");
        as(a, null, "insert into " + orders + " values (9, 'ac''me')");
        as(a, null, "delete from " + orders);
        assertThat(db.scalar("select count(*) from " + orders)).isEqualTo("7");
    }

    @Test
    void theMappingCannotBeReadOrWrittenByTenants() {
        rig.carryOut(plan(input(Mode.ROLE_MAPPING)));
        var a = roles.getFirst();
        for (var sql :
                List.of(
                        "select * from lakebaseops_rls.tenant_roles",
                        "insert into lakebaseops_rls.tenant_roles values ('x', 'dba', 'y')",
                        "delete from lakebaseops_rls.tenant_roles")) {
            assertThatThrownBy(() -> as(a, null, sql)).hasMessageContaining("permission denied");
        }
        // Even with the schema opened by mistake, only the own row shows.
        db.asDba("grant usage on schema lakebaseops_rls to public");
        assertThat(as(a, null, "select tenant from lakebaseops_rls.tenant_roles"))
                .containsExactly("ac'me");
        assertThatThrownBy(
                        () -> as(a, null, "update lakebaseops_rls.tenant_roles set tenant = 'x'"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void anotherPolicyThatAllowsAllWidensNothing() {
        db.asDba(
                "create policy everything on \"Shop \"\"x\"\"\".\"Orders\" using (true) with check"
                        + " (true)");
        rig.carryOut(plan(input(Mode.ROLE_MAPPING)));
        assertThat(seen(0, "\"Orders\"", null)).containsExactly("ac'me");
    }

    @ParameterizedTest
    @EnumSource
    void undoBringsTheCatalogBackExactly(Mode mode) {
        db.asDba(
                "alter table \"Shop \"\"x\"\"\".\"Orders\" enable row level security",
                "create policy mine on \"Shop \"\"x\"\"\".\"Orders\" for select using (id > 0)");
        var before = db.scalar(CATALOG);
        var plan = plan(input(mode));
        rig.carryOut(plan);
        assertThat(db.scalar(CATALOG)).isNotEqualTo(before).contains("tenant_isolation_guard");
        rig.undo(plan);
        assertThat(db.scalar(CATALOG)).isEqualTo(before);
    }

    @Test
    void changingTheModeIsUndoneToTheEarlierPolicies() {
        rig.carryOut(plan(input(Mode.ROLE_MAPPING)));
        var before = db.scalar(CATALOG);
        var plan = plan(input(Mode.SETTING));
        rig.carryOut(plan);
        assertThat(seen(0, "events", null)).isEmpty();
        rig.undo(plan);
        assertThat(db.scalar(CATALOG)).isEqualTo(before);
        assertThat(seen(0, "events", null)).containsExactly("ac'me");
    }

    @Test
    void anOwnerThatBypassesIsRefusedUnlessTheTablesChangeHands() {
        db.asDba("alter table \"Shop \"\"x\"\"\".\"Orders\" owner to dba");
        assertThat(refused(input(Mode.ROLE_MAPPING)))
                .contains("owner dba of Shop \"x\".Orders has BYPASSRLS");
        var before = db.scalar(CATALOG);
        var plan = plan(input(Mode.ROLE_MAPPING, owner, false));
        rig.carryOut(plan);
        assertThat(
                        db.scalar(
                                "select relowner::regrole::text from pg_class where relname ="
                                        + " 'Orders'"))
                .isEqualTo(quoted(owner));
        rig.undo(plan);
        assertThat(db.scalar(CATALOG)).isEqualTo(before);
        assertThat(plan(input(Mode.ROLE_MAPPING, null, true)).why())
                .contains("knowingly left open: owner dba");
    }

    @Test
    void waysPastThePoliciesAreNamed() {
        var a = quoted(roles.getFirst());
        db.asDba(
                "create view \"Shop \"\"x\"\"\".all_orders as select * from \"Shop"
                        + " \"\"x\"\"\".\"Orders\"",
                "create view \"Shop \"\"x\"\"\".safe with (security_invoker = true) as select *"
                        + " from \"Shop \"\"x\"\"\".\"Orders\"",
                "create materialized view \"Shop \"\"x\"\"\".copied as select * from"
                        + " \"Shop \"\"x\"\"\".all_orders",
                "grant select on all tables in schema \"Shop \"\"x\"\"\" to " + a,
                "grant truncate on \"Shop \"\"x\"\"\".\"Orders\" to " + a);
        assertThat(refused(input(Mode.ROLE_MAPPING)))
                .contains("view \"Shop \"\"x\"\"\".all_orders", "materialized view", "may TRUNCATE")
                .doesNotContain("safe:");
    }

    @ParameterizedTest
    @CsvSource({
        "alter role %s bypassrls, has BYPASSRLS",
        "revoke select on all tables in schema \"Shop \"\"x\"\"\" from %s, SELECT on",
        "alter role %s rename to gone_%d, there is no role"
    })
    void aRoleThatCannotStandForATenantIsRefused(String statement, String why) {
        db.asAdmin(statement.replace("%s", quoted(roles.getFirst())).replace("%d", "" + run));
        assertThat(refused(input(Mode.ROLE_MAPPING))).contains(why);
    }

    @Test
    void whatIsNotThereOrDoesNotFitIsRefused() {
        db.asDba("create table \"Shop \"\"x\"\"\".numbered (tenant_id int)");
        var tenant = List.of(new TenantRole("acme", roles.getFirst()));
        var refusal =
                refused(
                        new ConfigureRls.Input(
                                "Shop \"x\"",
                                List.of("numbered", "Orders", "nowhere"),
                                tenant,
                                "tenant_id",
                                Mode.ROLE_MAPPING,
                                "app.tenant",
                                null,
                                false,
                                null));
        assertThat(refusal)
                .contains("tenant acme is no integer")
                .contains("Orders has no column tenant_id")
                .contains("no table Shop \"x\".nowhere");
    }

    @Test
    void theProofFailsWhenAPolicyLeaks() {
        var plan = plan(input(Mode.ROLE_MAPPING));
        rig.carryOut(plan);
        db.asAdmin(
                "drop policy tenant_isolation_guard on \"Shop \"\"x\"\"\".\"Orders\"",
                "create policy leak on \"Shop \"\"x\"\"\".\"Orders\" for select using (true)");
        for (var proof : plan.proofs()) {
            var figure = (Postcondition.SqlFigure) proof;
            if (figure.column().equals("foreign_rows")) {
                assertThatThrownBy(() -> rig.measure(figure))
                        .as(proof.description())
                        .isInstanceOf(AssertionError.class);
            }
        }
    }

    @Test
    void theProofFailsWhenOwnRowsAreHidden() {
        var plan = plan(input(Mode.ROLE_MAPPING));
        rig.carryOut(plan);
        db.asAdmin("create policy never on \"Shop \"\"x\"\"\".events as restrictive using (false)");
        var hidden =
                plan.proofs().stream()
                        .filter(p -> ((Postcondition.SqlFigure) p).column().equals("own_hidden"))
                        .toList();
        assertThat(hidden).hasSize(3);
        hidden.forEach(
                proof ->
                        assertThatThrownBy(() -> rig.measure((Postcondition.SqlFigure) proof))
                                .isInstanceOf(AssertionError.class));
    }

    @Test
    void aRoleForSeveralTenantsChoosesAmongItsOwnOnly() {
        var shared = roles.getFirst();
        rig.carryOut(
                plan(
                        new ConfigureRls.Input(
                                "Shop \"x\"",
                                List.of("Orders"),
                                List.of(
                                        new TenantRole(tenants.get(0), shared),
                                        new TenantRole(tenants.get(1), shared),
                                        new TenantRole(tenants.get(2), roles.get(2))),
                                "Tenant Id",
                                Mode.SETTING,
                                "app.tenant",
                                null,
                                false,
                                null)));
        assertThat(seen(0, "\"Orders\"", tenants.get(1))).containsExactly(tenants.get(1));
        assertThat(seen(0, "\"Orders\"", tenants.get(2))).isEmpty();
    }
}
