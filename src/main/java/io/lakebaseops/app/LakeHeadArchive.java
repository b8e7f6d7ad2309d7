package io.lakebaseops.app;

import io.lakebaseops.change.audit.ChainHead;
import io.lakebaseops.change.audit.HeadArchive;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Ends of the audit chain in the Delta history, which is only appended to.
final class LakeHeadArchive implements HeadArchive {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Supplier<Lakehouse> lakehouse;
    private final String database;
    private final Clock clock;

    /// @param database names the state database
    LakeHeadArchive(Supplier<Lakehouse> lakehouse, String database, Clock clock) {
        this.lakehouse = lakehouse;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void keep(ChainHead head) {
        var row = new HashMap<String, Object>();
        row.put("project_id", "lakebaseops");
        row.put("recorded_at", clock.instant());
        row.put("run_id", UUID.randomUUID().toString());
        row.put("source", "live");
        row.put("state_database", database);
        row.put("entry_number", head.seq());
        row.put("entry_hash", head.hash());
        lakehouse.get().append(OpsTables.AUDIT_HEADS.name(), List.of(row));
    }

    @Override
    public List<ChainHead> kept() {
        return lakehouse
                .get()
                .query(
                        HistoryQueries.AUDIT_HEADS,
                        Map.of("database", database),
                        ReadScope.ALL,
                        Deadline.in(PATIENCE))
                .list()
                .stream()
                .map(LakeHeadArchive::head)
                .toList();
    }

    private static ChainHead head(Map<String, ?> row) {
        return new ChainHead(
                ((Number) value(row, "entry_number")).longValue(),
                value(row, "entry_hash").toString(),
                (Instant) value(row, "first_seen"));
    }

    private static Object value(Map<String, ?> row, String column) {
        return java.util.Objects.requireNonNull(row.get(column), column);
    }
}
