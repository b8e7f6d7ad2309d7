package io.lakebaseops.console;

import io.lakebaseops.agents.performance.maintenance.SampleVacuum;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.state.SyncPairs.Truth;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A day in the invented shop: one warning, three plans waiting, some repairs done.
final class SampleDay {
    static final UUID DROP = UUID.fromString("00000000-0000-0000-0000-000000000001");
    static final UUID CREATE = UUID.fromString("00000000-0000-0000-0000-000000000002");
    static final UUID FULL = UUID.fromString("00000000-0000-0000-0000-000000000003");
    static final UUID VACUUMED = UUID.fromString("00000000-0000-0000-0000-000000000004");
    private static final String DB = "shop";

    private SampleDay() {}

    static void fill(FakeShop shop) {
        SampleArchive.fill(shop);
        shop.settings.fill();
        shop.sync.busy(FakeShop.NOW, Truth.DELTA);
        SampleIndexes.fill(shop);
        shop.vacuum.round = SampleVacuum.busy(FakeShop.NOW);
        shop.vacuum.quiet = SampleVacuum.quietHours(FakeShop.NOW);
        shop.vacuum.history = SampleVacuum.history(FakeShop.NOW);
        shop.servers.answer(
                "monitoring/worst_dead_rows",
                new Object[] {
                    "table_name", "shop.inventory", "dead_rows", 56_980L, "dead_ratio", 0.142
                },
                new Object[] {
                    "table_name", "shop.payments", "dead_rows", 20_500L, "dead_ratio", 0.071
                },
                new Object[] {
                    "table_name", "shop.orders", "dead_rows", 7_120L, "dead_ratio", 0.018
                });
        shop.metric(MetricName.CACHE_HIT_RATIO, 0.996, "last 5 min");
        shop.metric(MetricName.CONNECTION_UTILIZATION, 0.38, "79 of 209, 61 idle");
        shop.metric(MetricName.MAX_DEAD_TUPLE_RATIO, 0.142, "shop.inventory");
        shop.metric(MetricName.LOCK_WAIT_SECONDS, 0.4, "longest now");
        shop.metric(MetricName.DEADLOCKS_PER_HOUR, 0, "none in 6 h");
        shop.metric(MetricName.SLOWEST_QUERY_SECONDS, 1.9, "report.daily_sales");
        shop.metric(MetricName.TXID_AGE, 212e6, "limit in 310–352 d");
        shop.noMetric(MetricName.REPLICATION_LAG_SECONDS, "no replica");
        var inventory = Subject.table(DB, "shop", "inventory");
        shop.alerts.add(
                FakeShop.alert(
                        "a1",
                        MetricName.MAX_DEAD_TUPLE_RATIO,
                        Severity.WARNING,
                        0.142,
                        inventory,
                        "14.2 % dead rows in shop.inventory"));
        var idx = Subject.index(DB, "shop", "orders", "orders_status_idx");
        var dup =
                FakeShop.finding(
                        "duplicate_index",
                        Severity.WARNING,
                        idx,
                        "orders_status_idx repeats orders_status_created_idx and wastes 412 MB",
                        "DROP INDEX CONCURRENTLY \"shop\".\"orders_status_idx\";");
        shop.findings.add(dup);
        shop.findings.add(
                FakeShop.finding(
                        "missing_fk_index",
                        Severity.WARNING,
                        Subject.table(DB, "shop", "payments"),
                        "payments.order_id references orders and has no index; 212 deletes/h scan"
                                + " 318 MB",
                        "CREATE INDEX CONCURRENTLY payments_order_id_idx ON \"shop\".\"payments\""
                                + " (\"order_id\");"));
        shop.findings.add(
                FakeShop.finding(
                        "vacuum_needed",
                        Severity.INFO,
                        inventory,
                        "shop.inventory has 14.2 % dead rows, autovacuum is 18 min late",
                        null));
        shop.desk.put(
                plan(
                        CREATE,
                        "Create index",
                        "Create index on shop.payments (order_id)",
                        Subject.index(DB, "shop", "payments", "payments_order_id_idx"),
                        "payments_by_order reads 2.1 M rows to return 1; 41 calls/s, 34 % of all"
                                + " read time. The foreign key to shop.orders has no index.",
                        RiskLevel.MEDIUM,
                        LockLevel.SHARE_UPDATE_EXCLUSIVE,
                        "CREATE INDEX CONCURRENTLY payments_order_id_idx\n"
                                + "    ON \"shop\".\"payments\" (\"order_id\")",
                        "DROP INDEX CONCURRENTLY \"shop\".\"payments_order_id_idx\"",
                        "Read time −31 to −36 %, inserts +8 to +12 %",
                        "14–19 s",
                        Duration.ofHours(5),
                        null));
        shop.desk.put(
                plan(
                        DROP,
                        "Drop index",
                        "Drop index orders_status_idx on shop.orders",
                        idx,
                        "orders_status_idx repeats orders_status_created_idx; unused for 31 days on"
                                + " both nodes, 412 MB.",
                        RiskLevel.MEDIUM,
                        LockLevel.SHARE_UPDATE_EXCLUSIVE,
                        "DROP INDEX CONCURRENTLY \"shop\".\"orders_status_idx\"",
                        "CREATE INDEX CONCURRENTLY orders_status_idx\n"
                                + "    ON \"shop\".\"orders\" USING btree (\"status\")",
                        "412 MB freed; writes to shop.orders 3 % cheaper",
                        "below 1 s",
                        Duration.ofHours(22),
                        dup.finding().fingerprint()));
        shop.desk.put(
                plan(
                        FULL,
                        "Rewrite table",
                        "Rewrite table shop.events with VACUUM FULL",
                        Subject.table(DB, "shop", "events"),
                        "62 % of shop.events (1.9 GB) is empty space that ordinary vacuum does not"
                                + " return.",
                        RiskLevel.HIGH,
                        LockLevel.ACCESS_EXCLUSIVE,
                        "VACUUM (FULL, ANALYZE) \"shop\".\"events\"",
                        null,
                        "1.2 GB freed; scans of shop.events 2.4 times faster",
                        "40–55 s",
                        Duration.ofDays(2),
                        null));
        done(shop);
        runs(shop);
    }

    private static void done(FakeShop shop) {
        var vac =
                plan(
                        VACUUMED,
                        "Vacuum",
                        "VACUUM ANALYZE shop.orders",
                        Subject.table(DB, "shop", "orders"),
                        "11.8 % dead rows in shop.orders.",
                        RiskLevel.LOW,
                        LockLevel.SHARE_UPDATE_EXCLUSIVE,
                        "VACUUM (ANALYZE) \"shop\".\"orders\"",
                        null,
                        "dead rows below 1 %",
                        "4–6 s",
                        Duration.ofHours(1),
                        null);
        shop.desk.put(
                decided(
                        vac,
                        FiledPlan.State.DONE,
                        "policy",
                        "2026-11-22T09:40:12Z",
                        null,
                        new Verification.Confirmed(
                                Instant.parse("2026-11-22T09:40:17Z"),
                                List.of("dead rows 11.8 % → 0.1 % in 4.2 s"))));
        shop.desk.put(
                decided(
                        renamed(vac, 5, "End 6 sessions idle over 30 min", "End sessions"),
                        FiledPlan.State.DONE,
                        "policy",
                        "2026-11-22T09:12:00Z",
                        null,
                        new Verification.Confirmed(
                                Instant.parse("2026-11-22T09:12:01Z"),
                                List.of("6 of 6 gone, app=reporting"))));
        shop.desk.put(
                decided(
                        renamed(vac, 6, "Drop index products_sku_key2", "Drop index"),
                        FiledPlan.State.REJECTED,
                        "mira",
                        "2026-11-20T10:00:00Z",
                        "needed for the import on Fridays",
                        null));
        shop.desk.put(
                decided(
                        renamed(vac, 7, "Tune autovacuum on shop.orders", "Tune"),
                        FiledPlan.State.UNDONE,
                        "mira",
                        "2026-11-19T10:00:00Z",
                        "no effect after a day",
                        null));
    }

    private static void runs(FakeShop shop) {
        for (int i = 0; i < 40; i++) {
            shop.tools.reports.add(
                    FakeTools.report(
                            "monitor_system_health",
                            ToolReport.Status.OK,
                            FakeShop.NOW.minusSeconds(131 + 300L * i),
                            Duration.ofMillis(118 + i),
                            null));
        }
        shop.tools.reports.add(
                FakeTools.report(
                        "detect_duplicate_indexes",
                        ToolReport.Status.OK,
                        Instant.parse("2026-11-22T14:00:00Z"),
                        Duration.ofMillis(310),
                        null));
        shop.tools.reports.add(
                FakeTools.report(
                        "identify_tables_needing_vacuum",
                        ToolReport.Status.OK,
                        Instant.parse("2026-11-22T02:00:00Z"),
                        Duration.ofMillis(540),
                        null));
        shop.tools.reports.add(
                FakeTools.report(
                        "monitor_branch_count",
                        ToolReport.Status.FAILED,
                        Instant.parse("2026-11-22T12:00:01Z"),
                        Duration.ofSeconds(10),
                        null));
        shop.jobs.run(
                "metric-collector",
                JobRunState.OK,
                "2026-11-22T14:00:00Z",
                1,
                "monitor_system_health on production: ok");
        shop.jobs.run(
                "index-analyzer",
                JobRunState.OK,
                "2026-11-22T14:00:00Z",
                2,
                "detect_duplicate_indexes: 1 finding");
        shop.jobs.run(
                "branch-manager",
                JobRunState.FAILED,
                "2026-11-22T12:00:00Z",
                10,
                "monitor_branch_count: control plane did not answer in 10 s");
        shop.jobs.run(
                "metric-collector",
                JobRunState.SKIPPED,
                "2026-11-22T11:05:00Z",
                0,
                "still running");
    }

    static FiledPlan plan(
            UUID id,
            String verb,
            String title,
            Subject subject,
            String why,
            RiskLevel risk,
            LockLevel lock,
            String sql,
            @Nullable String undo,
            String effect,
            String duration,
            Duration expiresIn,
            @Nullable String finding) {
        var step = step(verb, sql, lock);
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("statement", "payments_by_order");
        row.put("calls_per_s", 41.2);
        row.put("rows_read", 2_104_332L);
        row.put("rows_returned", 1L);
        row.put("mean_ms", 96.0);
        var row2 = new LinkedHashMap<>(row);
        row2.put("statement", "refund_open");
        row2.put("calls_per_s", 3.1);
        row2.put("mean_ms", 210.4);
        var plan =
                new ChangePlan(
                        FakeShop.PRODUCTION,
                        "propose_" + verb.toLowerCase(java.util.Locale.ROOT).replace(' ', '_'),
                        Actor.agent("performance"),
                        verb,
                        title,
                        subject,
                        why,
                        List.of(step),
                        undo == null
                                ? Undo.none("Nothing to take back: no data changes.")
                                : new Undo(
                                        List.of(step("Undo", undo, lock)),
                                        "Restores the definition as it is now.",
                                        List.of()),
                        new ExpectedEffect(
                                effect,
                                duration,
                                lock == LockLevel.ACCESS_EXCLUSIVE
                                        ? "every session on shop.events, about 12 statements/s"
                                        : null),
                        List.of(
                                new Precondition.SqlRows(
                                        "the index is still as it was seen",
                                        DB,
                                        "indexes/definition",
                                        List.of(),
                                        Rows.EMPTY)),
                        List.of(
                                new Postcondition.SqlFigure(
                                        "the index is gone and nothing got slower",
                                        DB,
                                        "indexes/count",
                                        List.of(),
                                        "n",
                                        Postcondition.Comparison.EQUAL,
                                        0)),
                        List.of(
                                new Evidence(
                                        "statements/by_table",
                                        Map.of(),
                                        new Rows(List.of(row, row2)),
                                        Instant.parse("2026-11-22T08:00:12Z"))),
                        finding,
                        null,
                        Instant.parse("2026-11-22T08:00:12Z"),
                        FakeShop.NOW.plus(expiresIn).plusSeconds(600));
        return new FiledPlan(
                id,
                plan,
                plan.fingerprint(),
                new Risk(
                        risk,
                        risk == RiskLevel.HIGH
                                ? List.of(
                                        "blocks reads and writes while it runs",
                                        "rewrites 1.9 GB",
                                        "production is protected")
                                : List.of("touches a protected branch", "can be undone exactly")),
                FiledPlan.State.WAITING,
                Instant.parse("2026-11-22T08:00:13Z"),
                null,
                null,
                null,
                null,
                null);
    }

    private static Step step(String title, String sql, LockLevel lock) {
        return new Step.SqlStep(
                title,
                DB,
                sql,
                List.of(),
                lock,
                Reversibility.REVERSIBLE,
                false,
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                0);
    }

    static FiledPlan decided(
            FiledPlan p,
            FiledPlan.State state,
            String by,
            String at,
            @Nullable String reason,
            @Nullable Verification v) {
        return new FiledPlan(
                p.id(),
                p.plan(),
                p.fingerprint(),
                p.risk(),
                state,
                p.filedAt(),
                by,
                Instant.parse(at),
                reason,
                v,
                Instant.parse(at).plusSeconds(5));
    }

    private static FiledPlan renamed(FiledPlan p, long id, String title, String verb) {
        var c = p.plan();
        var plan =
                new ChangePlan(
                        c.target(),
                        c.tool(),
                        c.proposedBy(),
                        verb,
                        title,
                        c.subject(),
                        c.why(),
                        c.steps(),
                        c.undo(),
                        c.effect(),
                        c.preconditions(),
                        c.proofs(),
                        c.evidence(),
                        null,
                        null,
                        c.createdAt(),
                        c.expiresAt());
        return new FiledPlan(
                new UUID(0, id),
                plan,
                p.fingerprint(),
                p.risk(),
                p.state(),
                p.filedAt(),
                null,
                null,
                null,
                null,
                null);
    }
}
