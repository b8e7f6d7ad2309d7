package io.lakebaseops.lakehouse;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/// The mark of an answer that rests on generated rows: the newest of those that were read for it.
public final class GeneratedRows {
    private @Nullable Instant until;

    /// A row of a history table, with its `source` and `recorded_at`.
    public void read(Map<String, @Nullable Object> row) {
        if (CommonColumns.SIMULATED.equals(row.get("source"))
                && row.get(TableDef.RECORDED_AT) instanceof Instant at) {
            until(at);
        }
    }

    public void until(@Nullable Instant other) {
        until = later(until, other);
    }

    /// Null when all was measured.
    public @Nullable Instant until() {
        return until;
    }

    /// The mark of what rests on two answers.
    public static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isAfter(a)) ? b : a;
    }
}
