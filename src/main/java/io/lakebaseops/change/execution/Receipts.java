package io.lakebaseops.change.execution;

import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.domain.plan.ScriptTrace;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.state.StateParams;
import io.lakebaseops.state.Tx;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// What was sent, step by step. The start of a step is stored before it runs, so that a process
/// that dies leaves behind how far it came.
public final class Receipts {
    private final StateDb db;
    private final AuditChain audit;
    private final Clock clock;

    public Receipts(StateDb db, AuditChain audit, Clock clock) {
        this.db = db;
        this.audit = audit;
        this.clock = clock;
    }

    long start(UUID planId, Receipt.Phase phase, int number, Step step) {
        var params =
                StateParams.of(
                        "plan_id", planId,
                        "phase", phase.name().toLowerCase(Locale.ROOT),
                        "step_no", number,
                        "title", step.title(),
                        "statement", text(step),
                        "at", clock.instant());
        return db.tx(tx -> tx.column(ReceiptSql.RECEIPT_START, params, Long.class)).getFirst();
    }

    /// Stores the end of a step and its entry in the audit chain together.
    void end(
            long id,
            UUID planId,
            Receipt.Phase phase,
            int number,
            Receipt.Outcome outcome,
            Duration duration,
            @Nullable Long rows,
            @Nullable String error,
            @Nullable ScriptTrace trace,
            Duration waited) {
        db.run(
                tx -> {
                    tx.update(
                            ReceiptSql.RECEIPT_END,
                            StateParams.of(
                                    "id", id,
                                    "outcome", outcome,
                                    "duration_ms", duration.toMillis(),
                                    "waited_ms", waited.toMillis(),
                                    "rows", rows,
                                    "error", error,
                                    "trace", trace == null ? null : StateJson.write(trace)));
                    var body =
                            StateParams.of(
                                    "phase", phase,
                                    "step", number,
                                    "outcome", outcome,
                                    "duration_ms", duration.toMillis(),
                                    "rows", rows,
                                    "error", error);
                    audit.append(tx, "receipt", planId, "gate", body);
                });
    }

    public static List<Receipt> of(Tx tx, UUID planId) throws SQLException {
        return tx.query(ReceiptSql.RECEIPTS, Map.of("plan_id", planId), Receipt.class);
    }

    /// What people see as the statement of a step.
    public static String text(Step step) {
        return switch (step) {
            case Step.SqlStep sql -> sql.sql();
            case Step.ScriptStep script ->
                    script.statements().stream()
                            .map(s -> s.sql() + ";")
                            .collect(Collectors.joining("\n"));
            case Step.ApiStep api -> api.act().inWords();
            case Step.ArchiveStep archive -> archive.order().inWords();
        };
    }
}
