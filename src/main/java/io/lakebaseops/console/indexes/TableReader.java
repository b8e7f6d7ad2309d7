package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.TableMatrix;
import io.lakebaseops.console.Messages;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.history.IndexUsage;
import io.lakebaseops.lakehouse.history.IndexUsageHistory;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.postgres.Targets;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/// Reads the indexes of one table from its server, or says why they could not be read. Blocking.
final class TableReader {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Targets targets;
    private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);

    private final IndexUsageHistory history;
    private final Supplier<Instant> now;

    TableReader(Targets targets, IndexUsageHistory history, Supplier<Instant> now) {
        this.targets = targets;
        this.history = history;
        this.now = now;
    }

    /// @param wake whether a suspended compute may be woken for it
    TableView read(TargetId target, String database, String schema, String name, boolean wake) {
        var at = now.get();
        var deadline = Deadline.in(PATIENCE);
        try {
            if (!wake && !targets.awake(target, deadline)) {
                return new TableView.Unread(
                        database, schema, name, at, Messages.of("indexes.asleep"), true);
            }
            try (var session = targets.read(target, database, deadline)) {
                var matrix = TableMatrix.read(session, schema, name);
                return matrix == null
                        ? new TableView.Unread(
                                database,
                                schema,
                                name,
                                at,
                                Messages.of("indexes.no.table", database),
                                false)
                        : new TableView.Read(matrix, usage(target, matrix, deadline));
            }
        } catch (OpsException e) {
            return new TableView.Unread(
                    database, schema, name, at, e.what() + ": " + e.why(), false);
        }
    }

    /// Without a history the indexes are shown all the same.
    private Map<String, IndexUsage> usage(TargetId target, TableMatrix matrix, Deadline deadline) {
        try {
            return history.ofTable(
                    target,
                    matrix.database(),
                    matrix.schema(),
                    matrix.table(),
                    // The look that ends in a day tells of the day before it.
                    TimeRange.before(now.get(), Duration.ofDays(TableView.Read.DAYS + 1L)),
                    deadline);
        } catch (OpsException e) {
            LOG.warn("{}: the scans of indexes cannot be read: {}", target, e.getMessage());
            return Map.of();
        }
    }
}
