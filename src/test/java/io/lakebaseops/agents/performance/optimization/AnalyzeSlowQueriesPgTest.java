package io.lakebaseops.agents.performance.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.agents.ExecutionPlanHistory;
import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Diagnosis;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Input;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.explain.ExplainedPlan;
import io.lakebaseops.explain.IndexIdea;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.UnwrittenWaits;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.lakehouse.history.WaitInterval;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Statements that really ran slowly, explained by what pg_stat_statements and the planner say. On
/// a server of its own: statement statistics are about the whole server.
final class AnalyzeSlowQueriesPgTest {
    private static final Input ALL = new Input(0, 100, null);

    private static Pg17 server;
    private static Pg17.Database database;
    private final ToolRig.Events events = new ToolRig.Events();
    private Lakehouse lakehouse;

    @BeforeAll
    static void start() {
        server = Pg17.started(List.of());
        database = server.database("s");
        database.asDba(
                "create schema \"Odd \"\"one\"",
                "create table \"Odd \"\"one\".\"my orders\" (id bigint primary key, \"Status\" text, code"
                        + " varchar(20), filler text)",
                "insert into \"Odd \"\"one\".\"my orders\" select i, case when i % 500 = 0 then 'open' else"
                        + " 'done' end, 'c' || i, repeat('x', 80) from generate_series(1, 60000) i",
                "analyze \"Odd \"\"one\".\"my orders\"");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @TempDir private Path past;

    @BeforeEach
    void open(@TempDir Path dir) {
        lakehouse = LocalLakehouse.open(dir.resolve("lake"), Clock.systemUTC());
        lakehouse.ensureTables(OpsTables.ALL);
    }

    private AnalyzeSlowQueriesWithAi.Output run(ToolRig rig, Input input) {
        var found =
                ToolRig.found(
                        new AnalyzeSlowQueriesWithAi(
                                        rig.targets(),
                                        new ExecutionPlanHistory(lakehouse, events),
                                        new WaitHistory(lakehouse, UnwrittenWaits.NONE),
                                        new StatementStatistics(lakehouse))
                                .run(input, rig.context()));
        assertThat(found.source()).isEqualTo(Source.LIVE);
        return found.data();
    }

    private Diagnosis diagnosis(ToolRig rig, String text) {
        return run(rig, ALL).diagnoses().stream()
                .filter(d -> d.query().contains(text))
                .findFirst()
                .orElseThrow();
    }

    private static void prepared(String sql, String value) throws SQLException {
        try (var c = database.dba();
                var s = c.prepareStatement(sql)) {
            s.setString(1, value);
            s.execute();
        }
    }

    @Test
    void causeComesFromThePlanForAnyValuesAndTheCatalog() throws SQLException {
        prepared("select \"Status\" from \"Odd \"\"one\".\"my orders\" where code = ?", "secret-7");
        try (var rig = ToolRig.of(database)) {
            var one = diagnosis(rig, "select \"Status\"");
            assertThat(one.causes()).extracting(c -> c.cause()).contains("missing_index");
            assertThat(one.causes().getFirst().index())
                    .isEqualTo(new IndexIdea("Odd \"one", "my orders", "btree", List.of("code")));
            assertThat(one.verdict()).startsWith("Missing index: ");
            assertThat(one.withoutPlan()).isNull();
            assertThat(ExplainedPlan.read(one.plan()).root().type()).contains("Scan");
            assertThat(one.toString()).doesNotContain("secret-7");
            assertThat(one.calls()).isEqualTo(1);
            // Asked for alone, by its id as text.
            var alone = run(rig, new Input(5000, 1, one.queryid()));
            assertThat(alone.diagnoses())
                    .extracting(Diagnosis::queryid)
                    .containsExactly(one.queryid());
        }
    }

    @Test
    void planIsKeptOnceAndItsChangeIsMarked() throws SQLException {
        prepared("select count(*) from \"Odd \"\"one\".\"my orders\" where code = ?", "c7");
        try (var rig = ToolRig.of(database)) {
            var first = diagnosis(rig, "select count(*)");
            assertThat(first.planChanged()).isFalse();
            assertThat(diagnosis(rig, "select count(*)").planChanged()).isFalse();
            assertThat(kept(first.queryid())).isEqualTo(1L);
            database.asDba("create index on \"Odd \"\"one\".\"my orders\" (code)");
            var second = diagnosis(rig, "select count(*)");
            assertThat(second.planChanged()).isTrue();
            assertThat(second.planFingerprint()).isNotEqualTo(first.planFingerprint());
            assertThat(events.of(OpsEvent.ExecutionPlanChanged.class))
                    .singleElement()
                    .satisfies(
                            e ->
                                    assertThat(e.difference())
                                            .contains(
                                                    "Odd \"one.my orders is read by ",
                                                    " instead of Seq Scan"));
            assertThat(kept(first.queryid())).isEqualTo(2L);
            database.asDba("drop index \"Odd \"\"one\".\"my orders_code_idx\"");
        }
    }

    private Object kept(String queryid) {
        return lakehouse
                .query(
                        new LakeQuery(
                                "test",
                                "select count(*) as n from {plan_history} where queryid = "
                                        + queryid),
                        Map.of(),
                        ReadScope.ALL,
                        TestTargets.deadline())
                .list()
                .getFirst()
                .get("n");
    }

    @Test
    void aSlowerPlanAndLockWaitsOfTheHistoryAreCauses() throws SQLException {
        prepared("select max(code) from \"Odd \"\"one\".\"my orders\" where code = ?", "c9");
        try (var rig = ToolRig.of(database)) {
            var now = diagnosis(rig, "select max(code)");
            assertThat(now.causes()).extracting(c -> c.cause()).doesNotContain("plan_change");
            var id = Long.parseLong(now.queryid());
            var at = Instant.now();
            var before = row(rig, at.minus(Duration.ofDays(9)), id);
            before.put("plan_fingerprint", "index");
            before.put("plan", WITH_INDEX);
            before.put("mean_exec_time", 0.001);
            before.put("captured_by", "generic_plan");
            var after = row(rig, at.minus(Duration.ofDays(3)), id);
            after.putAll(before);
            after.put("recorded_at", at.minus(Duration.ofDays(3)));
            after.put("plan_fingerprint", now.planFingerprint());
            after.put("plan", now.plan());
            after.put("plan_changed", true);
            // The plan was stored now, as the only one; its past comes into a history of its own.
            lakehouse.close();
            lakehouse = LocalLakehouse.open(past.resolve("lake"), Clock.systemUTC());
            lakehouse.ensureTables(OpsTables.ALL);
            lakehouse.append(OpsTables.PLAN_HISTORY.name(), List.of(before, after));
            var key = new WaitInterval.Key("Lock", "tuple", null, null, null, null, id);
            lakehouse.append(
                    OpsTables.WAIT_SAMPLES.name(),
                    new WaitInterval("r", at.minusSeconds(60), 60, 1, Map.of(key, 30L))
                            .rows(rig.context().target(), "live"));
            var causes = diagnosis(rig, "select max(code)").causes();
            assertThat(causes)
                    .filteredOn(c -> c.cause().equals("plan_change"))
                    .singleElement()
                    .satisfies(
                            c ->
                                    assertThat(c.seen())
                                            .contains("instead of Index Scan using gone_idx"));
            assertThat(causes)
                    .filteredOn(c -> c.cause().equals("lock_waits"))
                    .singleElement()
                    .satisfies(c -> assertThat(c.seen()).startsWith("100 % of its samples"));
            assertThat(events.of(OpsEvent.ExecutionPlanChanged.class))
                    .as("it had changed before")
                    .isEmpty();
        }
    }

    private static final String WITH_INDEX =
            "[{\"Plan\": {\"Node Type\": \"Index Scan\", \"Index Name\": \"gone_idx\","
                    + " \"Relation Name\": \"my orders\", \"Alias\": \"my orders\","
                    + " \"Startup Cost\": 0.3, \"Total Cost\": 8.3, \"Plan Rows\": 1, \"Plan Width\": 9}}]";

    private static Map<String, Object> row(ToolRig rig, Instant at, long id) {
        var row = HistoryRow.of(rig.context().target(), at, "r");
        row.put("queryid", id);
        return row;
    }

    @Test
    void whatCannotBeExplainedSaysWhy() {
        database.asDba(
                "create table gone (x int)", "select * from gone where x > 3", "drop table gone");
        try (var rig = ToolRig.of(database)) {
            assertThat(diagnosis(rig, "from gone").withoutPlan()).contains("gone");
            assertThat(diagnosis(rig, "drop table").withoutPlan())
                    .contains("only SELECT, INSERT, UPDATE, DELETE and WITH have a plan");
            assertThat(diagnosis(rig, "drop table").verdict()).startsWith("No plan: ");
        }
    }

    @Test
    void unreadableInputIsRefused() {
        assertThatThrownBy(() -> new Input(0, 0, null)).isInstanceOf(OpsException.class);
        assertThatThrownBy(() -> new Input(-1, 1, null)).isInstanceOf(OpsException.class);
        assertThatThrownBy(() -> new Input(0, 1, "1; drop")).isInstanceOf(OpsException.class);
    }
}
