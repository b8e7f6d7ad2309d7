package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Step.ScriptStep.Statement;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The order of steps that puts tenants' policies in force so that no moment shows foreign rows.
/// The mapping first, then the policies, which rest until the last statement per table enables
/// them.
final class RlsPlan {
    /// Rights and owners change: a plan older than this is made anew.
    private static final Duration PLAN_LIFE = Duration.ofHours(12);

    private static final Duration LOCK_WAIT = Duration.ofSeconds(3);
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final SqlLibrary sql;
    private final ReadSession session;
    private final ConfigureRls.Input input;
    private final RlsFacts facts;
    private final List<Step> steps = new ArrayList<>();
    private final List<Step> undo = new ArrayList<>();

    RlsPlan(SqlLibrary sql, ReadSession session, ConfigureRls.Input input, RlsFacts facts) {
        this.sql = sql;
        this.session = session;
        this.input = input;
        this.facts = facts;
    }

    /// Empty when everything is in force already.
    Optional<ChangePlan> of(ToolContext context, List<String> openings) {
        memberships();
        mapping();
        tenants();
        for (var s : facts.statements()) {
            act(s.title(), s.statement(), "Take back: " + s.title(), s.undo());
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(plan(context, openings));
    }

    private ChangePlan plan(ToolContext context, List<String> openings) {
        var now = context.clock().instant();
        var proofs = new TenantProofs(input, facts, session.database(), facts.places());
        return new ChangePlan(
                context.target(),
                "configure_rls",
                context.actor(),
                "Isolate tenants",
                "Isolate %d tenants in %s".formatted(input.tenants().size(), names()),
                subject(),
                "%s asked that each tenant see only rows with its own %s%s"
                        .formatted(
                                context.actor().name(),
                                input.tenantColumn(),
                                openings.isEmpty()
                                        ? ""
                                        : "; knowingly left open: " + String.join("; ", openings)),
                steps,
                new Undo(
                        undo.reversed(),
                        "brings policies, flags, owners, mapping and grants back as they were",
                        List.of(earlier())),
                new ExpectedEffect(
                        "roles without a tenant see no rows; each tenant's role only its own",
                        "under a second; only the catalog changes",
                        "everyone on a table, for the moment its policies change"),
                preconditions(),
                proofs.proofs(),
                List.of(),
                null,
                null,
                now,
                now.plus(PLAN_LIFE));
    }

    /// Without it nobody could look through the role's eyes; it inherits no rights.
    private void memberships() {
        for (var r : facts.roles()) {
            if (!r.mayActAs()) {
                act(
                        "Let us act as %s to prove what it sees".formatted(r.roleName()),
                        r.grantStatement(),
                        "No longer act as " + r.roleName(),
                        r.revokeStatement());
            }
        }
    }

    private void mapping() {
        if (!facts.mapping().schemaIsThere()) {
            act(
                    "Make the schema of the tenant mapping",
                    text(GovernanceSql.CREATE_SCHEMA),
                    "Drop the schema of the tenant mapping",
                    text(GovernanceSql.DROP_SCHEMA));
        }
        if (!facts.mapping().tableIsThere()) {
            // Together or not at all: a mapping without its policy must never stand alone.
            steps.add(
                    new Step.ScriptStep(
                            "Make the mapping of roles to tenants, under its own policy",
                            session.database(),
                            mappingStatements(sql),
                            LockLevel.ACCESS_EXCLUSIVE,
                            Reversibility.REVERSIBLE,
                            true,
                            LOCK_WAIT,
                            SHORT,
                            0,
                            false));
            undo.add(
                    step(
                            "Drop the mapping of roles to tenants",
                            text(GovernanceSql.DROP_MAPPING),
                            List.of()));
        }
    }

    /// The mapping, who sees which of its rows, and the right of policies to read it.
    static List<Statement> mappingStatements(SqlLibrary sql) {
        return Stream.of(
                        GovernanceSql.CREATE_MAPPING,
                        GovernanceSql.OWN_ROWS,
                        GovernanceSql.GUARD_MAPPING,
                        GovernanceSql.READ_MAPPING)
                .map(name -> Statement.of(sql.render(name, Map.of()).text()))
                .toList();
    }

    private void tenants() {
        for (var t : input.tenants()) {
            if (facts.mapped().contains(new RlsFacts.Mapped(t.role(), t.tenant()))) {
                continue;
            }
            var values =
                    PgParams.of(
                            Map.of(
                                    "schema_name", input.schema(),
                                    "role_name", t.role(),
                                    "tenant", t.tenant()));
            steps.add(
                    step(
                            "Role %s stands for tenant %s".formatted(t.role(), t.tenant()),
                            text(GovernanceSql.MAP_TENANT),
                            values));
            undo.add(
                    step(
                            "Role %s no longer stands for %s".formatted(t.role(), t.tenant()),
                            text(GovernanceSql.UNMAP_TENANT),
                            values));
        }
    }

    private void act(String title, String statement, String backTitle, String back) {
        steps.add(step(title, statement, List.of()));
        undo.add(step(backTitle, back, List.of()));
    }

    private Step step(String title, String statement, List<SqlParam> params) {
        return new Step.SqlStep(
                title,
                session.database(),
                statement,
                params,
                LockLevel.ACCESS_EXCLUSIVE,
                Reversibility.REVERSIBLE,
                true,
                LOCK_WAIT,
                SHORT,
                0);
    }

    private String text(SqlName name) {
        return sql.render(name, Map.of()).text();
    }

    private List<Precondition> preconditions() {
        var roles = new java.util.HashMap<String, Object>(facts.places());
        roles.put("role_names", input.tenants().stream().map(TenantRole::role).distinct().toList());
        return List.of(
                new Precondition.SqlRows(
                        "tables and their policies are as they were when this was planned",
                        session.database(),
                        GovernanceSql.STATEMENTS.path(),
                        PgParams.of(RlsFacts.statementParams(input, facts.tables())),
                        facts.statementRows()),
                new Precondition.SqlRows(
                        "the roles and their rights are as they were",
                        session.database(),
                        GovernanceSql.ROLES.path(),
                        PgParams.of(roles),
                        facts.roleRows()),
                new Precondition.SqlRows(
                        "the tenant mapping is as it was",
                        session.database(),
                        GovernanceSql.MAPPING.path(),
                        List.of(),
                        session.query(GovernanceSql.MAPPING)));
    }

    private Postcondition earlier() {
        var before = session.query(GovernanceSql.IN_FORCE, facts.places()).list().getFirst();
        return new Postcondition.SqlFigure(
                "as many tables carry these policies as before",
                session.database(),
                GovernanceSql.IN_FORCE.path(),
                PgParams.of(facts.places()),
                "in_force",
                Postcondition.Comparison.EQUAL,
                Double.parseDouble(String.valueOf(before.get("in_force"))));
    }

    private Subject subject() {
        return input.tables().size() == 1
                ? Subject.table(session.database(), input.schema(), input.tables().getFirst())
                : new Subject("schema", session.database(), null, null, input.schema());
    }

    private String names() {
        return input.tables().size() == 1
                ? input.schema() + "." + input.tables().getFirst()
                : "%d tables of %s".formatted(input.tables().size(), input.schema());
    }
}
