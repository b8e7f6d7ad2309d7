package io.lakebaseops.console;

import io.lakebaseops.agents.health.monitoring.HealthBoard.Outage;
import io.lakebaseops.agents.provisioning.branching.BranchBoard.Listed;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.Metric.Condition;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Observed;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;
import io.lakebaseops.lakehouse.history.FleetHistory;
import io.lakebaseops.state.Alerts.Alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Invented fleets: the forty servers of the drawing, and any number.
public final class SampleFleet {
    private static final Instant NOW = FakeShop.NOW;

    private final FakeShop shop;
    private final List<TargetId> known = new ArrayList<>();
    private final List<Map<String, Object>> history = new ArrayList<>();
    private final Random random = new Random(7);

    private SampleFleet(FakeShop shop) {
        this.shop = shop;
        shop.metrics.clear();
        shop.alerts.clear();
    }

    private void done() {
        shop.servers.known = List.copyOf(known);
        shop.history.answers.put("lakehouse/fleet_metrics", new Rows(List.copyOf(history)));
    }

    /// `n` plain servers: the first `down` do not answer, the next critical ones have too many
    /// sessions.
    public static void plain(FakeShop shop, int n, int down, int critical) {
        var fleet = new SampleFleet(shop);
        for (int i = 0; i < n; i++) {
            var name = "pg-%02d".formatted(i + 1);
            var target = new TargetId(name, TargetId.PLAIN, "10.0.0." + (i + 1) + ":5432");
            fleet.well(target, 0.2 + i % 5 * 0.3);
            if (i < down) {
                fleet.lost(target);
            } else if (i < down + critical) {
                fleet.bad(
                        target,
                        MetricName.CONNECTION_UTILIZATION,
                        0.9 + i * 0.001,
                        "90 of 100",
                        Severity.CRITICAL);
            }
        }
        fleet.done();
    }

    /// Branches of projects, most of them of pull requests.
    public static void branches(FakeShop shop, int n) {
        var fleet = new SampleFleet(shop);
        for (int i = 0; i < n; i++) {
            var project = "project-" + (char) ('a' + i % 4);
            var name =
                    i < 4
                            ? "production"
                            : i % 3 == 0 ? "dev-" + (char) ('a' + i % 23) + i : "ci-pr-" + i;
            var target = new TargetId("cloud", project, name);
            fleet.well(target, 0.1 + i % 7 * 0.1);
            fleet.listed(target, i < 4, 1, "ACTIVE", null);
            if (i == 50) {
                fleet.bad(target, MetricName.CACHE_HIT_RATIO, 0.978, "blocks", Severity.WARNING);
            }
        }
        fleet.done();
    }

    public static void drawn(FakeShop shop) {
        var f = new SampleFleet(shop);
        f.storefront();
        f.own();
        f.payments();
        f.analytics();
        for (var name : List.of("production", "development", "dev-anna")) {
            f.asleep("loyalty-dev", name, Duration.ofDays(10));
        }
        f.done();
    }

    private void storefront() {
        var production = branch("storefront-prod", "production", 4.4, 4, true);
        bad(
                production,
                MetricName.MAX_DEAD_TUPLE_RATIO,
                0.931,
                "shop.inventory",
                Severity.CRITICAL);
        bad(production, MetricName.SLOWEST_QUERY_SECONDS, 6.4, "pid 44120", Severity.WARNING);
        var perf = branch("storefront-prod", "perf-idx-7f3a", 0.5, 1, false);
        bad(perf, MetricName.SLOWEST_QUERY_SECONDS, 11.4, "pid 611", Severity.WARNING);
        var ci = branch("storefront-prod", "ci-pr-214", 0.5, 1, false);
        bad(ci, MetricName.CACHE_HIT_RATIO, 0.978, "", Severity.WARNING);
        branch("storefront-prod", "dev-anna", 0.3, 1, false);
        branch("storefront-prod", "ci-pr-219", 0.6, 1, false);
        branch("storefront-prod", "ci-pr-221", 0.2, 1, false);
        branch("storefront-prod", "dev-ben", 0.1, 1, false);
        branch("storefront-prod", "ai-agent-tax-3c1d", 0.4, 1, false);
        branch("storefront-prod", "qa-release-4-2", 0.5, 2, false);
        branch("storefront-prod", "audit-2026-11-20", 0, 1, false);
        asleep("storefront-prod", "staging", Duration.ofMinutes(130));
        asleep("storefront-prod", "qa-nightly", Duration.ofHours(10));
        asleep("storefront-prod", "dev-chen", Duration.ofDays(3));
        asleep("storefront-prod", "demo-acme", Duration.ofDays(5));
        asleep("storefront-prod", "audit-2026-11-01", Duration.ofDays(19));
    }

    private void own() {
        var b = server("pg-warehouse-1b", 0.7);
        bad(b, MetricName.REPLICATION_LAG_SECONDS, 64, "", Severity.CRITICAL);
        lost(server("pg-billing-2", 0.5));
        var a = server("pg-warehouse-1", 2.4);
        bad(a, MetricName.CONNECTION_UTILIZATION, 0.74, "74 of 100", Severity.WARNING);
        var old = server("pg-legacy", 0);
        shop.metrics.remove(old);
        shop.servers.conditions.put(old, new TargetCondition.TooOld(old.branch(), "15.18"));
        server("pg-crm", 0.7);
    }

    private void payments() {
        var production = branch("payments-prod", "production", 0.9, 2, true);
        shop.metrics.remove(production);
        shop.servers.conditions.put(
                production,
                new TargetCondition.LoginRefused(
                        "ep-pay.cloud:5432",
                        "lakebaseops",
                        "cloud",
                        "password authentication failed"));
        alert(production, MetricName.NO_ANSWER_SECONDS, Severity.CRITICAL, "payments-prod refuses");
        branch("payments-prod", "staging", 0.2, 2, false);
        branch("payments-prod", "dev-lee", 0.1, 1, false);
        branch("payments-prod", "ci-pr-88", 0.7, 1, false);
        branch("payments-prod", "perf-batch-19", 0.9, 2, false);
        asleep("payments-prod", "qa-nightly", Duration.ofHours(9));
        asleep("payments-prod", "dev-omar", Duration.ofDays(2));
        asleep("payments-prod", "demo-bank", Duration.ofDays(3));
    }

    private void analytics() {
        var production = branch("analytics-prod", "production", 1.6, 2, true);
        bad(production, MetricName.TXID_AGE, 612e6, "", Severity.WARNING);
        branch("analytics-prod", "staging", 0.3, 1, false);
        branch("analytics-prod", "dev-eva", 0.2, 1, false);
        branch("analytics-prod", "etl-backfill", 1.8, 2, false);
        branch("analytics-prod", "ci-pr-31", 0.4, 1, false);
        asleep("analytics-prod", "qa-nightly", Duration.ofHours(9));
        asleep("analytics-prod", "dev-noor", Duration.ofDays(3));
        asleep("analytics-prod", "ci-pr-29", Duration.ofDays(4));
        asleep("analytics-prod", "audit-2026-10-01", Duration.ofDays(50));
    }

    private TargetId server(String name, double load) {
        var target = new TargetId(name, TargetId.PLAIN, name + ".internal:5432");
        well(target, load);
        return target;
    }

    private TargetId branch(
            String project, String name, double load, double units, boolean isProtected) {
        // What the approvals are about keeps its name.
        var target =
                new TargetId(project.equals("storefront-prod") ? "local" : "cloud", project, name);
        well(target, load);
        listed(target, isProtected, units, "ACTIVE", null);
        return target;
    }

    private void asleep(String project, String name, Duration since) {
        var target =
                new TargetId(project.equals("storefront-prod") ? "local" : "cloud", project, name);
        known.add(target);
        listed(target, false, 1, "IDLE", NOW.minus(since));
    }

    private void listed(
            TargetId target, boolean isProtected, double units, String state, Instant active) {
        shop.branches.listed.put(
                target,
                new Listed(
                        new Branch(
                                target.project(),
                                target.branch(),
                                "br-" + target.branch(),
                                "READY",
                                isProtected,
                                isProtected,
                                null,
                                target.branch().startsWith("ai-agent")
                                        ? NOW.plusSeconds(22 * 60)
                                        : null,
                                1 << 30,
                                NOW.minus(Duration.ofDays(30))),
                        new Endpoint(
                                target.project(),
                                target.branch(),
                                "primary",
                                "endpoints/primary",
                                true,
                                state,
                                true,
                                false,
                                "ep.cloud",
                                5432,
                                0.5,
                                units,
                                isProtected ? null : Duration.ofMinutes(5),
                                active)));
    }

    private void well(TargetId target, double load) {
        known.add(target);
        shop.loads.put(target, load);
        shop.measuredAts.put(target, NOW.minusSeconds(1 + random.nextInt(4)));
        var values = new EnumMap<MetricName, Metric>(MetricName.class);
        value(values, MetricName.CACHE_HIT_RATIO, 0.991 + random.nextDouble() * 0.008, "");
        value(values, MetricName.CONNECTION_UTILIZATION, 0.1 + random.nextDouble() * 0.5, "");
        value(values, MetricName.MAX_DEAD_TUPLE_RATIO, random.nextDouble() * 0.08, "shop.orders");
        value(values, MetricName.LOCK_WAIT_SECONDS, 0, "");
        value(values, MetricName.DEADLOCKS_PER_HOUR, 0, "");
        value(values, MetricName.SLOWEST_QUERY_SECONDS, random.nextDouble() * 2, "");
        value(values, MetricName.TXID_AGE, 150e6 + random.nextDouble() * 80e6, "");
        if (target.plain()) {
            value(values, MetricName.REPLICATION_LAG_SECONDS, random.nextDouble(), "");
        } else {
            values.put(
                    MetricName.REPLICATION_LAG_SECONDS,
                    new Metric(
                            MetricName.REPLICATION_LAG_SECONDS,
                            Observed.unavailable("no standby", NOW),
                            "no standby",
                            Condition.NOTHING_THERE));
        }
        shop.metrics.put(target, values);
        past(target, load);
    }

    private static void value(
            Map<MetricName, Metric> to, MetricName name, double value, String detail) {
        to.put(name, new Metric(name, Observed.live(value, NOW), detail, Condition.MEASURED));
    }

    private void past(TargetId target, double load) {
        for (int slice = 0; slice < FleetHistory.SLICES; slice++) {
            var row = new HashMap<String, Object>();
            double mean = Math.max(0, load * (1 + random.nextGaussian() * 0.25));
            row.put("project_id", target.project());
            row.put("branch_id", target.branch());
            row.put("metric_name", MetricName.ACTIVE_CONNECTIONS.id());
            row.put("slice", (long) slice);
            row.put("mean", mean);
            row.put("last", mean);
            row.put("subject", "");
            row.put("measured_at", NOW.minusSeconds((FleetHistory.SLICES - slice) * 450L));
            history.add(row);
        }
    }

    private void bad(
            TargetId target, MetricName metric, double value, String detail, Severity severity) {
        value(shop.metrics.get(target), metric, value, detail);
        alert(target, metric, severity, metric.id().replace('_', ' ') + " on " + target);
    }

    private void lost(TargetId target) {
        var since = NOW.minusSeconds(245);
        shop.outages.put(target, new Outage(since, "nothing listens on this port"));
        shop.servers.conditions.put(
                target,
                new TargetCondition.Lost(
                        target.branch(),
                        since,
                        TargetCondition.Obstacle.REFUSED,
                        "connection refused"));
        // The load ends where the data ends.
        history.removeIf(
                r ->
                        r.get("branch_id").equals(target.branch())
                                && (long) r.get("slice") > FleetHistory.SLICES * 0.6);
        alert(
                target,
                MetricName.NO_ANSWER_SECONDS,
                Severity.CRITICAL,
                target.profile() + " does not answer");
    }

    private void alert(TargetId target, MetricName metric, Severity severity, String message) {
        shop.alerts.add(
                new Alert(
                        target.key() + " " + metric.id(),
                        target,
                        metric,
                        severity,
                        1,
                        1,
                        Subject.branch(target.branch()),
                        message,
                        NOW.minus(Duration.ofHours(5)),
                        NOW,
                        null,
                        null,
                        null));
    }
}
