package io.lakebaseops.app.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.lakehouse.history.PastDeeds;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

final class DemoPastTest {
    private static final Instant UNTIL = Instant.parse("2026-11-27T14:05:00Z");
    private static final Instant FROM = UNTIL.minus(Duration.ofDays(89));
    private static final TargetId SHOP = new TargetId("local", "storefront-prod", "production");
    private static final LoadCurve CURVE = new LoadCurve(FROM, UNTIL, 7);
    private static final List<PastSlot> SLOTS =
            PastSlot.between(FROM, UNTIL).stream().filter(CURVE::watched).toList();
    private static final List<DemoServer.Index> INDEXES =
            List.of(
                    new DemoServer.Index("shop", "customers", "customers_pkey", 1, 1e6),
                    new DemoServer.Index("shop", "orders", PastIndexes.ABANDONED, 2, 2e6));
    private static final DemoServer SERVER = server();
    private static final PastStatements STATEMENTS = new PastStatements(SHOP, SERVER, CURVE);

    @TempDir Path dir;

    private static DemoServer server() {
        var statements = new ArrayList<DemoServer.Statement>();
        for (var profile : StatementProfile.ALL) {
            statements.add(
                    new DemoServer.Statement(
                            profile, profile.name().hashCode(), "select '" + profile.name() + "'"));
        }
        return new DemoServer(
                statements, INDEXES, 5, "databricks_postgres", 10, "me", 160e6, 900, 1, 104);
    }

    private static double mean(String statement, Instant from, Instant until) {
        return SLOTS.stream()
                .filter(s -> s.until().isAfter(from) && !s.until().isAfter(until))
                .flatMap(s -> STATEMENTS.costs(s).stream())
                .filter(c -> c.statement().profile().name().equals(statement) && c.calls() > 0)
                .mapToDouble(PastStatements.Cost::mean)
                .average()
                .orElseThrow();
    }

    @Test
    void itEndsWhereMeasuringBeginsInStepsThatGrowWithAge() {
        assertThat(SLOTS.getLast().until()).isEqualTo(UNTIL);
        assertThat(SLOTS.getLast().length()).isEqualTo(Duration.ofSeconds(20));
        assertThat(SLOTS.getFirst().length()).isEqualTo(Duration.ofHours(3));
        assertThat(Duration.between(FROM, SLOTS.getFirst().from()).abs())
                .isLessThan(Duration.ofHours(3));
        assertThat(SLOTS).hasSizeLessThan(2200);
    }

    @Test
    void theShopHasDaysWeeksAndGrowth() {
        var byHour = new HashMap<Integer, List<Double>>();
        var byDay = new HashMap<DayOfWeek, List<Double>>();
        for (var slot : SLOTS) {
            var at = slot.until().atZone(ZoneOffset.UTC);
            byHour.computeIfAbsent(at.getHour(), _ -> new ArrayList<>())
                    .add(CURVE.load(slot.until()));
            byDay.computeIfAbsent(at.getDayOfWeek(), _ -> new ArrayList<>())
                    .add(CURVE.load(slot.until()));
        }
        assertThat(average(byHour.get(13))).isGreaterThan(1.5 * average(byHour.get(2)));
        assertThat(average(byDay.get(DayOfWeek.SUNDAY)))
                .isLessThan(0.9 * average(byDay.get(DayOfWeek.TUESDAY)));
        assertThat(CURVE.grown(FROM)).isCloseTo(0.75, within(0.01));
        assertThat(CURVE.load(UNTIL)).as("as it will be measured").isCloseTo(1, within(0.15));
    }

    private static double average(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElseThrow();
    }

    @Test
    void oneStatementLosesItsIndexAndNothingElseChanges() {
        var dropped = CURVE.indexDropped();
        assertThat(mean("login", FROM, dropped)).isLessThan(0.1);
        assertThat(mean("login", dropped.plus(Duration.ofHours(3)), UNTIL)).isGreaterThan(3.5);
        assertThat(mean("product_page", FROM, dropped))
                .isCloseTo(mean("product_page", dropped, UNTIL), within(0.02));
        var plans =
                new PastPlans(SHOP, SERVER, CURVE, Map.of((long) "login".hashCode(), SEQ_SCAN))
                        .rows();
        assertThat(plans).extracting(r -> r.get("plan_changed")).containsExactly(false, true);
        assertThat(plans).extracting(r -> r.get("plan_fingerprint")).doesNotHaveDuplicates();
        assertThat(plans.getLast().get("recorded_at")).isEqualTo(dropped.plusSeconds(60));
    }

    @Test
    void oneIndexIsUnusedSinceADateAndTheOthersFollowTheShop() {
        var plan = SEQ_SCAN.replace("\"Alias\"", "\"Index Name\": \"customers_pkey\", \"Alias\"");
        var rows =
                new PastIndexes(
                                SHOP,
                                SERVER,
                                STATEMENTS,
                                CURVE,
                                Map.of((long) "login".hashCode(), plan))
                        .rows();
        var scans = new HashMap<String, List<Double>>();
        for (var row : rows) {
            var day = ((Instant) row.get("recorded_at")).minus(Duration.ofHours(12));
            var weekday = day.atZone(ZoneOffset.UTC).getDayOfWeek();
            if (row.get("scans") instanceof Long n) {
                boolean late = !day.isBefore(CURVE.reportEnded());
                scans.computeIfAbsent(
                                row.get("index_oid")
                                        + (late ? " after " : " before ")
                                        + (weekday.getValue() > 5 ? "weekend" : "week"),
                                _ -> new ArrayList<>())
                        .add(n * 86_400.0 / (double) row.get("interval_seconds"));
            }
        }
        assertThat(scans.get("2 before week")).hasSizeGreaterThan(15).allMatch(n -> n >= 30);
        assertThat(scans.get("2 before weekend")).allMatch(n -> n == 0);
        assertThat(scans.get("2 after week")).hasSizeGreaterThan(40).allMatch(n -> n == 0);
        assertThat(scans.get("1 after week")).allMatch(n -> n > 1_000);
        assertThat(average(scans.get("1 after week")))
                .as("it grows")
                .isGreaterThan(average(scans.get("1 before week")));
    }

    private static final String SEQ_SCAN =
            """
            [{"Plan": {"Node Type": "Seq Scan", "Relation Name": "customers", "Schema": "shop",
              "Alias": "customers", "Startup Cost": 0, "Total Cost": 1243, "Plan Rows": 1,
              "Plan Width": 21, "Filter": "(email = $1)"}}]
            """;

    @Test
    void aRestartIsAResetAndGapsHaveNoRowsAtAll() {
        var reset =
                SLOTS.stream()
                        .flatMap(s -> STATEMENTS.rows(s).stream())
                        .filter(r -> Boolean.TRUE.equals(r.get("reset_detected")))
                        .map(r -> (Instant) r.get("recorded_at"))
                        .collect(Collectors.toSet());
        assertThat(reset).hasSize(1);
        var gaps = new ArrayList<Duration>();
        for (int i = 1; i < SLOTS.size(); i++) {
            var gap = Duration.between(SLOTS.get(i - 1).until(), SLOTS.get(i).from());
            if (gap.isPositive()) {
                gaps.add(gap);
            }
        }
        assertThat(gaps).hasSize(3);
        assertThat(gaps.getFirst()).isGreaterThan(Duration.ofHours(13));
    }

    @Test
    void theSameSeedGivesTheSameRowsAndWhatIsMeasuredNextFits() {
        var last = SLOTS.getLast();
        var metrics = new PastMetrics(SHOP, STATEMENTS, CURVE);
        assertThat(metrics.rows(last))
                .isEqualTo(
                        new PastMetrics(SHOP, STATEMENTS, new LoadCurve(FROM, UNTIL, 7)).rows(last))
                .isNotEqualTo(
                        new PastMetrics(
                                        SHOP,
                                        new PastStatements(
                                                SHOP, SERVER, new LoadCurve(FROM, UNTIL, 8)),
                                        new LoadCurve(FROM, UNTIL, 8))
                                .rows(last));
        var values = new HashMap<Object, Double>();
        metrics.rows(last)
                .forEach(r -> values.put(r.get("metric_name"), (Double) r.get("metric_value")));
        assertThat(values.get(MetricName.DATABASE_SIZE_BYTES.id())).isCloseTo(160e6, within(1e6));
        assertThat(values.get(MetricName.TXID_AGE.id())).isEqualTo(900);
        assertThat(values.get(MetricName.TPS.id())).isCloseTo(44, within(6.0));
    }

    @Test
    void everyGeneratedBranchIsGoneAndNeverWereThereMoreThanAllowed() {
        var policy = BranchPolicy.standard();
        var curve = new LoadCurve(UNTIL.minus(Duration.ofDays(89)), UNTIL, 7);
        var rows =
                new PastBranches(SHOP, curve)
                        .rows().stream()
                                .sorted(Comparator.comparing(r -> (Instant) r.get("recorded_at")))
                                .toList();
        assertThat(rows).hasSizeGreaterThan(200);
        var there = new HashSet<Object>();
        for (var row : rows) {
            var branch = String.valueOf(row.get("branch_id"));
            assertThat(policy.typeOf(branch)).as(branch).isNotEqualTo("ephemeral");
            assertThat((Instant) row.get("recorded_at")).isBefore(UNTIL);
            assertThat(row).containsEntry("source", "simulated");
            switch (String.valueOf(row.get("event_type"))) {
                case "created" -> assertThat(there.add(branch)).as(branch).isTrue();
                case "deleted", "expired" -> assertThat(there.remove(branch)).as(branch).isTrue();
                default -> assertThat(there).contains(branch);
            }
            assertThat(there).hasSizeLessThan(policy.limits().branches());
        }
        assertThat(there).isEmpty();
    }

    /// Alerts where the generated metrics are beyond a limit, and nowhere else; told apart.
    @Test
    void alertsAndArchivalsOfThePastFollowItsMetricsAndAreCountedApart() {
        var metrics = new PastMetrics(SHOP, STATEMENTS, CURVE);
        var rows = new PastAlerts(SHOP, metrics, CURVE).rows(SLOTS);
        var raised = rows.stream().filter(r -> !r.get("level").equals("ok")).toList();
        assertThat(raised).hasSizeBetween(5, 60);
        for (var row : raised) {
            var at = (Instant) row.get("recorded_at");
            var slot = SLOTS.stream().filter(s -> s.until().equals(at)).findFirst().orElseThrow();
            assertThat(
                            metrics.values(slot).entrySet().stream()
                                    .filter(e -> e.getKey().id().equals(row.get("metric_name")))
                                    .findFirst()
                                    .orElseThrow()
                                    .getValue())
                    .isEqualTo(row.get("metric_value"));
        }
        assertThat(rows).hasSize(2 * raised.size());
        var archived = new PastArchivals(SHOP, CURVE).rows();
        assertThat(archived).hasSize(3);
        try (var lake = LocalLakehouse.open(dir, Clock.fixed(UNTIL, ZoneOffset.UTC))) {
            lake.ensureTables(List.of(OpsTables.ALERT_HISTORY, OpsTables.DATA_ARCHIVAL_HISTORY));
            lake.append(OpsTables.ALERT_HISTORY.name(), rows);
            lake.append(OpsTables.DATA_ARCHIVAL_HISTORY.name(), archived);
            var measured = new HashMap<>(rows.getFirst());
            measured.put("source", "live");
            measured.put("alert_id", "real");
            lake.append(OpsTables.ALERT_HISTORY.name(), List.of(measured));
            var deeds = new PastDeeds(lake, _ -> true);
            var alerts = deeds.alerts(SHOP).orElseThrow();
            assertThat(alerts.alerts()).isEqualTo(raised.size());
            assertThat(alerts.agents()).isBetween(1L, alerts.alerts());
            assertThat(alerts.median()).isBetween(Duration.ofSeconds(30), Duration.ofHours(1));
            System.out.println(alerts.words("30 Aug"));
            var past = deeds.archivals(SHOP).orElseThrow();
            assertThat(past.archivals()).isEqualTo(3);
            assertThat(past.rows()).isGreaterThan(800_000);
            System.out.println(past.words("1 Nov"));
            assertThat(deeds.alerts(new TargetId("local", "other", "production"))).isEmpty();
        }
    }

    @Test
    void everyRowIsMarkedAndASecondTryWritesNothing() {
        try (var lake = LocalLakehouse.open(dir, Clock.fixed(UNTIL, ZoneOffset.UTC))) {
            lake.ensureTables(OpsTables.ALL);
            var past = new DemoPast(null, lake, () -> null, UNTIL, Runnable::run);
            // Two days: every step and table, without the time ninety take.
            var span = new GeneratedHistory(UNTIL.minus(Duration.ofDays(3)), UNTIL);
            long rows = past.write(SHOP, SERVER, Map.of((long) "login".hashCode(), SEQ_SCAN), span);
            past.write(SHOP, SERVER, Map.of((long) "login".hashCode(), SEQ_SCAN), span);
            long stored = 0;
            for (var table :
                    List.of(
                            OpsTables.PG_STAT_HISTORY,
                            OpsTables.QUERY_TEXT,
                            OpsTables.LAKEBASE_METRICS,
                            OpsTables.WAIT_SAMPLES,
                            OpsTables.PLAN_HISTORY,
                            OpsTables.VACUUM_HISTORY,
                            OpsTables.BRANCH_LIFECYCLE,
                            OpsTables.ALERT_HISTORY,
                            OpsTables.INDEX_USAGE_HISTORY)) {
                var count =
                        lake.query(
                                        new LakeQuery(
                                                        "test",
                                                        "select count(*) as n, count(*) filter (where source ="
                                                                + " 'simulated' and recorded_at <= :until) as marked"
                                                                + " from {history}")
                                                .at("history", table.name()),
                                        Map.of("until", UNTIL),
                                        ReadScope.ALL,
                                        Deadline.in(Patience.LONG))
                                .list()
                                .getFirst();
                assertThat(count.get("marked"))
                        .as(table.name().toString())
                        .isEqualTo(count.get("n"));
                assertThat((long) count.get("n")).isPositive();
                stored += (long) count.get("n");
            }
            assertThat(stored).isEqualTo(rows);
        }
    }
}
