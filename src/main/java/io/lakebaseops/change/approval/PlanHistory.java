package io.lakebaseops.change.approval;

import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.change.execution.Receipts;
import io.lakebaseops.state.StateDb;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What was decided and done, for screens and commands that only look.
public final class PlanHistory {
    private final StateDb db;

    public PlanHistory(StateDb db) {
        this.db = db;
    }

    /// Step by step, in the order they ran: run, cleanup, undo.
    public List<Receipt> receipts(UUID planId) {
        return db.tx(tx -> Receipts.of(tx, planId));
    }

    /// What came of plans since a moment: the answer to "what did the agents do today?"
    public Figures since(Instant since) {
        return db.tx(
                tx -> {
                    var tools =
                            tx.query(
                                    ChangeSql.DAY_BY_TOOL,
                                    Map.of("since", since),
                                    row -> new ToolRuns(row.text("tool"), row.number("runs")));
                    return tx.first(
                                    ChangeSql.DAY_FIGURES,
                                    Map.of("since", since),
                                    row ->
                                            new Figures(
                                                    row.number("filed"),
                                                    row.number("done"),
                                                    row.number("by_policy"),
                                                    row.number("failed"),
                                                    row.number("rejected"),
                                                    row.number("undone"),
                                                    row.number("confirmed"),
                                                    row.number("not_confirmed"),
                                                    row.number("waiting"),
                                                    tools))
                            .orElseThrow();
                });
    }

    /// Counts of plans. `done` includes those undone later; `waiting` is now, not since.
    public record Figures(
            long filed,
            long done,
            long byPolicy,
            long failed,
            long rejected,
            long undone,
            long confirmed,
            long notConfirmed,
            long waiting,
            List<ToolRuns> tools) {
        public Figures {
            tools = List.copyOf(tools);
        }
    }

    public record ToolRuns(String tool, long runs) {}
}
