package io.lakebaseops.explain;

import io.lakebaseops.domain.Format;

import java.util.ArrayList;
import java.util.List;

/// Reasons that concern a statement as a whole: compilation, planning, triggers, and how often and
/// how it is called.
final class StatementRules {
    private static final double MUCH = DiagnosisRule.MUCH;

    private StatementRules() {}

    static List<PlanProblem> of(DiagnosisContext context) {
        var found = new ArrayList<PlanProblem>();
        jit(context, found);
        planning(context, found);
        triggers(context, found);
        locks(context, found);
        calls(context, found);
        rows(context, found);
        change(context, found);
        return found;
    }

    private static void jit(DiagnosisContext context, List<PlanProblem> found) {
        double jit = context.plan().jitMillis();
        var whole = context.plan().executionMillis();
        if (whole == null || jit < 20 || jit < MUCH * whole) {
            return;
        }
        found.add(
                new PlanProblem(
                        PlanCause.JIT,
                        context.plan().root(),
                        Math.min(1, jit / whole),
                        "Just-in-time compilation took %s of %s."
                                .formatted(
                                        DiagnosisContext.millis(jit),
                                        DiagnosisContext.millis(whole)),
                        "The statement's cost was above jit_above_cost, but it does not run long"
                                + " enough to earn the compilation back.",
                        "SET jit = off and run it again.",
                        "Raise jit_above_cost, or ALTER ROLE … SET jit = off for this role.",
                        "Long reports on large tables do gain from it; a cost far too high points"
                                + " to a wrong row estimate."));
    }

    private static void planning(DiagnosisContext context, List<PlanProblem> found) {
        var planning = context.plan().planningMillis();
        var execution = context.plan().executionMillis();
        if (planning == null || execution == null || planning < 20 || planning < execution) {
            return;
        }
        found.add(
                new PlanProblem(
                        PlanCause.PLANNING,
                        context.plan().root(),
                        planning / (planning + execution),
                        "Planning took %s, running %s."
                                .formatted(
                                        DiagnosisContext.millis(planning),
                                        DiagnosisContext.millis(execution)),
                        "Many tables, partitions or a high statistics target make planning long;"
                                + " the first statement of a session also reads the catalog.",
                        "Explain it twice in one session and compare.",
                        "Prepare the statement so that its plan is kept, keep sessions in a pool,"
                                + " or prune partitions by a plain condition.",
                        "The first planning of a session is no fault of the statement."));
    }

    private static void triggers(DiagnosisContext context, List<PlanProblem> found) {
        var whole = context.plan().executionMillis();
        for (var trigger : context.plan().triggers()) {
            if (whole == null || trigger.millis() < MUCH * whole || trigger.millis() < 20) {
                continue;
            }
            found.add(
                    new PlanProblem(
                            PlanCause.TRIGGERS,
                            context.plan().root(),
                            Math.min(1, trigger.millis() / whole),
                            "Trigger or constraint %s took %s in %s calls."
                                    .formatted(
                                            trigger.name(),
                                            DiagnosisContext.millis(trigger.millis()),
                                            Format.grouped(trigger.calls())),
                            "For a foreign key each deleted or changed row is looked for in the"
                                    + " referencing table; without an index there that reads all"
                                    + " of it.",
                            "See which table the constraint is on, and whether an index begins"
                                    + " with its columns.",
                            "Index the referencing columns; for a trigger of your own look at its"
                                    + " function.",
                            "Deleting many parents once is cheaper by statement on the child"
                                    + " first."));
        }
    }

    private static void locks(DiagnosisContext context, List<PlanProblem> found) {
        double share = context.statement().lockShare();
        if (share < MUCH) {
            return;
        }
        found.add(
                new PlanProblem(
                        PlanCause.LOCK_WAITS,
                        context.plan().root(),
                        share,
                        "%s of its samples waited for a lock."
                                .formatted(DiagnosisContext.percent(share)),
                        "The statement stands still while another transaction holds what it needs;"
                                + " its plan is not to blame.",
                        "Look at pg_blocking_pids while it waits, or at the blocking sessions kept"
                                + " in the history.",
                        "Shorten the transaction that holds the lock; take rows in one order;"
                                + " log_lock_waits names them.",
                        "An index can help where locks are held longer because rows are searched"
                                + " slowly."));
    }

    private static void calls(DiagnosisContext context, List<PlanProblem> found) {
        var statement = context.statement();
        boolean many = statement.callsPerMinute() >= 600 && statement.meanMillis() > 0;
        if (!many || statement.rowsPerCall() > 2 || statement.meanMillis() > 20) {
            return;
        }
        double busy = statement.callsPerMinute() * statement.meanMillis() / 60_000;
        found.add(
                new PlanProblem(
                        PlanCause.MANY_SMALL_CALLS,
                        context.plan().root(),
                        Math.min(1, busy),
                        "%s calls a minute, %s rows and %s each."
                                .formatted(
                                        Format.grouped(statement.callsPerMinute()),
                                        Format.digits(statement.rowsPerCall()),
                                        DiagnosisContext.millis(statement.meanMillis())),
                        "Rows asked for one by one cost a round trip each; often a loop in the"
                                + " application asks for the children of each parent (N+1).",
                        "See which statement with many rows runs just before it in the same"
                                + " session.",
                        "Fetch them in one statement: a join, or = ANY with all keys.",
                        "A lookup by key of many users at the same time looks the same and is"
                                + " right."));
    }

    private static void rows(DiagnosisContext context, List<PlanProblem> found) {
        var actual = context.plan().root().actual();
        double rows =
                Math.max(context.statement().rowsPerCall(), actual == null ? 0 : actual.rows());
        if (rows < 100_000 || context.plan().root().is("ModifyTable")) {
            return;
        }
        found.add(
                new PlanProblem(
                        PlanCause.MANY_ROWS,
                        context.plan().root(),
                        0,
                        "A call gives %s rows.".formatted(Format.grouped(rows)),
                        "All of them are sent to the client and kept there; EXPLAIN does not show"
                                + " that time.",
                        "Compare EXPLAIN (ANALYZE, SERIALIZE) with what the application measures.",
                        "Page by key, aggregate in the server, or read with a cursor.",
                        "An export is meant to be so."));
    }

    private static void change(DiagnosisContext context, List<PlanProblem> found) {
        var statement = context.statement();
        if (statement.previousPlan() == null
                || statement.previousMillis() <= 0
                || statement.meanMillis() < 1.5 * statement.previousMillis()) {
            return;
        }
        found.add(
                new PlanProblem(
                        PlanCause.PLAN_CHANGE,
                        context.plan().root(),
                        1 - statement.previousMillis() / statement.meanMillis(),
                        "With the plan before a call took %s, now %s. %s"
                                .formatted(
                                        DiagnosisContext.millis(statement.previousMillis()),
                                        DiagnosisContext.millis(statement.meanMillis()),
                                        statement.previousPlan()),
                        "The planner changed its way: the table grew past a limit, statistics were"
                                + " gathered anew, or an index came or went.",
                        "Compare the two plans side by side.",
                        "Look at what changed at that time; mend the estimate that made the new way"
                                + " look cheaper.",
                        "The new plan can be right for today's data and the old one slower still."));
    }
}
