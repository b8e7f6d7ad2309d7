package io.lakebaseops.agents.provisioning.governance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.BranchRig;
import io.lakebaseops.agents.provisioning.governance.ConfigureRls.Mode;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.ChangeTool.Proposal;
import io.lakebaseops.testing.Undoing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Three tenants on Local Lakebase, isolated through the real approval desk and brought back by it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigureRlsDeskPgTest {
    private static final List<String> TENANTS = List.of("1", "2", "3");
    private static final List<String> TABLES = List.of("texts", "short texts", "numbers");
    private static final String ROWS =
            "select string_agg(format('%s %s %s', schema_name, tenant_role, tenant), ', '"
                    + " order by schema_name, tenant_role, tenant)"
                    + " from lakebaseops_rls.tenant_roles";

    private BranchRig rig;
    private Connection us;

    @BeforeAll
    void start(@TempDir Path dir) throws SQLException {
        rig = new BranchRig(dir);
        var endpoint = rig.server.project("shop-prod") + "/branches/production/endpoints/primary";
        us = rig.server.connect(endpoint, rig.server.token(endpoint));
        run("create role shop_owner nologin");
        run("grant shop_owner to current_user with inherit true, set true");
        run("grant create on database databricks_postgres to shop_owner");
        for (var tenant : TENANTS) {
            run("create role \"Tenant " + tenant + "\" nologin");
        }
    }

    @BeforeEach
    void aShopOfThreeTenants() throws SQLException {
        run("create schema \"My Shop\"");
        run("grant create, usage on schema \"My Shop\" to shop_owner");
        run("create table \"My Shop\".texts (tenant_id text not null, n int)");
        run("create table \"My Shop\".\"short texts\" (tenant_id varchar(20) not null, n int)");
        run("create table \"My Shop\".numbers (tenant_id bigint not null, n int)");
        for (var table : TABLES) {
            var name = "\"My Shop\".\"" + table + "\"";
            run(
                    "insert into "
                            + name
                            + " select t, n from generate_series(1, 3) t,"
                            + " generate_series(1, 5) n");
            run("alter table " + name + " owner to shop_owner");
        }
        for (var tenant : TENANTS) {
            run("grant usage on schema \"My Shop\" to \"Tenant " + tenant + "\"");
            run(
                    "grant select, insert, update, delete on all tables in schema \"My Shop\" to"
                            + " \"Tenant "
                            + tenant
                            + "\"");
        }
    }

    @AfterEach
    void clear() throws SQLException {
        run("drop schema \"My Shop\" cascade");
        run("drop schema if exists lakebaseops_rls cascade");
    }

    @AfterAll
    void stop() throws SQLException {
        us.close();
        rig.close();
    }

    private void run(String sql) throws SQLException {
        try (Statement s = us.createStatement()) {
            s.execute(sql);
        }
    }

    private List<String> query(String sql) throws SQLException {
        var found = new ArrayList<String>();
        try (Statement s = us.createStatement();
                var rows = s.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private Proposal<ConfigureRls.Output> propose(Mode mode) {
        return new ConfigureRls(rig.test.targets(), rig.test.sql())
                .propose(
                        new ConfigureRls.Input(
                                "My Shop",
                                TABLES,
                                TENANTS.stream()
                                        .map(t -> new TenantRole(t, "Tenant " + t))
                                        .toList(),
                                "tenant_id",
                                mode,
                                "app.tenant",
                                null,
                                false,
                                null),
                        rig.on("shop-prod", BranchRig.PERSON));
    }

    private ChangePlan plan(Mode mode) {
        return propose(mode).plans().getFirst();
    }

    /// Tenants a role sees; `setting` null = missing.
    private List<String> seen(String role, String table, @Nullable String setting)
            throws SQLException {
        run("begin");
        try {
            run("set local role \"" + role + "\"");
            if (setting != null) {
                run("set local app.tenant = '" + setting + "'");
            }
            return query(
                    "select distinct tenant_id::text from \"My Shop\".\""
                            + table
                            + "\" order by 1");
        } finally {
            run("rollback");
        }
    }

    private String catalog() throws SQLException {
        return query(ConfigureRlsPgTest.CATALOG).getFirst();
    }

    @Test
    void thePlanIsHighRiskAndNothingInItIsBeyondUndo() {
        var filed = rig.desk.file(plan(Mode.ROLE_MAPPING));
        assertThat(filed.state()).isEqualTo(FiledPlan.State.WAITING);
        assertThat(filed.risk().level()).isEqualTo(RiskLevel.HIGH);
        assertThat(filed.risk().reasons())
                .anyMatch(r -> r.startsWith("CREATE, ALTER or DROP POLICY"))
                .anyMatch(r -> r.startsWith("The row that lets a role see a tenant"))
                .noneMatch(r -> r.contains("cannot be undone"))
                .noneMatch(r -> r.contains("does not take this row away"));
        rig.desk.reject(filed.id(), BranchRig.PERSON, "only looked at");
    }

    @ParameterizedTest
    @EnumSource
    void ownRowsOnlyAndBackToTheLetter(Mode mode) throws SQLException {
        var before = catalog();
        var filed = rig.done(plan(mode));
        assertThat(filed.verification()).isInstanceOf(Verification.Confirmed.class);
        assertThat(filed.verification().measured())
                .filteredOn(m -> m.contains("sees no foreign rows"))
                .hasSize(3)
                .allMatch(m -> m.contains("(foreign rows 0)"));
        for (var table : TABLES) {
            for (var tenant : TENANTS) {
                var role = "Tenant " + tenant;
                var own = List.of(tenant);
                var otherwise = mode == Mode.SETTING ? List.<String>of() : own;
                var forged = tenant.equals("1") ? "2" : "1";
                assertThat(seen(role, table, tenant)).isEqualTo(own);
                assertThat(seen(role, table, null)).isEqualTo(otherwise);
                assertThat(seen(role, table, "")).isEqualTo(otherwise);
                assertThat(seen(role, table, forged)).isEqualTo(otherwise);
            }
            for (var setting : new @Nullable String[] {null, "", "1"}) {
                assertThat(seen("shop_owner", table, setting)).as("the owner").isEmpty();
            }
        }
        Undoing.of(rig.desk, filed.id(), BranchRig.PERSON, "not wanted");
        var undone = rig.desk.find(filed.id()).orElseThrow();
        assertThat(undone.state()).as(undone.reason()).isEqualTo(FiledPlan.State.UNDONE);
        assertThat(undone.verification()).isInstanceOf(Verification.Confirmed.class);
        assertThat(catalog()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void runAgainItChangesNothing(Mode mode) throws SQLException {
        rig.done(plan(mode));
        var before = catalog();
        var again = propose(mode);
        assertThat(again.plans()).isEmpty();
        assertThat(ToolRig.found(again.outcome()).caveats())
                .contains("everything is in force already; nothing changes");
        assertThat(catalog()).isEqualTo(before);
        run("set role shop_owner");
        run("alter policy tenant_isolation_select on \"My Shop\".numbers using (tenant_id < 3)");
        run("reset role");
        var mended = plan(mode);
        assertThat(mended.steps())
                .extracting(s -> s.title())
                .containsExactly("Policy tenant_isolation_select on \"My Shop\".numbers");
        rig.done(mended);
        assertThat(propose(mode).plans()).isEmpty();
    }

    @Test
    void theUndoTakesExactlyTheRowsThatWereInserted() throws SQLException {
        rig.done(plan(Mode.ROLE_MAPPING));
        run("delete from lakebaseops_rls.tenant_roles where tenant = '2'");
        run(
                "insert into lakebaseops_rls.tenant_roles values ('other', '\"Tenant 2\"', '2'),"
                        + " ('My Shop', '\"Tenant 2\"', '22')");
        var rows = query(ROWS);
        var filed = rig.done(plan(Mode.ROLE_MAPPING));
        assertThat(filed.plan().steps()).hasSize(1);
        assertThat(query(ROWS)).isNotEqualTo(rows);
        Undoing.of(rig.desk, filed.id(), BranchRig.PERSON, "not wanted");
        assertThat(query(ROWS)).isEqualTo(rows);
    }
}
