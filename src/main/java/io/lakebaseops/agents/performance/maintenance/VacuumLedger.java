package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.IdempotentAppend;
import io.lakebaseops.agents.VacuumKind;
import io.lakebaseops.agents.VacuumPlan;
import io.lakebaseops.change.execution.StepMonitor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/// The history of what vacuums brought: measures the table again when the plan has ended, keeps a
/// row of it and tells that it happened. For every tool that proposes [VacuumPlan]s.
public final class VacuumLedger implements Consumer<FiledPlan> {
    private static final Logger LOG = LoggerFactory.getLogger(VacuumLedger.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Targets targets;
    private final SqlLibrary sql;
    private final IdempotentAppend rows;
    private final EventBus events;
    private final Clock clock;

    public VacuumLedger(
            Targets targets, SqlLibrary sql, Lakehouse lakehouse, EventBus events, Clock clock) {
        this.targets = targets;
        this.sql = sql;
        this.rows =
                new IdempotentAppend(
                        lakehouse, OpsTables.VACUUM_HISTORY.name(), HistoryQueries.VACUUM_STORED);
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void accept(FiledPlan filed) {
        boolean ran =
                filed.state() == FiledPlan.State.DONE || filed.state() == FiledPlan.State.FAILED;
        var before =
                filed.plan().evidence().stream()
                        .filter(
                                e ->
                                        e.query().equals(VacuumPlan.DEAD_ROWS.path())
                                                && !e.rows().isEmpty())
                        .findFirst();
        if (!ran || before.isEmpty() || filed.plan().subject().schema() == null) {
            return;
        }
        var after = after(filed);
        var row = row(filed, before.get().rows().list().getFirst(), after);
        if (!rows.add(row, Map.of("operation_id", filed.id().toString()))) {
            return;
        }
        if (filed.state() == FiledPlan.State.DONE) {
            events.publish(
                    new OpsEvent.VacuumCompleted(
                            filed.plan().target(),
                            clock.instant(),
                            filed.plan().subject(),
                            count(before.get().rows().list().getFirst().get("dead_rows")),
                            count(after.get("dead_rows"))));
        }
    }

    private Map<String, @Nullable Object> row(
            FiledPlan filed,
            Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after) {
        var subject = filed.plan().subject();
        Instant end = filed.finishedAt() == null ? clock.instant() : filed.finishedAt();
        Instant start = filed.decidedAt() == null ? filed.filedAt() : filed.decidedAt();
        var row = HistoryRow.of(filed.plan().target(), end, filed.id().toString());
        row.put("operation_id", filed.id().toString());
        row.put("schema_name", subject.schema());
        row.put("table_name", subject.name());
        row.put("operation_type", VacuumKind.of(filed, sql).orElse(VacuumKind.ANALYZE).operation());
        row.put("dead_tuples_before", before.get("dead_rows"));
        row.put("dead_tuples_after", after.get("dead_rows"));
        row.put("bytes_before", before.get("total_bytes"));
        row.put("bytes_after", after.get("total_bytes"));
        row.put("duration_seconds", Duration.between(start, end).toMillis() / 1000.0);
        row.put("status", status(filed));
        return row;
    }

    private static String status(FiledPlan filed) {
        if (filed.state() == FiledPlan.State.DONE) {
            return "succeeded";
        }
        var reason = filed.reason();
        return reason != null && reason.contains(StepMonitor.STOPPED) ? "cancelled" : "failed";
    }

    /// Empty when the table can no longer be measured: the row then says less, but is kept.
    private Map<String, @Nullable Object> after(FiledPlan filed) {
        var s = filed.plan().subject();
        if (s.database() == null || s.schema() == null) {
            return Map.of();
        }
        try (var session =
                targets.read(filed.plan().target(), s.database(), Deadline.in(PATIENCE))) {
            var rows =
                    session.query(
                            VacuumPlan.DEAD_ROWS,
                            Map.of("schema_name", s.schema(), "table_name", s.name()));
            return rows.isEmpty() ? Map.of() : rows.list().getFirst();
        } catch (OpsException e) {
            LOG.warn(
                    "{} on {}: not measured after the vacuum: {}",
                    filed.plan().tool(),
                    filed.plan().target(),
                    e.why());
            return Map.of();
        }
    }

    private static long count(@Nullable Object value) {
        return value instanceof Number n ? n.longValue() : 0;
    }
}
