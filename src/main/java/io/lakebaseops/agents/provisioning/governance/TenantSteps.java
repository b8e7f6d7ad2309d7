package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Step.ScriptStep.Statement;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The steps that isolate tenants. Tables that are there are treated one by one, exactly and with a
/// way back; those still to come all together, in one transaction after they were made.
final class TenantSteps {
    private static final Duration LOCK_WAIT = Duration.ofSeconds(3);
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final SqlLibrary sql;
    private final String database;
    private final ConfigureRls.Input input;
    private final String owner;
    private final List<Step> steps = new ArrayList<>();
    private final List<Step> undo = new ArrayList<>();

    /// @param input names the owner that the tables shall have
    TenantSteps(SqlLibrary sql, String database, ConfigureRls.Input input) {
        this.sql = sql;
        this.database = database;
        this.input = input;
        this.owner = Objects.requireNonNull(input.owner(), "owner");
    }

    record Right(String title, String statement, String undo) {}

    /// In a database that the plan makes.
    TenantParts fresh() {
        makeRole(owner, GovernanceSql.ACT_AS_OWNER);
        roles().forEach(r -> makeRole(r, GovernanceSql.ACT_AS_TENANT));
        var facts = RlsFacts.absent(input);
        isolate(input.tables(), facts.mapping(), input.tenants());
        return new TenantParts(
                steps, List.of(), List.of(), proofs(facts), List.of(), List.of(), List.of());
    }

    /// In a database that is there; empty parts when everything is in force.
    TenantParts on(ReadSession session, ToolContext context) {
        var all = RlsFacts.read(session, input);
        var missing = all.tablesMissing();
        var present =
                input.with(input.tables().stream().filter(t -> !missing.contains(t)).toList());
        var facts = missing.isEmpty() ? all : RlsFacts.read(session, present);
        var obstacles = new RlsObstacles(present, facts.prepared());
        var against = new ArrayList<>(obstacles.find());
        against.addAll(obstacles.openings());
        if (!against.isEmpty()) {
            return TenantParts.refused(against);
        }
        missingRoles(facts);
        rights(session, present);
        var preconditions = new ArrayList<Precondition>();
        var undoProofs = new ArrayList<Postcondition>();
        if (!present.tables().isEmpty()) {
            new RlsPlan(sql, session, present, facts.prepared())
                    .of(context, List.of())
                    .ifPresent(
                            plan -> {
                                steps.addAll(plan.steps());
                                undo.addAll(plan.undo().steps().reversed());
                                preconditions.addAll(plan.preconditions());
                                undoProofs.addAll(plan.undo().proofs());
                            });
        }
        if (!missing.isEmpty()) {
            boolean mapped = !present.tables().isEmpty();
            isolate(
                    missing,
                    mapped
                            ? new RlsFacts.Mapping(true, true, true, true, true, true)
                            : facts.mapping(),
                    mapped ? List.of() : unmapped(facts));
        }
        if (steps.isEmpty()) {
            return TenantParts.none(obstacles.caveats());
        }
        return new TenantParts(
                steps,
                undo.reversed(),
                preconditions,
                proofs(all.prepared()),
                undoProofs,
                obstacles.caveats(),
                List.of());
    }

    /// Tenants look at the tables themselves: of partitions they have no rights of their own.
    private List<Postcondition> proofs(RlsFacts facts) {
        return new TenantProofs(input, facts, database, facts.asked()).proofs();
    }

    private List<String> roles() {
        return input.tenants().stream().map(TenantRole::role).distinct().toList();
    }

    private List<TenantRole> unmapped(RlsFacts facts) {
        return input.tenants().stream()
                .filter(t -> !facts.mapped().contains(new RlsFacts.Mapped(t.role(), t.tenant())))
                .toList();
    }

    private void missingRoles(RlsFacts facts) {
        if (facts.owner() != null && !facts.owner().isThere()) {
            makeRole(owner, GovernanceSql.ACT_AS_OWNER);
        }
        facts.roles().stream()
                .filter(r -> !r.isThere())
                .forEach(r -> makeRole(r.roleName(), GovernanceSql.ACT_AS_TENANT));
    }

    /// Both or neither: a role that we may not act as could not be proved.
    private void makeRole(String role, SqlName membership) {
        var ident = Map.of("role", Ident.of(role));
        steps.add(
                script(
                        "Make role " + role,
                        List.of(
                                Statement.of(sql.render(GovernanceSql.CREATE_READER, ident).text()),
                                Statement.of(sql.render(membership, ident).text()))));
        undo.add(act("Drop role " + role, sql.render(GovernanceSql.DROP_READER, ident).text()));
    }

    private void rights(ReadSession session, ConfigureRls.Input present) {
        if (present.tables().isEmpty()) {
            return;
        }
        var params =
                Map.of(
                        "role_names", roles(),
                        "owner_name", owner,
                        "schema_names", present.tables().stream().map(_ -> input.schema()).toList(),
                        "table_names", present.tables());
        for (var right : session.query(GovernanceSql.TENANT_RIGHTS, params, Right.class)) {
            steps.add(act(right.title(), right.statement()));
            undo.add(act("Take back: " + right.title(), right.undo()));
        }
    }

    /// @param tenants whose rows of the mapping are missing
    private void isolate(List<String> tables, RlsFacts.Mapping mapping, List<TenantRole> tenants) {
        var script = new ArrayList<Statement>();
        if (!mapping.schemaIsThere()) {
            script.add(Statement.of(text(GovernanceSql.CREATE_SCHEMA)));
        }
        if (!mapping.tableIsThere()) {
            script.addAll(RlsPlan.mappingStatements(sql));
        }
        for (var t : tenants) {
            script.add(
                    new Statement(
                            text(GovernanceSql.MAP_TENANT),
                            PgParams.of(
                                    Map.of(
                                            "schema_name", input.schema(),
                                            "role_name", t.role(),
                                            "tenant", t.tenant()))));
        }
        script.add(Statement.of(text(GovernanceSql.ISOLATE_TABLES)));
        tables.forEach(t -> script.add(new Statement(text(GovernanceSql.ISOLATE_TABLE), place(t))));
        steps.add(
                script(
                        "Isolate %d tenants in %s of %s"
                                .formatted(
                                        input.tenants().size(),
                                        String.join(", ", tables),
                                        input.schema()),
                        script));
    }

    private List<SqlParam> place(String table) {
        return PgParams.of(
                Map.of(
                        "schema_name", input.schema(),
                        "table_name", table,
                        "column_name", input.tenantColumn(),
                        "mode", input.mode(),
                        "setting", input.setting(),
                        "owner_name", owner,
                        "role_names", roles()));
    }

    private String text(SqlName name) {
        return sql.render(name, Map.of()).text();
    }

    private Step script(String title, List<Statement> statements) {
        return new Step.ScriptStep(
                title,
                database,
                statements,
                LockLevel.ACCESS_EXCLUSIVE,
                Reversibility.RECOVERABLE,
                true,
                LOCK_WAIT,
                SHORT,
                0,
                false);
    }

    private Step act(String title, String statement) {
        return new Step.SqlStep(
                title,
                database,
                statement,
                List.of(),
                LockLevel.NONE,
                Reversibility.REVERSIBLE,
                true,
                LOCK_WAIT,
                SHORT,
                0);
    }
}
