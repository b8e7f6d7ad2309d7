package io.lakebaseops.agents.health.sync;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.reconcile.DifferingKey;
import io.lakebaseops.reconcile.Reconciler;
import io.lakebaseops.reconcile.TablePair;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads the pairs from the state, their lags from the history, and now and then looks for tables
/// that have a copy nobody decided about.
public final class LiveSyncMonitor implements SyncMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSyncMonitor.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration DAY = Duration.ofDays(1);

    /// Looking for namesakes asks the server for each of them.
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private final PairList pairs;
    private final SyncBoard board;
    private final RepairPlans repairs;
    private final Reconciler reconciler;
    private final Lakehouse lakehouse;
    private final Targets targets;
    private final Clock clock;
    private final Map<TargetId, Search> searches = new ConcurrentHashMap<>();

    private record Search(Instant at, List<PairList.Found> found) {}

    public LiveSyncMonitor(
            PairList pairs,
            SyncBoard board,
            RepairPlans repairs,
            Reconciler reconciler,
            Lakehouse lakehouse,
            Targets targets,
            Clock clock) {
        this.pairs = pairs;
        this.board = board;
        this.repairs = repairs;
        this.reconciler = reconciler;
        this.lakehouse = lakehouse;
        this.targets = targets;
        this.clock = clock;
    }

    @Override
    public Round read(TargetId target, Instant now) {
        var watched = pairs.watched(target).stream().map(k -> new Pair(k, k.result())).toList();
        return new Round(
                reconciler.catalog().name(), watched, lags(target, now), found(target, now));
    }

    private Map<String, List<Lag>> lags(TargetId target, Instant now) {
        var rows =
                lakehouse.query(
                        HistoryQueries.SYNC_LAG,
                        Map.of("project", target.project()),
                        ReadScope.between(now.minus(DAY), now.plusSeconds(1))
                                .onBranch(target.branch()),
                        Deadline.in(PATIENCE));
        var lags = new HashMap<String, List<Lag>>();
        for (var row : rows.list()) {
            if (row.get("recorded_at") instanceof Instant at
                    && row.get("freshness_lag_seconds") instanceof Number lag) {
                lags.computeIfAbsent(
                                String.valueOf(row.get("source_table")), _ -> new ArrayList<>())
                        .add(new Lag(at, lag.doubleValue(), "simulated".equals(row.get("source"))));
            }
        }
        return lags;
    }

    /// A suspended compute is not woken to be searched.
    private List<PairList.Found> found(TargetId target, Instant now) {
        var last = searches.get(target);
        if (last != null && last.at().plus(LOOK_AGAIN).isAfter(now)) {
            var decided = pairs.known(target).stream().map(k -> k.pair().source()).toList();
            return last.found().stream().filter(f -> !decided.contains(f.pair().source())).toList();
        }
        try {
            var deadline = Deadline.in(PATIENCE);
            if (!targets.awake(target, deadline)) {
                return List.of();
            }
            var found = pairs.found(target, deadline);
            searches.put(target, new Search(now, found));
            return found;
        } catch (OpsException e) {
            LOG.warn("{}: synced tables cannot be looked for: {}", target, e.getMessage());
            return List.of();
        }
    }

    @Override
    public Optional<SyncBoard.Running> running(TargetId target) {
        return board.running(target);
    }

    @Override
    public void decide(TablePair pair, boolean watch, String by) {
        pairs.decide(pair, watch, by);
    }

    @Override
    public RepairPlans.Answer repair(
            PairList.Known pair, PairResult result, List<DifferingKey> keys, Actor actor) {
        var check = result.check();
        if (check == null) {
            return new RepairPlans.Refused("the pair could not be compared");
        }
        return repairs.plan(
                pair.pair(),
                check.columns(),
                check.keyColumns(),
                keys,
                null,
                actor,
                clock,
                Deadline.in(PATIENCE));
    }
}
