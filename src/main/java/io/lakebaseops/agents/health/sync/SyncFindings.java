package io.lakebaseops.agents.health.sync;

import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.reconcile.DifferingKey;
import io.lakebaseops.reconcile.TablePair;
import io.lakebaseops.state.SyncPairs.Truth;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Findings of a pair's check: rows that differ, and a copy that is behind.
final class SyncFindings {
    static final String DRIFT = "sync_drift";
    static final String STALE = "sync_stale";
    private static final int EVIDENCE = 20;

    private SyncFindings() {}

    static Subject subject(TablePair pair) {
        return Subject.table(pair.database(), pair.schema(), pair.table());
    }

    static void tell(PairList.Known pair, PairResult result, EventBus events, ToolContext context) {
        if (result.status() == PairResult.Status.DRIFT) {
            events.publish(
                    new OpsEvent.SyncDriftDetected(
                            context.target(), context.clock().instant(), subject(pair.pair())));
        }
    }

    static List<Finding> of(PairList.Known pair, PairResult result, ToolContext context) {
        var found = new ArrayList<Finding>();
        var check = result.check();
        var table = pair.pair().source();
        if (check != null && !check.equal()) {
            var kinds =
                    check.keys().stream()
                            .collect(
                                    Collectors.groupingBy(
                                            k -> k.kind().label(),
                                            TreeMap::new,
                                            Collectors.counting()))
                            .entrySet()
                            .stream()
                            .map(e -> Format.grouped(e.getValue()) + " " + e.getKey())
                            .collect(Collectors.joining(", "));
            var drift =
                    finding(
                            pair,
                            DRIFT,
                            Severity.CRITICAL,
                            "%s rows of %s differ from %s in Delta: %s"
                                    .formatted(
                                            Format.grouped(check.differing()),
                                            table,
                                            pair.pair().mirror(),
                                            kinds),
                            rows(check.keys()),
                            context);
            found.add(
                    pair.row().truth() == Truth.DELTA
                            ? drift.mendedBy(
                                    new RepairRemedy(
                                            pair,
                                            check.columns(),
                                            check.keyColumns(),
                                            check.keys()))
                            : drift);
        }
        if (result.stale()) {
            var lag = result.lagSeconds() == null ? 0 : result.lagSeconds();
            found.add(
                    finding(
                            pair,
                            STALE,
                            Severity.WARNING,
                            "%s in Delta is %s behind, its limit is %s"
                                    .formatted(
                                            table,
                                            Format.duration(Duration.ofMillis((long) (lag * 1e3))),
                                            Format.duration(pair.limit())),
                            Rows.EMPTY,
                            context));
        }
        return found;
    }

    private static Finding finding(
            PairList.Known pair,
            String kind,
            Severity severity,
            String summary,
            Rows rows,
            ToolContext context) {
        var now = context.clock().instant();
        return Finding.of(
                context.target(),
                kind,
                severity,
                subject(pair.pair()),
                summary,
                new Confidence(1, "both sides were read, those that differ twice"),
                null,
                null,
                List.of(
                        new Evidence(
                                "reconcile/bucket_sums",
                                Map.of("mirror", pair.pair().mirror().toString()),
                                rows,
                                now)),
                now);
    }

    private static Rows rows(List<DifferingKey> keys) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var key : keys.subList(0, Math.min(keys.size(), EVIDENCE))) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("key", key.keyText());
            row.put("class", key.kind().label());
            row.put("columns", String.join(", ", key.columns()));
            rows.add(row);
        }
        return new Rows(rows);
    }
}
