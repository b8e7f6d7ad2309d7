package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk.Ids;
import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk.Limit;
import io.lakebaseops.agents.performance.maintenance.HorizonHolder.Holds;
import io.lakebaseops.agents.performance.maintenance.VacuumRound.Part;
import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.lakehouse.history.WaitLoad;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An invented shop on a day when a forgotten session keeps its stock from being cleaned.
public final class SampleVacuum {
    private static final long MB = 1 << 20;

    private SampleVacuum() {}

    public static VacuumRound busy(Instant now) {
        return new VacuumRound(
                now,
                "storefront",
                null,
                true,
                Part.of(new VacuumRound.Horizon(holders(now))),
                Part.of(
                        new VacuumRound.Running(
                                2,
                                3,
                                true,
                                running(now),
                                List.of(
                                        new VacuumRound.Locked(
                                                "shop.orders",
                                                43877,
                                                "ShareUpdateExclusiveLock",
                                                "CREATE INDEX",
                                                now.minusSeconds(1_260))))),
                Part.of(new VacuumRound.Tables(tables(now), now)),
                Part.of(wraparound(now)));
    }

    /// The same where everybody else ended and all is clean.
    public static VacuumRound calm(Instant now) {
        return new VacuumRound(
                now,
                "storefront",
                null,
                true,
                Part.of(new VacuumRound.Horizon(List.of())),
                Part.of(new VacuumRound.Running(0, 3, true, List.of(), List.of())),
                Part.of(new VacuumRound.Tables(List.of(), now)),
                Part.of(wraparound(now)));
    }

    public static VacuumRound standby(Instant now) {
        var busy = busy(now);
        return new VacuumRound(
                now,
                "storefront",
                "a standby replays what its primary does",
                true,
                busy.horizon(),
                busy.running(),
                busy.tables(),
                busy.wraparound());
    }

    /// The login lost its right to the progress view.
    public static VacuumRound partly(Instant now) {
        var busy = busy(now);
        return new VacuumRound(
                now,
                "storefront",
                null,
                false,
                busy.horizon(),
                Part.failed(
                        "permission denied for view pg_stat_progress_vacuum. GRANT pg_read_all_stats TO watch"),
                busy.tables(),
                busy.wraparound());
    }

    /// Somebody reset the statistics two hours ago.
    public static VacuumRound reset(Instant now) {
        var calm = calm(now);
        return new VacuumRound(
                now,
                "storefront",
                null,
                true,
                calm.horizon(),
                calm.running(),
                Part.of(
                        new VacuumRound.Tables(
                                List.of(lost(now, "orders"), lost(now, "payments")), now)),
                calm.wraparound());
    }

    public static VacuumTable lost(Instant now, String name) {
        return new VacuumTable(
                "storefront",
                "shop",
                name,
                name.hashCode(),
                false,
                2_860_000,
                0,
                572_050,
                null,
                0,
                100_000.0,
                0,
                10_000,
                null,
                0.06,
                0.12,
                false,
                null,
                null,
                null,
                "its counters began anew: autovacuum counts from zero again",
                false,
                now.minus(Duration.ofHours(2)),
                66 * MB,
                true,
                true,
                true,
                null);
    }

    private static List<HorizonHolder> holders(Instant now) {
        return List.of(
                new HorizonHolder(
                        "session",
                        "41822",
                        "reporting, storefront, DBeaver 25.3, idle in transaction",
                        "storefront",
                        412_906,
                        now.minus(Duration.ofMinutes(315)),
                        Holds.ALONE,
                        1_012_400L,
                        118 * MB,
                        6,
                        new HorizonHolder.WithOlder(1_012_400L, 118 * MB, 0),
                        "end session 41822",
                        true,
                        true),
                new HorizonHolder(
                        "slot",
                        "lakehouse_sync",
                        "logical, active, catalog only",
                        null,
                        1_204,
                        null,
                        Holds.CATALOG,
                        0L,
                        0,
                        0,
                        HorizonHolder.WithOlder.NOTHING,
                        "let its reader go on, or drop slot lakehouse_sync",
                        false,
                        false),
                new HorizonHolder(
                        "session",
                        "42107",
                        "app, storefront, web, active",
                        "storefront",
                        3,
                        now.minusMillis(21),
                        Holds.BEHIND,
                        0L,
                        0,
                        0,
                        new HorizonHolder.WithOlder(1_024_900L, 119 * MB, 1),
                        "end session 42107",
                        false,
                        false));
    }

    private static List<RunningVacuum> running(Instant now) {
        return List.of(
                new RunningVacuum(
                        4011,
                        "storefront",
                        "web",
                        "events",
                        false,
                        true,
                        true,
                        "vacuuming indexes",
                        0.66,
                        2,
                        3,
                        now.minusSeconds(2_460),
                        now.plusSeconds(1_020),
                        List.of(),
                        null),
                new RunningVacuum(
                        4012,
                        "storefront",
                        "shop",
                        "inventory",
                        false,
                        true,
                        false,
                        "scanning heap",
                        0.63,
                        0,
                        3,
                        now.minusSeconds(110),
                        now.plusSeconds(65),
                        List.of(),
                        "session 41822"));
    }

    private static List<VacuumTable> tables(Instant now) {
        return List.of(
                table(
                        now,
                        "shop",
                        "inventory",
                        false,
                        48_000,
                        645_000,
                        9_650,
                        645_000L,
                        0.11,
                        0.8,
                        310,
                        0.9,
                        0.94,
                        6,
                        0,
                        true),
                table(
                        now, "shop", "orders", false, 2_860_000, 214_000, 572_050, 118_000L, 1.08,
                        0.66, 21, 0.06, 0.12, 3_480, -1, false),
                table(
                        now,
                        "shop",
                        "payments",
                        false,
                        1_240_000,
                        205_000,
                        248_050,
                        187_000L,
                        0.39,
                        0.95,
                        -1,
                        0.10,
                        0.18,
                        890,
                        73,
                        false),
                table(
                        now,
                        "web",
                        "events",
                        false,
                        212_000_000,
                        12_000,
                        42_400_050,
                        2_000L,
                        0.89,
                        0.41,
                        -1,
                        0.005,
                        0.02,
                        5_700,
                        2_880,
                        true),
                table(
                        now,
                        "shop",
                        "order_items",
                        false,
                        8_400_000,
                        96_000,
                        1_680_050,
                        0L,
                        0.67,
                        0.48,
                        -1,
                        0.01,
                        0.05,
                        4_400,
                        1_140,
                        false),
                table(
                        now,
                        "shop",
                        "shipments",
                        false,
                        920_000,
                        71_000,
                        184_050,
                        41_000L,
                        0.24,
                        0.66,
                        -1,
                        0.04,
                        0.10,
                        1_180,
                        1_260,
                        false),
                table(
                        now, "web", "events", true, 0, 3_100, 1_240_050, null, -1, 0, -1, -1, -1,
                        5_700, -1, false),
                table(
                        now,
                        "shop",
                        "products",
                        false,
                        24_000,
                        880,
                        4_850,
                        0L,
                        0.02,
                        0.37,
                        -1,
                        0.06,
                        0.16,
                        3_600,
                        8_640,
                        false),
                table(
                        now,
                        "shop",
                        "customers",
                        false,
                        640_000,
                        21_000,
                        128_050,
                        9_000L,
                        0.08,
                        0.31,
                        -1,
                        0.02,
                        0.06,
                        6_480,
                        17_280,
                        false));
    }

    public static VacuumTable table(
            Instant now,
            String schema,
            String name,
            boolean toast,
            long live,
            long dead,
            double limit,
            @Nullable Long held,
            double inserted,
            double analyze,
            long lateMinutes,
            double low,
            double high,
            long vacuumedMinutes,
            long nextMinutes,
            boolean running) {
        return new VacuumTable(
                "storefront",
                schema,
                name,
                (schema + name + toast).hashCode(),
                toast,
                live,
                dead,
                limit,
                held,
                (long) (Math.max(0, inserted) * 100_000),
                inserted < 0 ? null : 100_000.0,
                (long) (analyze * 10_000),
                10_000,
                lateMinutes < 0 ? null : now.minus(Duration.ofMinutes(lateMinutes)),
                low < 0 ? null : low,
                high < 0 ? null : high,
                name.equals("payments"),
                now.minus(Duration.ofMinutes(vacuumedMinutes)),
                now.minus(Duration.ofMinutes(vacuumedMinutes * 2)),
                nextMinutes < 0 ? null : now.plus(Duration.ofMinutes(nextMinutes)),
                running ? "a vacuum is running" : null,
                running,
                null,
                66 * MB,
                true,
                true,
                true,
                toast ? null : settings(now, schema, name, live, dead));
    }

    private static @Nullable VacuumSettings settings(
            Instant now, String schema, String name, long live, long dead) {
        return VacuumSettings.of(
                new AutovacuumTuning.Table(
                        schema,
                        name,
                        1,
                        live,
                        dead,
                        66 * MB,
                        live * 24,
                        null,
                        0,
                        live == 48_000 ? new BigDecimal("0.2") : null,
                        null,
                        0.2,
                        50,
                        true,
                        null,
                        60,
                        0,
                        3,
                        200,
                        2,
                        2,
                        20,
                        true,
                        now.minus(Duration.ofHours(12)),
                        now.minus(Duration.ofDays(9)),
                        now));
    }

    private static VacuumRound.Wraparound wraparound(Instant now) {
        var xid =
                new Ids(
                        207_000_000,
                        200_000_000,
                        78_000.0,
                        null,
                        days(now, 156, 140, 175),
                        days(now, 422, 379, 470),
                        days(now, 1_034, 930, 1_150),
                        null);
        var multi =
                new Ids(
                        3_100_000,
                        400_000_000,
                        120.0,
                        null,
                        days(now, 172_000, 150_000, 200_000),
                        null,
                        null,
                        null);
        return new VacuumRound.Wraparound(
                xid,
                multi,
                List.of(
                        oldest("web", "events", 207_000_000, true),
                        oldest("shop", "orders", 168_000_000, false),
                        oldest("shop", "payments", 140_000_000, false)));
    }

    private static Limit days(Instant now, long expected, long earliest, long latest) {
        return new Limit(
                now.plus(Duration.ofDays(expected)),
                now.plus(Duration.ofDays(earliest)),
                now.plus(Duration.ofDays(latest)));
    }

    private static CheckTxidWraparoundRisk.Table oldest(
            String schema, String name, long age, boolean running) {
        return new CheckTxidWraparoundRisk.Table(
                "storefront",
                schema,
                name,
                age,
                0,
                10 * MB,
                200_000_000,
                150_000_000,
                null,
                age >= 200_000_000 ? null : days(Instant.parse("2026-11-27T14:02:00Z"), 17, 15, 20),
                running);
    }

    /// Four weeks: busy by day, hardly anything between 4 and 6 o'clock UTC.
    public static QuietHours quietHours(Instant now) {
        return QuietHours.of(weeks(LocalDate.ofInstant(now, ZoneOffset.UTC), 28));
    }

    static WaitLoad weeks(LocalDate until, int days) {
        var slices = new ArrayList<WaitLoad.Slice>();
        for (int d = days; d > 0; d--) {
            var day = until.minusDays(d);
            for (int h = 0; h < 24; h++) {
                double busy =
                        h >= 4 && h < 6 ? 0.05 : 0.6 + 3 * Math.exp(-Math.pow(h - 14, 2) / 30.0);
                boolean weekend = day.getDayOfWeek().getValue() >= 6;
                var from = day.atTime(h, 0).toInstant(ZoneOffset.UTC);
                slices.add(
                        new WaitLoad.Slice(
                                from,
                                from.plusSeconds(3_600),
                                Map.of(WaitClass.CPU, weekend ? busy * 0.7 : busy),
                                3_600,
                                false));
            }
        }
        return new WaitLoad(
                TimeRange.before(slices.getLast().until(), Duration.ofDays(days)), slices);
    }

    public static TableHistory history(Instant now) {
        var points = new ArrayList<TableHistory.Point>();
        for (int m = 24 * 60; m >= 0; m -= 10) {
            var dead = m > 315 ? 4_000 + (m * 37 % 9_000) : 645_000 - m * 2_030.0;
            points.add(new TableHistory.Point(now.minus(Duration.ofMinutes(m)), Math.max(0, dead)));
        }
        return new TableHistory(
                points,
                List.of(
                        new TableHistory.Run(
                                now.minus(Duration.ofMinutes(320)),
                                9_610,
                                2.1,
                                "vacuum_analyze",
                                false)));
    }
}
