package io.lakebaseops.agents.health.sync;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.reconcile.DifferingKey;
import io.lakebaseops.reconcile.PairCheck;
import io.lakebaseops.reconcile.PairCount;
import io.lakebaseops.reconcile.Reconciler;
import io.lakebaseops.state.StateJson;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Counts a pair and compares it, and keeps what was found: in the state for the screen, and as a
/// row of the history.
public final class PairValidator {
    /// What is kept of a check that found more.
    private static final int KEPT_KEYS = 1_000;

    private static final int KEYS_IN_HISTORY = 20;

    private final Reconciler reconciler;
    private final PairList pairs;
    private final SyncBoard board;
    private final Lakehouse lakehouse;

    public PairValidator(
            Reconciler reconciler, PairList pairs, SyncBoard board, Lakehouse lakehouse) {
        this.reconciler = reconciler;
        this.pairs = pairs;
        this.board = board;
        this.lakehouse = lakehouse;
    }

    PairList pairs() {
        return pairs;
    }

    PairCount count(PairList.Known pair, @Nullable String moment, ToolContext context) {
        return reconciler.count(pair.pair(), moment, context.deadline());
    }

    /// Both checks; what fails is a result, too, unless the server or the time is gone altogether.
    PairResult validate(PairList.Known pair, ToolContext context) {
        var started = context.clock().instant();
        PairResult result;
        PairCount count = null;
        try (var watch = board.watch(pair.pair(), context.deadline())) {
            count = reconciler.count(pair.pair(), null, context.deadline());
            var check = reconciler.check(pair.pair(), pair.options(), watch, context.deadline());
            result = result(pair, started, count, check, context);
        } catch (OpsException e) {
            if (PerDatabase.endsAll(e, context)) {
                throw e;
            }
            result =
                    new PairResult(
                            PairResult.Status.FAILED,
                            started,
                            Duration.between(started, context.clock().instant()),
                            null,
                            pair.limit().toSeconds(),
                            null,
                            e.why(),
                            e.remedy());
        }
        pairs.keep(pair, result);
        lakehouse.append(
                OpsTables.SYNC_VALIDATION_HISTORY.name(),
                List.of(history(pair, result, count, context)));
        return result;
    }

    private static PairResult result(
            PairList.Known pair,
            Instant started,
            PairCount count,
            PairCheck check,
            ToolContext context) {
        double lag = count.lag().toMillis() / 1e3;
        double limit = pair.limit().toSeconds();
        var status =
                !check.equal()
                        ? PairResult.Status.DRIFT
                        : lag > limit ? PairResult.Status.STALE : PairResult.Status.IN_SYNC;
        return new PairResult(
                status,
                started,
                Duration.between(started, context.clock().instant()),
                lag,
                limit,
                shortened(check),
                null,
                null);
    }

    private static PairCheck shortened(PairCheck c) {
        return c.keys().size() <= KEPT_KEYS ? c : c.withKeys(c.keys().subList(0, KEPT_KEYS));
    }

    private static Map<String, @Nullable Object> history(
            PairList.Known pair,
            PairResult result,
            @Nullable PairCount count,
            ToolContext context) {
        var row = HistoryRow.of(context.target(), result.checkedAt(), context.runId().toString());
        var check = result.check();
        row.put("validation_id", context.runId() + ":" + pair.pair().source());
        row.put("source_table", pair.pair().source());
        row.put("target_table", pair.pair().mirror().toString());
        if (check != null) {
            row.put("source_count", check.sourceRows());
            row.put("target_count", check.deltaRows());
            row.put("count_drift", check.drift());
            row.put("checksum_match", check.equal());
            row.put("differing_keys", keys(check.keys()));
        }
        if (count != null) {
            row.put("source_max_timestamp", count.sourceLatest());
            row.put("target_max_timestamp", count.deltaLatest());
        }
        row.put("freshness_lag_seconds", result.lagSeconds());
        row.put("status", result.status());
        return row;
    }

    private static @Nullable String keys(List<DifferingKey> keys) {
        return keys.isEmpty()
                ? null
                : keys.stream()
                        .limit(KEYS_IN_HISTORY)
                        .map(
                                k ->
                                        StateJson.write(
                                                Map.of("key", k.key(), "class", k.kind().label())))
                        .collect(Collectors.joining(",", "[", "]"));
    }
}
