package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.VacuumKind;
import io.lakebaseops.agents.VacuumPlan;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a vacuum through the gate leaves in the history.
final class VacuumLedgerPgTest {
    private static final LakeQuery ROWS =
            new LakeQuery("test/vacuums", "select * from {vacuum_history} order by recorded_at");

    @TempDir private Path dir;

    /// Of its own: the tool looks at every database of a server.
    private static final Pg17 SERVER = Pg17.started(List.of());

    private final Pg17.Database database = SERVER.database("Ledger \"x\".y");
    private final ToolRig.Events events = new ToolRig.Events();
    private LocalLakehouse lakehouse;
    private VacuumLedger ledger;
    private GateRig gate;

    @BeforeEach
    void build() {
        database.asDba(
                "create schema \"S a\"",
                "create table \"S a\".\"t'1\" as select g as id from generate_series(1, 5000) g",
                "delete from \"S a\".\"t'1\" where id % 2 = 0",
                "select pg_stat_force_next_flush()");
        lakehouse = LocalLakehouse.open(dir, Clock.systemUTC());
        lakehouse.ensureTables(OpsTables.ALL);
        var tools = ToolRig.of(database);
        ledger =
                new VacuumLedger(
                        tools.targets(), tools.sql(), lakehouse, events, Clock.systemUTC());
        gate = GateRig.of(tools, ledger::accept, _ -> Optional.empty());
    }

    @AfterEach
    void close() {
        gate.close();
        lakehouse.close();
    }

    private ChangePlan plan(VacuumKind kind) {
        try (var session = gate.tools().test().read()) {
            return new VacuumPlan(gate.tools().sql(), kind, "schedule_vacuum_analyze", null)
                    .of(
                            session,
                            Subject.table(database.name(), "S a", "t'1"),
                            "half of it is dead",
                            null,
                            gate.tools().context())
                    .orElseThrow();
        }
    }

    private List<Map<String, @Nullable Object>> rows() {
        return lakehouse.query(ROWS, Map.of(), ReadScope.ALL, TestTargets.deadline()).list();
    }

    @Test
    void aVacuumIsWrittenDownOnceWithBeforeAndAfter() {
        var done = gate.carryOut(plan(VacuumKind.ANALYZE));
        assertThat(done.state()).isEqualTo(FiledPlan.State.DONE);
        ledger.accept(done);
        // Another process, which has written nothing yet, is told as well.
        new VacuumLedger(
                        gate.tools().targets(),
                        gate.tools().sql(),
                        lakehouse,
                        events,
                        Clock.systemUTC())
                .accept(done);
        assertThat(rows()).hasSize(1);
        var row = rows().getFirst();
        assertThat(row)
                .containsEntry("operation_id", done.id().toString())
                .containsEntry("schema_name", "S a")
                .containsEntry("table_name", "t'1")
                .containsEntry("operation_type", "vacuum_analyze")
                .containsEntry("dead_tuples_before", 2500L)
                .containsEntry("dead_tuples_after", 0L)
                .containsEntry("status", "succeeded");
        assertThat((Double) row.get("duration_seconds")).isNotNegative();
        assertThat(events.of(OpsEvent.VacuumCompleted.class)).hasSize(1);
        assertThat(events.of(OpsEvent.VacuumCompleted.class).getFirst().deadBefore())
                .isEqualTo(2500);
    }

    @Test
    void plansThatEndInAnyOrderAreAllWrittenDownAndLeaveNoWriterBehind() {
        var first = gate.carryOut(plan(VacuumKind.ANALYZE));
        database.asDba("delete from \"S a\".\"t'1\" where id % 3 = 0");
        var second = gate.carryOut(plan(VacuumKind.FREEZE));
        ledger.accept(second);
        ledger.accept(first);
        assertThat(rows())
                .extracting(r -> r.get("operation_type"))
                .containsExactly("vacuum_analyze", "vacuum_freeze");
        assertThat(writersIn(dir)).isZero();
    }

    @Test
    void aVacuumThatDidNotComeToItIsWrittenDownAsFailed() throws Exception {
        var plan = plan(VacuumKind.ANALYZE);
        try (var other = database.dba()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table \"S a\".\"t'1\" in share mode");
            assertThat(gate.carryOut(plan).state()).isEqualTo(FiledPlan.State.FAILED);
        }
        assertThat(rows()).hasSize(1);
        assertThat(rows().getFirst())
                .containsEntry("status", "failed")
                .containsEntry("dead_tuples_after", 2500L);
        assertThat(events.of(OpsEvent.VacuumCompleted.class)).isEmpty();
    }

    /// Transaction ids of writers in the log: a table remembers each for ever.
    private static long writersIn(Path lake) {
        try (var files = java.nio.file.Files.walk(lake)) {
            return files.filter(f -> f.toString().endsWith(".json"))
                    .filter(f -> f.toString().contains("vacuum_history"))
                    .filter(
                            f -> {
                                try {
                                    return java.nio.file.Files.readString(f).contains("\"txn\":{");
                                } catch (java.io.IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            })
                    .count();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
