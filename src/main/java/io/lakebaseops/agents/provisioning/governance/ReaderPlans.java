package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Plans that let agents read production and change nothing. One makes a role that only reads and
/// that nobody is in; letting an agent's role in is a decision of its own.
record ReaderPlans(SqlLibrary sql, ReadSession session, String role, List<String> schemas) {
    private static final Duration PLAN_LIFE = Duration.ofHours(12);
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration LOCK_WAIT = Duration.ofSeconds(3);

    ReaderPlans {
        schemas = List.copyOf(schemas);
    }

    /// @param powers rights beyond reading, attributes and memberships counted
    record Reader(
            boolean isThere, boolean canLogin, boolean mayCreateRoles, long members, long powers) {}

    record Grant(
            String schemaName,
            String what,
            long objects,
            long notOurs,
            @Nullable String statement,
            @Nullable String undo) {}

    record Member(boolean isThere, boolean reads, boolean powerful) {}

    Reader reader() {
        return Objects.requireNonNull(
                session.one(GovernanceSql.READER_ROLE, Map.of("role_name", role), Reader.class));
    }

    List<Grant> grants() {
        return session.query(GovernanceSql.READER_GRANTS, places(), Grant.class);
    }

    Member member(String agent) {
        return Objects.requireNonNull(
                session.one(
                        GovernanceSql.READER_MEMBERS,
                        Map.of("reader", role, "agent", agent),
                        Member.class));
    }

    /// Null when the role is there and reads all it can.
    @Nullable ChangePlan reading(Reader there, List<Grant> lacking, ToolContext context) {
        var steps = new ArrayList<Step>();
        var undo = new ArrayList<Step>();
        var own = Map.of("role", Ident.of(role));
        if (!there.isThere()) {
            steps.add(step("Make role " + role, text(GovernanceSql.CREATE_READER, own)));
            undo.add(step("Drop role " + role, text(GovernanceSql.DROP_READER, own)));
        }
        for (var grant : lacking) {
            if (grant.statement() != null && grant.undo() != null) {
                var what =
                        grant.what().equals("usage")
                                ? "use schema " + grant.schemaName()
                                : "read %d tables of %s"
                                        .formatted(grant.objects(), grant.schemaName());
                steps.add(step("Let %s %s".formatted(role, what), grant.statement()));
                undo.add(step("No longer let %s %s".formatted(role, what), grant.undo()));
            }
        }
        if (steps.isEmpty()) {
            return null;
        }
        return plan(
                context,
                "Make read-only role",
                "Let role %s read %s".formatted(role, session.database()),
                "AI agents look at production as a role that cannot write; nobody is in it yet",
                steps,
                new Undo(undo.reversed(), "takes the rights and a new role away", List.of()),
                "agents can be let in as readers; everything else stays as it is",
                List.of(
                        same(
                                "the role's rights are as they were",
                                GovernanceSql.READER_GRANTS,
                                places()),
                        same(
                                "the role is as it was",
                                GovernanceSql.READER_ROLE,
                                Map.of("role_name", role))),
                List.of(
                        figure(
                                role + " can do nothing but read",
                                GovernanceSql.READER_ROLE,
                                Map.of("role_name", role),
                                "powers",
                                0),
                        figure(
                                role + " is there",
                                GovernanceSql.READER_ROLE,
                                Map.of("role_name", role),
                                "is_there",
                                1),
                        figure(
                                role + " reads every table we could open to it",
                                GovernanceSql.READER_LACKS,
                                places(),
                                "unreadable",
                                0)));
    }

    ChangePlan joining(String agent, ToolContext context) {
        var idents = Map.of("reader", Ident.of(role), "agent", Ident.of(agent));
        var who = Map.of("reader", role, "agent", agent);
        return plan(
                context,
                "Let the agent read",
                "Let %s read as %s".formatted(agent, role),
                "%s asked that this agent's role may read production"
                        .formatted(context.actor().name()),
                List.of(
                        step(
                                "Let %s read as %s".formatted(agent, role),
                                text(GovernanceSql.JOIN_READER, idents))),
                new Undo(
                        List.of(
                                step(
                                        "Take %s out of %s".formatted(agent, role),
                                        text(GovernanceSql.LEAVE_READER, idents))),
                        "takes the agent out again",
                        List.of(
                                figure(
                                        agent + " no longer reads",
                                        GovernanceSql.READER_MEMBERS,
                                        who,
                                        "reads",
                                        0))),
                "the agent reads production and cannot write there",
                List.of(),
                List.of(
                        figure(agent + " reads", GovernanceSql.READER_MEMBERS, who, "reads", 1),
                        figure(
                                agent + " has no other power",
                                GovernanceSql.READER_MEMBERS,
                                who,
                                "powerful",
                                0)));
    }

    private ChangePlan plan(
            ToolContext context,
            String verb,
            String title,
            String why,
            List<Step> steps,
            Undo undo,
            String effect,
            List<Precondition> preconditions,
            List<Postcondition> proofs) {
        var now = context.clock().instant();
        return new ChangePlan(
                context.target(),
                "setup_ai_agent_branching",
                context.actor(),
                verb,
                title,
                new Subject("role", session.database(), null, null, role),
                why,
                steps,
                undo,
                new ExpectedEffect(effect, "under a second", null),
                preconditions,
                proofs,
                List.of(),
                null,
                null,
                now,
                now.plus(PLAN_LIFE));
    }

    private Map<String, Object> places() {
        return Map.of("role_name", role, "schemas", schemas);
    }

    private Step step(String title, String statement) {
        List<SqlParam> none = List.of();
        return new Step.SqlStep(
                title,
                session.database(),
                statement,
                none,
                LockLevel.NONE,
                Reversibility.REVERSIBLE,
                true,
                LOCK_WAIT,
                SHORT,
                0);
    }

    private String text(SqlName name, Map<String, Ident> idents) {
        return sql.render(name, idents).text();
    }

    private Precondition same(String description, SqlName query, Map<String, ?> params) {
        Rows now = session.query(query, params);
        return new Precondition.SqlRows(
                description, session.database(), query.path(), PgParams.of(params), now);
    }

    private Postcondition figure(
            String description, SqlName query, Map<String, ?> params, String column, double value) {
        return new Postcondition.SqlFigure(
                description,
                session.database(),
                query.path(),
                PgParams.of(params),
                column,
                Postcondition.Comparison.EQUAL,
                value);
    }
}
