package io.lakebaseops.console;

import io.lakebaseops.agents.health.sync.PairList;
import io.lakebaseops.agents.health.sync.PairResult;
import io.lakebaseops.agents.health.sync.RepairPlans;
import io.lakebaseops.agents.health.sync.SyncBoard;
import io.lakebaseops.agents.health.sync.SyncMonitor;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.reconcile.DifferenceClass;
import io.lakebaseops.reconcile.DifferingKey;
import io.lakebaseops.reconcile.PairCheck;
import io.lakebaseops.reconcile.SnapshotPoint;
import io.lakebaseops.reconcile.TablePair;
import io.lakebaseops.state.SyncPairs.Truth;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Synced tables a test makes up; until then none.
public final class FakeSync implements SyncMonitor {
    public volatile Round round = new Round("prod_storefront", List.of(), Map.of(), List.of());
    public volatile @Nullable RuntimeException broken;
    public volatile RepairPlans.Answer answer = new RepairPlans.Refused("nothing to repair");
    public volatile SyncBoard.@Nullable Running running;
    public final List<String> decided = new CopyOnWriteArrayList<>();
    public final List<Integer> repaired = new CopyOnWriteArrayList<>();

    @Override
    public Round read(TargetId target, Instant now) {
        var failure = broken;
        if (failure != null) {
            throw failure;
        }
        return round;
    }

    @Override
    public Optional<SyncBoard.Running> running(TargetId target) {
        return Optional.ofNullable(running);
    }

    @Override
    public void decide(TablePair pair, boolean watch, String by) {
        decided.add((watch ? "watch " : "ignore ") + pair.source());
    }

    @Override
    public RepairPlans.Answer repair(
            PairList.Known pair, PairResult result, List<DifferingKey> keys, Actor actor) {
        repaired.add(keys.size());
        return answer;
    }

    public static TablePair pair(String table) {
        return new TablePair(
                FakeShop.PRODUCTION,
                "storefront",
                "shop",
                table,
                new TableName("shop", table),
                TablePair.Kind.MIRROR);
    }

    private static Pair pair(String table, Truth truth, @Nullable PairResult result) {
        var pair = pair(table);
        return new Pair(
                new PairList.Known(pair, PairList.row(pair, truth, 30, true)),
                Optional.ofNullable(result));
    }

    private static PairResult result(
            PairResult.Status status, double lag, long rows, List<DifferingKey> keys, Instant at) {
        return new PairResult(
                status, at, Duration.ofMillis(4_400), lag, 3600, check(rows, keys, at), null, null);
    }

    public static PairCheck check(long rows, List<DifferingKey> keys, Instant at) {
        var strip = new char[1024];
        Arrays.fill(strip, '=');
        keys.forEach(k -> strip[k.bucket()] = '!');
        var many = Collections.nCopies(1024, rows / 1024);
        long missing = keys.stream().filter(k -> k.kind() == DifferenceClass.MISSING).count();
        long extra = keys.stream().filter(k -> k.kind() == DifferenceClass.EXTRA).count();
        return new PairCheck(
                new SnapshotPoint("1207421718", "1207421718", "2A/40", "UTF8", true, at),
                4_812,
                at.minusSeconds(41),
                rows,
                rows - missing + extra,
                List.of("id", "customer_id", "status", "total_cents", "created_at"),
                List.of("id"),
                true,
                1L,
                3_024_118L,
                new String(strip),
                new PairCheck.Ranges(many, many, many, many),
                keys,
                keys.size(),
                2,
                960,
                0,
                at,
                Duration.ofMillis(4_100),
                List.of(
                        "column web (money, in Delta VARCHAR) is not compared: its text depends on lc_monetary"));
    }

    static DifferingKey key(
            int id, DifferenceClass kind, int bucket, Instant at, String... columns) {
        var here =
                List.<@Nullable String>of(
                        "" + id, "377915", "shipped", "8490", "2026-11-22 08:22:16+00");
        var there =
                List.<@Nullable String>of(
                        "" + id, "377915", "paid", "8490", "2026-11-22 09:22:16+00");
        return new DifferingKey(
                List.of("" + id),
                kind,
                List.of(columns),
                kind == DifferenceClass.EXTRA ? null : here,
                kind == DifferenceClass.MISSING ? null : there,
                bucket,
                kind == DifferenceClass.EXTRA ? null : (Long) 1_207_418_306L,
                kind == DifferenceClass.EXTRA ? null : at);
    }

    /// One that differs, one that is behind, one that failed, equal ones, and one that was found.
    public void busy(Instant now, Truth truth) {
        var keys = new ArrayList<DifferingKey>();
        for (int i = 0; i < 21; i++) {
            keys.add(
                    key(
                            3_023_377 - i,
                            DifferenceClass.STALE,
                            1023 - i / 5,
                            now.minusSeconds(200 + i),
                            "status"));
        }
        for (int i = 0; i < 12; i++) {
            keys.add(key(2_674_221 + i, DifferenceClass.MISSING, 905, now.minusSeconds(86_400)));
        }
        keys.add(
                key(
                        2_001_077,
                        DifferenceClass.TIME_ZONE,
                        678,
                        now.minusSeconds(90_000),
                        "created_at"));
        keys.add(key(1_610_371, DifferenceClass.EXTRA, 545, now));
        var lags = new HashMap<String, List<Lag>>();
        for (var table : List.of("orders", "inventory", "customers")) {
            var list = new ArrayList<Lag>();
            for (int i = 95; i >= 0; i--) {
                if (i < 30 || i > 40) {
                    list.add(
                            new Lag(
                                    now.minus(Duration.ofMinutes(15L * i)),
                                    table.equals("inventory") && i < 5
                                            ? 1000.0 * (6 - i)
                                            : 40 + i % 7,
                                    false));
                }
            }
            lags.put("shop." + table, list);
        }
        round =
                new Round(
                        "prod_storefront",
                        List.of(
                                pair(
                                        "orders",
                                        truth,
                                        result(
                                                PairResult.Status.DRIFT,
                                                52,
                                                2_860_117,
                                                keys,
                                                now.minusSeconds(131))),
                                pair(
                                        "inventory",
                                        Truth.POSTGRESQL,
                                        result(
                                                PairResult.Status.STALE,
                                                5040,
                                                48_000,
                                                List.of(),
                                                now.minusSeconds(131))),
                                pair(
                                        "customers",
                                        Truth.POSTGRESQL,
                                        result(
                                                PairResult.Status.IN_SYNC,
                                                38,
                                                640_412,
                                                List.of(),
                                                now.minusSeconds(131))),
                                pair(
                                        "payments",
                                        Truth.POSTGRESQL,
                                        new PairResult(
                                                PairResult.Status.FAILED,
                                                now.minusSeconds(131),
                                                Duration.ofMillis(40),
                                                null,
                                                3600,
                                                null,
                                                "PostgreSQL refuses to read it",
                                                "GRANT SELECT ON \"shop\".\"payments\" TO the role of the connection")),
                                pair("products", Truth.POSTGRESQL, null)),
                        lags,
                        List.of(new PairList.Found(pair("shipments"), 919_752, 4)));
    }
}
