package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.AutovacuumPlan;
import io.lakebaseops.agents.AutovacuumPlan.Advice;
import io.lakebaseops.agents.VacuumKind;
import io.lakebaseops.agents.VacuumPlan;
import io.lakebaseops.agents.health.monitoring.RepeatedRepairs.Repeated;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.state.Alerts.Alert;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The procedure for too many dead rows: vacuum the worst table, and when that repeats, stop and
/// propose the autovacuum settings that would make it needless.
final class VacuumProcedure {
    static final String KIND = "repair_repeats";

    private final SqlLibrary sql;
    private final RepeatedRepairs repeated;
    private final String tool;

    VacuumProcedure(SqlLibrary sql, RepeatedRepairs repeated, String tool) {
        this.sql = sql;
        this.repeated = repeated;
        this.tool = tool;
    }

    /// @param advice what a person should know; null when the plan says it all
    record Proposed(List<ChangePlan> plans, List<Finding> findings, @Nullable String advice) {}

    Proposed propose(Alert alert, Evidence evidence, ReadSession session, ToolContext context) {
        if (evidence.rows().isEmpty()) {
            return nothing("no table is over the floor any more");
        }
        var worst = evidence.rows().list().getFirst();
        var table =
                Subject.table(
                        session.database(),
                        String.valueOf(worst.get("schema_name")),
                        String.valueOf(worst.get("table_name")));
        var again = repeated.of(context.target(), context.clock().instant()).get(table);
        if (again != null) {
            return symptom(alert, table, again, session, context);
        }
        var plan =
                new VacuumPlan(sql, VacuumKind.ANALYZE, tool, alert.id())
                        .of(session, table, alert.message(), null, context);
        return plan.isEmpty()
                ? nothing(
                        table.display()
                                + " is being vacuumed already, or this login may not vacuum it"
                                + " (needs MAINTAIN or pg_maintain)")
                : new Proposed(plan.stream().toList(), List.of(), null);
    }

    private Proposed symptom(
            Alert alert, Subject table, Repeated again, ReadSession session, ToolContext context) {
        var tune = new AutovacuumPlan(sql, tool, alert.id());
        var now = context.clock().instant();
        var advice = tune.advise(session, table, now).orElse(null);
        if (advice == null) {
            return nothing(table.display() + " is gone");
        }
        var happened =
                "%s was vacuumed %d times since %s, last %s, and its dead rows come back"
                        .formatted(
                                table.display(),
                                again.times(),
                                Format.utc(again.first()),
                                Format.utc(again.last()));
        var finding =
                Finding.of(
                        context.target(),
                        KIND,
                        Severity.WARNING,
                        table,
                        happened + "; it is not vacuumed again by itself. " + cure(advice),
                        new Confidence(0.9, "counted from the plans that were carried out"),
                        null,
                        null,
                        List.of(count(again, now), advice.evidence()),
                        now);
        var plans =
                advice.changesAnything() && advice.mayAlter()
                        ? List.of(
                                tune.of(
                                        session.database(),
                                        table,
                                        advice,
                                        happened + ". " + cure(advice),
                                        finding.fingerprint(),
                                        context))
                        : List.<ChangePlan>of();
        return new Proposed(plans, List.of(finding), happened + ". " + cure(advice));
    }

    private static String cure(Advice advice) {
        var wanted = advice.wanted();
        var settings =
                !advice.enabled()
                        ? "Autovacuum is off for this table: switch it on"
                        : "Autovacuum begins at %s dead rows"
                                .formatted(Format.percent(advice.factor()));
        var cure =
                wanted == null
                        ? advice.enabled()
                                ? ", early enough: look for what keeps it from finishing (its cost"
                                        + " limit, long transactions, few workers)"
                                : ""
                        : (advice.enabled() ? "; " : " and ")
                                + "set autovacuum_vacuum_scale_factor to %s, so that it begins at %s"
                                        .formatted(wanted, Format.percent(wanted));
        var right =
                advice.changesAnything() && !advice.mayAlter()
                        ? ". This login does not own the table: ask its owner"
                        : "";
        return settings + cure + right + ".";
    }

    private static Evidence count(Repeated again, Instant now) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("repair", VacuumKind.ANALYZE.verb());
        row.put("times", again.times());
        row.put("first", again.first());
        row.put("last", again.last());
        return new Evidence("state/repairs_since", Map.of(), new Rows(List.of(row)), now);
    }

    private static Proposed nothing(String advice) {
        return new Proposed(List.of(), List.of(), advice);
    }
}
