package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.AlertRule.Sop;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// The advice to a person after an alert was handled, with the names from the evidence.
final class SopAdvice {
    private SopAdvice() {}

    /// @param seesAll false when what the evidence is about is hidden from this login
    static String of(
            Sop sop,
            Evidence evidence,
            int plans,
            SlowPlan.@Nullable Capture slowPlan,
            boolean seesAll) {
        var rows = evidence.rows().list();
        if (rows.isEmpty() && !seesAll) {
            return "nothing can be recorded: this login sees only its own sessions (needs"
                    + " pg_monitor)";
        }
        return switch (sop) {
            case VACUUM_WORST_TABLE ->
                    plans > 0
                            ? "a vacuum of %s is proposed; it counts as done only when fewer dead rows are measured"
                                    .formatted(table(rows.getFirst()))
                            : "nothing was proposed";
            case END_IDLE_SESSIONS ->
                    plans > 0
                            ? "ending the sessions idle for more than 30 min is proposed; a pool"
                                    + " would keep them from coming back"
                            : "no session has idled for 30 min that may be ended; look at the"
                                    + " busiest application";
            case CAPTURE_LOCK_CHAIN ->
                    rows.isEmpty()
                            ? "the queue had dissolved before it could be recorded"
                            : "the queue of %d sessions is recorded; pid %s stands at its root"
                                    .formatted(rows.size(), root(evidence));
            case CAPTURE_BLOCKERS ->
                    "deadlocks end by themselves, one transaction is rolled back each time; %d sessions waited just now."
                                    .formatted(rows.size())
                            + " Touch rows in one order in all transactions";
            case CAPTURE_SLOW_STATEMENT ->
                    rows.isEmpty()
                            ? "the statement had ended before it could be recorded"
                            : "the statement of pid %s is recorded with what it waits for; %s"
                                    .formatted(rows.getFirst().get("pid"), words(slowPlan));
            case ADVISE_CACHE ->
                    "most blocks are read for %s; more compute units give more memory, an index may read less"
                            .formatted(
                                    rows.stream()
                                            .limit(3)
                                            .map(SopAdvice::table)
                                            .collect(Collectors.joining(", ")));
            case FREEZE_OLDEST ->
                    "oldest are %s; %s"
                            .formatted(
                                    rows.stream()
                                            .limit(3)
                                            .map(r -> table(r) + " (" + age(r.get("xid_age")) + ")")
                                            .collect(Collectors.joining(", ")),
                                    plans > 0
                                            ? "freezing them waits for your approval; first end"
                                                    + " what holds the horizon, or it brings little"
                                            : "VACUUM FREEZE them, after ending what holds the"
                                                    + " horizon");
            case ADVISE_REPLICATION ->
                    rows.isEmpty()
                            ? "no standby is attached here; look at the standby's own log"
                            : "%s is behind; if write and flush keep up, replay is the brake: look for long queries on the standby"
                                    .formatted(rows.getFirst().get("application_name"));
        };
    }

    private static String words(SlowPlan.@Nullable Capture plan) {
        return switch (plan) {
            case SlowPlan.Capture.Taken t ->
                    "its execution plan (cost %s) is recorded for review"
                            .formatted(Format.grouped(t.plan().totalCost()));
            case SlowPlan.Capture.Missing(var why) ->
                    "its execution plan could not be taken: " + why;
            case null -> "its execution plan was not asked for";
        };
    }

    private static String table(Map<String, @Nullable Object> row) {
        return row.get("schema_name") + "." + row.get("table_name");
    }

    private static String age(@Nullable Object value) {
        return value instanceof Number n ? Format.grouped(n.doubleValue()) : "unknown";
    }

    private static String root(Evidence evidence) {
        return evidence.rows().list().stream()
                .filter(r -> r.get("blocked_by") instanceof Collection<?> c && c.isEmpty())
                .map(r -> Objects.toString(r.get("pid")))
                .findFirst()
                .orElse("(several)");
    }
}
