package io.lakebaseops.agents.performance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ExecutionPlanHistory;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.console.FakeLakehouse;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The plans of slow statements in a server's log, as PostgreSQL writes them and as they come.
final class LoggedPlanCaptureTest {
    private static final TargetId SHOP = new TargetId("local", "shop", "production");

    private static final String NOISE =
            """
            2026-11-27 14:10:11.531 UTC [2800] LOG:  checkpoint complete: wrote 1030 buffers (6.3%)
            2026-11-27 14:10:12.531 UTC [2811] web@shop/checkout ERROR:  syntax error at or near "("
            2026-11-27 14:10:12.531 UTC [2811] web@shop/checkout STATEMENT:  select (
            \tfrom duration: 12.0 ms  plan:
            """;

    /// As auto_explain wrote it with log_format = json and log_verbose.
    private static String logged(long id, String millis, String node, int value) {
        return """
                2026-11-27 14:10:40.379 UTC [19246] web@shop/checkout LOG:  duration: %s ms  plan:
                \t{
                \t  "Query Text": "select count(*) from t where a = %d;",
                \t  "Plan": {
                \t    "Node Type": "%s",
                \t    "Relation Name": "t",
                \t    "Schema": "public",
                \t    "Startup Cost": 0.00,
                \t    "Total Cost": 1694.25,
                \t    "Plan Rows": 1,
                \t    "Filter": "(t.a = %d)"
                \t  },
                \t  "Query Identifier": %d
                \t}
                """
                .formatted(millis, value, node, value, id);
    }

    @TempDir Path dir;
    private Path log;
    private final FakeLakehouse lake = new FakeLakehouse();
    private LoggedPlanCapture capture;

    @BeforeEach
    void open() {
        log = dir.resolve("postgres.log");
        capture =
                new LoggedPlanCapture(
                        _ -> Optional.of(log),
                        new ExecutionPlanHistory(lake, new ToolRig.Events()));
    }

    private void write(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private int look() {
        lake.written.clear();
        capture.capture(
                Map.of(),
                new ToolContext(
                        UUID.randomUUID(),
                        SHOP,
                        Actor.agent("performance"),
                        Deadline.in(Patience.LONG),
                        Clock.systemUTC(),
                        ToolContext.Progress.SILENT));
        return lake.written.size();
    }

    @Test
    void aPlanIsKeptWithItsTimeAndWithoutTheValues() throws IOException {
        write(NOISE + logged(-4_287_566L, "1234.5", "Seq Scan", 4711) + NOISE);
        assertThat(look()).isOne();
        var row = lake.written.getFirst();
        assertThat(row.get("queryid")).isEqualTo(-4_287_566L);
        assertThat(row.get("captured_by")).isEqualTo("auto_explain");
        assertThat(row.get("mean_exec_time")).isEqualTo(1234.5);
        assertThat(row.get("total_cost")).isEqualTo(1694.25);
        assertThat(row.get("plan").toString()).contains("Seq Scan").doesNotContain("4711");
        assertThat(look()).as("read once").isZero();
    }

    @Test
    void theNewestOfAStatementCountsAndOnlyWhatIsNewIsRead() throws IOException {
        write(logged(7, "1000.0", "Seq Scan", 1) + logged(7, "1500.0", "Index Scan", 2));
        write(logged(8, "1100.0", "Seq Scan", 1));
        assertThat(look()).isEqualTo(2);
        assertThat(lake.written)
                .filteredOn(r -> r.get("queryid").equals(7L))
                .singleElement()
                .satisfies(r -> assertThat(r.get("plan").toString()).contains("Index Scan"));
        write(NOISE + logged(9, "2000.0", "Seq Scan", 3));
        assertThat(look()).isOne();
        assertThat(lake.written.getFirst().get("queryid")).isEqualTo(9L);
    }

    @Test
    void whatIsStillBeingWrittenWaitsForItsEnd() throws IOException {
        var plan = logged(7, "1000.0", "Seq Scan", 1);
        for (int cut : new int[] {40, 120, plan.length() - 4, plan.length() - 1}) {
            Files.deleteIfExists(log);
            open();
            write(NOISE + "ü\n" + plan.substring(0, cut));
            assertThat(look()).as("cut at " + cut).isZero();
            write(plan.substring(cut));
            assertThat(look()).as("cut at " + cut).isOne();
        }
    }

    @Test
    void aLogBegunAnewIsReadFromItsStartAndNoneIsNoFailure() throws IOException {
        write(NOISE.repeat(20) + logged(7, "1000.0", "Seq Scan", 1));
        assertThat(look()).isOne();
        Files.delete(log);
        assertThat(look()).isZero();
        write(logged(8, "1000.0", "Seq Scan", 1));
        assertThat(look()).isOne();
    }

    @Test
    void whatIsNoPlanInJsonOrHasNoIdentifierIsLeftOut() throws IOException {
        write(
                logged(0, "1000.0", "Seq Scan", 1)
                        + logged(5, "1.0", "Seq Scan", 1).replace("LOG:", "STATEMENT:  select LOG:")
                        + """
                        2026-11-27 14:10:40.379 UTC [1] LOG:  duration: 9.497 ms  plan:
                        \tQuery Text: select 1
                        \tResult  (cost=0.00..0.01 rows=1 width=4)
                        """
                        + NOISE);
        assertThat(look()).isZero();
    }
}
