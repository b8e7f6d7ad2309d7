package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.history.IndexIdle;
import io.lakebaseops.lakehouse.history.IndexUsageHistory;
import io.lakebaseops.lakehouse.history.IndexUsageHistory.Last;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Stores scans and sizes of indexes once a day and says since when they are idle. Of a database
/// the largest are kept, and the largest of those that show no scan: what is stored does not grow
/// with the number of indexes.
final class IndexUsageLedger {
    /// Of each kind.
    static final int MOST = 200;

    private final IndexUsageHistory history;
    private final Map<String, LocalDate> written = new ConcurrentHashMap<>();

    IndexUsageLedger(Lakehouse lakehouse) {
        this.history = new IndexUsageHistory(lakehouse);
    }

    /// @param idle by OID
    /// @param problem why the history could not be used; null when it was
    record Seen(Map<Long, IndexIdle> idle, @Nullable String problem) {
        static final Seen NOTHING = new Seen(Map.of(), null);
    }

    /// Stores the look of this day unless it is stored. A history that fails costs no check.
    Seen observe(IndexCatalog catalog, ToolContext context) {
        try {
            store(catalog, context);
            return new Seen(
                    history.idle(context.target(), catalog.database(), context.deadline()), null);
        } catch (OpsException e) {
            context.deadline().check("Storing the scans of indexes");
            return new Seen(
                    Map.of(),
                    "%s: the history of index scans could not be used: %s"
                            .formatted(catalog.database(), e.why()));
        }
    }

    private void store(IndexCatalog catalog, ToolContext context) {
        var target = context.target();
        var place = target.key() + "/" + catalog.database();
        var today = LocalDate.ofInstant(catalog.counting().at(), ZoneOffset.UTC);
        if (today.equals(written.get(place))) {
            return;
        }
        var last = history.last(target, catalog.database(), context.deadline());
        var looked =
                last.values().stream()
                        .filter(l -> !l.simulated())
                        .map(Last::at)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH);
        if (!LocalDate.ofInstant(looked, ZoneOffset.UTC).isBefore(today)) {
            written.put(place, today);
            return;
        }
        var counted = catalog.countedSince();
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var index : chosen(catalog)) {
            rows.add(row(catalog, index.row(), last.get(index.row().indexOid()), counted, context));
        }
        if (!rows.isEmpty()) {
            history.write(rows);
        }
        written.put(place, today);
    }

    private static List<IndexShape> chosen(IndexCatalog catalog) {
        var chosen = new LinkedHashSet<IndexShape>();
        chosen.addAll(largest(catalog, _ -> true));
        chosen.addAll(largest(catalog, i -> i.row().scans() == 0));
        return List.copyOf(chosen);
    }

    private static List<IndexShape> largest(IndexCatalog catalog, Predicate<IndexShape> which) {
        return catalog.indexes().stream()
                .filter(i -> !i.row().isAttached())
                .filter(which)
                .sorted(
                        Comparator.comparingLong((IndexShape i) -> i.row().indexBytes())
                                .reversed()
                                .thenComparingLong(i -> i.row().indexOid()))
                .limit(MOST)
                .toList();
    }

    private static Map<String, @Nullable Object> row(
            IndexCatalog catalog,
            IndexShape.Row index,
            @Nullable Last last,
            @Nullable Instant counted,
            ToolContext context) {
        var at = catalog.counting().at();
        var row = HistoryRow.of(context.target(), at, context.runId().toString());
        row.put("datname", catalog.database());
        row.put("schema_name", index.schemaName());
        row.put("table_name", index.tableName());
        row.put("index_name", index.indexName());
        row.put("index_oid", index.indexOid());
        row.put("index_bytes", index.indexBytes());
        row.put("scans_total", index.scans());
        row.put("last_scan", index.lastIdxScan());
        boolean measured = last != null && !last.simulated();
        boolean anew = last != null && begunAnew(catalog, index, last, counted);
        row.put(
                "scans",
                !measured
                        ? null
                        : anew
                                ? index.scans()
                                : index.scans() - Objects.requireNonNull(last).scansTotal());
        row.put(
                "interval_seconds",
                measured ? seconds(Objects.requireNonNull(last).at(), at) : 0.0);
        row.put(
                "unseen_seconds",
                last == null || !anew
                        ? 0.0
                        : counted == null || counted.isBefore(last.at())
                                ? seconds(last.at(), at)
                                : seconds(last.at(), counted));
        row.put("reset_detected", measured && anew);
        return row;
    }

    private static double seconds(Instant from, Instant until) {
        return Duration.between(from, until).toMillis() / 1000.0;
    }

    /// Were the counters lost since the last look? One that stood at zero shows nothing of it, so
    /// then it is taken to be so wherever it may.
    private static boolean begunAnew(
            IndexCatalog catalog, IndexShape.Row index, Last last, @Nullable Instant counted) {
        var reset = catalog.counting().statsReset();
        return reset != null && reset.isAfter(last.at())
                || !last.simulated() && index.scans() < last.scansTotal()
                || counted != null
                        && counted.isAfter(last.at())
                        && (last.simulated() || last.scansTotal() == 0);
    }
}
