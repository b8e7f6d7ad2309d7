package io.lakebaseops.console;

import io.lakebaseops.agents.health.diagnosis.Hypothesis;
import io.lakebaseops.agents.health.diagnosis.RepairKind;
import io.lakebaseops.agents.health.diagnosis.Symptom;
import io.lakebaseops.agents.health.operations.DiagnoseRootCause;
import io.lakebaseops.domain.MetricName;

import java.util.List;

/// A diagnosis of the invented shop.
public final class SampleCause {
    private SampleCause() {}

    public static DiagnoseRootCause.Output heldBack() {
        var since = FakeShop.NOW.minusSeconds(19_000);
        return new DiagnoseRootCause.Output(
                "cause",
                "A long transaction keeps dead rows from being removed: session 41822 (reporting,"
                        + " databricks_postgres, DBeaver, idle in transaction) keeps the rows of the"
                        + " last 412,906 transactions.",
                List.of(
                        new Symptom(
                                MetricName.MAX_DEAD_TUPLE_RATIO,
                                0.142,
                                "max dead tuple ratio 0.142",
                                since.plusSeconds(900))),
                List.of(
                        new Hypothesis(
                                "xmin_held_by_session",
                                "A long transaction keeps dead rows from being removed",
                                0.99,
                                since,
                                List.of("max_dead_tuple_ratio"),
                                List.of(
                                        "session 41822 (reporting, DBeaver, idle in transaction)"
                                                + " keeps the rows of the last 412,906 transactions",
                                        "14 % of the row versions of shop.inventory are dead"),
                                List.of(),
                                "End the transaction; vacuum removes the rows at its next run.",
                                "Set idle_in_transaction_session_timeout, and run reports on a"
                                        + " replica or a branch.",
                                RepairKind.END_IDLE_TRANSACTION),
                        new Hypothesis(
                                "dead_rows",
                                "Dead rows grew faster than autovacuum removes them",
                                0.55,
                                null,
                                List.of("max_dead_tuple_ratio"),
                                List.of("14 % of the row versions of shop.inventory are dead"),
                                List.of("session 41822 keeps the rows of 412,906 transactions"),
                                "Vacuum the table.",
                                "Lower autovacuum_vacuum_scale_factor of the table.",
                                RepairKind.VACUUM_WORST_TABLE)),
                List.of(
                        new Hypothesis(
                                "runaway_statement",
                                "One statement runs far longer than all others",
                                0.6,
                                FakeShop.NOW.minusSeconds(40),
                                List.of(),
                                List.of("pid 42107 (report, psql) runs for 40 s"),
                                List.of(),
                                "Cancel it if nobody waits for its result.",
                                "Set statement_timeout for the role.",
                                null)),
                List.of());
    }
}
