package io.lakebaseops.agents.health.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.provisioning.BranchRig;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.local.api.UnityRig;
import io.lakebaseops.local.billing.UsageFiles;
import io.lakebaseops.local.billing.UsageRecord;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Bills read through the SDK from a warehouse, divided, kept, and corrected.
@TestMethodOrder(OrderAnnotation.class)
final class TrackCostPgTest {
    @TempDir static Path dir;
    private static BranchRig rig;
    private static UsageFiles usage;
    private static String project;
    private static String branch;
    private static Instant today;

    @BeforeAll
    static void start() throws IOException {
        rig = new BranchRig(dir);
        rig.lake.ensureTables(
                List.of(
                        OpsTables.COST_ATTRIBUTION,
                        OpsTables.PG_STAT_HISTORY,
                        OpsTables.WAIT_SAMPLES,
                        OpsTables.LAKEBASE_METRICS));
        var home = dir.resolve("lakebase");
        usage = new UsageFiles(home);
        rig.server.project("shop");
        var deadline = BranchRig.soon();
        project = rig.plane.project("shop", deadline).orElseThrow().uid();
        branch = rig.plane.branch("shop", "production", deadline).orElseThrow().uid();
        today = rig.server.clock().instant().truncatedTo(ChronoUnit.DAYS);
        // The list price halves at noon three days ago; storage of one kind has no price.
        var change = at(3, 12);
        Files.writeString(
                home.resolve("billing").resolve("list-prices.jsonl"),
                price(UsageRecord.COMPUTE_SKU, "DBU", "2025-01-01T00:00:00Z", change, "0.52")
                        + price(UsageRecord.COMPUTE_SKU, "DBU", change.toString(), null, "0.26"));
        Files.writeString(
                home.resolve("billing").resolve("account-prices.jsonl"),
                price(UsageRecord.COMPUTE_SKU, "DBU", at(1, 0).toString(), null, "0.20"));
        for (int hour = 0; hour < 24; hour++) {
            for (int day = 1; day <= 4; day++) {
                usage.add(List.of(hour(day, hour, "1")));
            }
        }
        usage.add(
                List.of(
                        UsageRecord.storage(
                                project,
                                branch,
                                "BRANCH_HISTORY_STORAGE",
                                at(2, 0),
                                at(1, 0),
                                new BigDecimal("3")),
                        UsageRecord.compute(
                                "another", "br-x", "ep-x", at(2, 3), new BigDecimal("99"))));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static Instant at(int daysAgo, int hour) {
        return today.minus(Duration.ofDays(daysAgo)).plus(Duration.ofHours(hour));
    }

    private static UsageRecord hour(int daysAgo, int hour, String dbu) {
        return UsageRecord.compute(project, branch, "ep-1", at(daysAgo, hour), new BigDecimal(dbu));
    }

    private static String price(
            String sku, String unit, String from, Instant until, String perUnit) {
        var end = until == null ? "null" : "\"" + until + "\"";
        return ("{\"price_start_time\":\"%s\",\"price_end_time\":%s,\"sku_name\":\"%s\",\"cloud\":"
                        + "\"AWS\",\"currency_code\":\"USD\",\"usage_unit\":\"%s\",\"pricing\":"
                        + "{\"default\":\"%s\",\"effective_list\":{\"default\":\"%s\"}}}\n")
                .formatted(from, end, sku, unit, perUnit, perUnit);
    }

    private static TrackCostAttribution.Output track() {
        var tool = new TrackCostAttribution(rig.planes, rig.lake);
        var outcome = tool.run(new TrackCostAttribution.Input(10), rig.on("shop", BranchRig.AGENT));
        assertThat(outcome).isInstanceOf(Outcome.Found.class);
        return ((Outcome.Found<TrackCostAttribution.Output>) outcome).data();
    }

    private static BigDecimal stored() {
        return rig
                .lake
                .query(
                        HistoryQueries.COST_DAYS,
                        Map.of("project", "shop"),
                        ReadScope.ALL,
                        BranchRig.soon())
                .list()
                .stream()
                .map(r -> r.get("cost"))
                .filter(c -> c != null)
                .map(c -> new BigDecimal(c.toString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    @Order(1)
    void theBillHasThePricesOfItsTimeAndNothingIsGuessed() {
        var bill = track();
        // 24 + 12 hours at 0.52, 12 + 24 at 0.26, 24 at the negotiated 0.20.
        assertThat(bill.total()).isEqualByComparingTo("32.88");
        assertThat(bill.currency()).isEqualTo("USD");
        assertThat(bill.priceOrigins()).containsExactly("list", "negotiated");
        assertThat(bill.sumsToBill()).isTrue();
        assertThat(bill.unpriced()).hasSize(1);
        assertThat(bill.unpriced().getFirst().unit()).isEqualTo("DSU");
        assertThat(bill.unpriced().getFirst().quantity()).isEqualByComparingTo("3");
        assertThat(bill.branches()).hasSize(1);
        assertThat(bill.branches().getFirst().key()).isEqualTo("production");
        assertThat(bill.watermark()).isEqualTo(at(0, 0));
        assertThat(bill.daysWritten()).isEqualTo(4);
        assertThat(bill.rewritten()).isEmpty();
        assertThat(bill.generatedUntil()).isNull();
        assertThat(stored()).isEqualByComparingTo("32.88");
        assertThat(track().daysWritten()).isZero();
    }

    @Test
    @Order(2)
    void aCorrectionRewritesItsDayAndOnlyThat() {
        var wrong = hour(2, 5, "1");
        var later = rig.server.clock().instant();
        usage.add(
                List.of(
                        wrong.corrected("RETRACTION", new BigDecimal("-1"), later),
                        wrong.corrected("RESTATEMENT", new BigDecimal("0.5"), later)));
        rig.server.clock().advance(Duration.ofSeconds(1));
        var bill = track();
        assertThat(bill.total()).isEqualByComparingTo("32.75");
        assertThat(bill.daysWritten()).isEqualTo(1);
        assertThat(bill.rewritten()).containsExactly(wrong.day());
        assertThat(bill.credits()).isEqualByComparingTo("0");
        assertThat(stored()).isEqualByComparingTo("32.75");
    }

    @Test
    @Order(3)
    void measuredTimeSaysWhoseItWas() {
        var metrics = new ArrayList<Map<String, Object>>();
        var statements = new ArrayList<Map<String, Object>>();
        for (int slot = 1; slot <= 12; slot++) {
            var end = at(1, 9).plus(Duration.ofMinutes(5L * slot - 1));
            metrics.add(metric(end));
            if (slot <= 3) {
                statements.add(statement(end, "app", 1, 900));
                var generated = statement(end, "etl", 2, 300);
                generated.put("source", "simulated");
                statements.add(generated);
            }
        }
        rig.lake.append(OpsTables.LAKEBASE_METRICS.name(), metrics);
        rig.lake.append(OpsTables.PG_STAT_HISTORY.name(), statements);
        var bill = track();
        assertThat(bill.sumsToBill()).isTrue();
        var roles = parts(bill.roles());
        assertThat(roles.get("app")).isEqualByComparingTo("0.0375");
        assertThat(roles.get("etl")).isEqualByComparingTo("0.0125");
        assertThat(roles.get(CostShare.IDLE)).isEqualByComparingTo("0.15");
        assertThat(roles.get(CostShare.UNKNOWN)).isEqualByComparingTo("32.55");
        assertThat(parts(bill.statements())).containsKeys("1", "2");
        assertThat(bill.generatedUntil())
                .as("the bill is real, who used it is generated")
                .isEqualTo(LocalDate.ofInstant(at(1, 9), ZoneOffset.UTC));
    }

    private static Map<String, BigDecimal> parts(List<TrackCostAttribution.Part> parts) {
        var map = new LinkedHashMap<String, BigDecimal>();
        parts.forEach(p -> map.put(p.key(), p.cost()));
        return map;
    }

    private static Map<String, Object> row(Instant at) {
        return HistoryRow.of(new TargetId("local", "shop", "production"), at, "run");
    }

    private static Map<String, Object> metric(Instant at) {
        var row = row(at);
        row.put("metric_name", "active_connections");
        row.put("metric_value", 1.0);
        row.put("unit", "sessions");
        return row;
    }

    private static Map<String, Object> statement(Instant at, String role, long id, double ms) {
        var row = row(at);
        row.put("interval_seconds", 300.0);
        row.put("dbid", 5L);
        row.put("userid", 10L);
        row.put("rolname", role);
        row.put("queryid", id);
        row.put("toplevel", true);
        row.put("calls", 1L);
        row.put("total_exec_time", ms);
        row.put("reset_detected", false);
        return row;
    }

    @Test
    @Order(4)
    void aBetterTimeoutIsFoundPlannedApprovedAndProved() {
        var rows = new ArrayList<Map<String, Object>>();
        for (int day = 9; day >= 1; day--) {
            rows.add(statement(at(day, 8), "app", 1, 50));
        }
        rig.lake.append(OpsTables.PG_STAT_HISTORY.name(), rows);
        var tool = new RecommendScaleToZeroTimeout(rig.planes, rig.lake);
        var context = rig.on("shop", BranchRig.AGENT);
        var outcome =
                (Outcome.Found<RecommendScaleToZeroTimeout.Output>)
                        tool.run(new RecommendScaleToZeroTimeout.Input(10, 12), context);
        var advice = outcome.data().branches().getFirst();
        assertThat(advice.generatedUntil()).isEqualTo(at(1, 9).plus(Duration.ofMinutes(14)));
        assertThat(outcome.source()).isEqualTo(Source.SIMULATED);
        assertThat(outcome.caveats()).anyMatch(c -> c.contains("generated for demonstration"));
        assertThat(outcome.findings().getFirst().summary()).endsWith("(generated history)");
        assertThat(advice.current()).isEqualTo(Duration.ofDays(1));
        assertThat(advice.best().timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(advice.today().costPerDay())
                .isCloseTo(8.19, org.assertj.core.data.Offset.offset(0.01));
        assertThat(advice.savedPerDay()).isGreaterThan(7.0);
        var remedies = tool.remedies("", outcome.findings(), context);
        assertThat(remedies.skipped()).isEmpty();
        var filed = rig.carryOut(remedies.plans().getFirst());
        assertThat(filed.verification()).isInstanceOf(Verification.Confirmed.class);
        assertThat(filed.state()).isEqualTo(FiledPlan.State.DONE);
        assertThat(endpoint().suspendAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    private static io.lakebaseops.lakebase.ControlPlane.Endpoint endpoint() {
        return rig.plane.endpoints("shop", "production", BranchRig.soon()).getFirst();
    }

    /// As of a contract with a discount, and of a kind of storage that is newer than this program.
    @Test
    @Order(5)
    void aCreditIsToldAndAStorageTypeNobodyKnowsIsALineOfItsOwn() throws Exception {
        var before = track();
        usage.add(
                List.of(
                        UsageRecord.compute(
                                project, branch, "ep-credit", at(3, 5), new BigDecimal("-2")),
                        UsageRecord.storage(
                                project,
                                branch,
                                "HOLOGRAPHIC_STORAGE",
                                at(3, 0),
                                at(2, 0),
                                new BigDecimal("5"))));
        rig.server.clock().advance(Duration.ofSeconds(1));
        var bill = track();
        assertThat(bill.credits()).isEqualByComparingTo("-1.04");
        assertThat(bill.total())
                .isEqualByComparingTo(before.total().subtract(new BigDecimal("1.04")));
        assertThat(bill.sumsToBill()).isTrue();
        assertThat(bill.unpriced())
                .extracting(u -> u.storageType() + " " + u.quantity().stripTrailingZeros())
                .containsExactly("BRANCH_HISTORY_STORAGE 3", "HOLOGRAPHIC_STORAGE 5");
        assertThat(stored()).isEqualByComparingTo(bill.total());
    }

    @Test
    @Order(6)
    void whoMayNotReadBillsIsToldTheGrant() {
        ToolContext context = rig.on("shop", BranchRig.AGENT);
        var plain = new TrackCostAttribution(_ -> Optional.empty(), rig.lake);
        assertThat(plain.run(new TrackCostAttribution.Input(10), context))
                .isInstanceOfSatisfying(
                        Outcome.Unavailable.class,
                        u -> assertThat(u.reason()).contains("has no bill"));
        var unity = new UnityRig(rig.server);
        unity.accountGroup("admins");
        unity.handOverMetastore("admins");
        var denied = new TrackCostAttribution(rig.planes, rig.lake);
        assertThat(denied.run(new TrackCostAttribution.Input(10), context))
                .isInstanceOfSatisfying(
                        Outcome.Unavailable.class,
                        u -> {
                            assertThat(u.reason()).contains("system.billing");
                            assertThat(u.remedy()).isEqualTo(TrackCostAttribution.GRANT);
                        });
    }
}
