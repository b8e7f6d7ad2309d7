package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/// Where a table stands between its last vacuum and the next one autovacuum will begin, by its own
/// limits and at the rate since the last one.
///
/// @param share of the limit that is nearest, 1 when it is reached
/// @param nextVacuum null when the rate is not known, nothing changes, or something stops it
/// @param nextAnalyze the same for the statistics
/// @param stops what keeps the next one from coming or from helping; null for nothing
public record AutovacuumOutlook(
        String database,
        String schema,
        String table,
        long liveRows,
        long deadRows,
        double deadLimit,
        long insertedRows,
        @Nullable Double insertLimit,
        long changedRows,
        double analyzeLimit,
        double share,
        @Nullable Instant lastVacuum,
        @Nullable Instant lastAnalyze,
        @Nullable Instant nextVacuum,
        @Nullable Instant nextAnalyze,
        @Nullable String stops) {
    /// Below this share of its limits a table is not worth a row.
    static final double WORTH_SHOWING = 0.2;

    /// Shorter measurements are no rate, unless much was counted: a busy table is vacuumed every
    /// minute.
    private static final Duration LEAST = Duration.ofMinutes(5);

    private static final Duration LEAST_OF_MUCH = Duration.ofSeconds(20);

    /// Of a limit.
    private static final double MUCH = 0.1;

    static AutovacuumOutlook of(String database, TableState t, XminHorizon horizon) {
        var stops = stops(database, t, horizon);
        boolean off = !t.autovacuumOn() || t.countersLost();
        return new AutovacuumOutlook(
                database,
                t.schemaName(),
                t.tableName(),
                t.liveRows(),
                t.deadRows(),
                t.deadLimit(),
                t.insertedRows(),
                t.insertLimit(),
                t.changedRows(),
                t.analyzeLimit(),
                Math.max(t.excess(), t.changedRows() / Math.max(1, t.analyzeLimit())),
                t.lastVacuum(),
                t.lastAnalyze(),
                off ? null : nextVacuum(t),
                off
                        ? null
                        : reached(t.changedRows(), t.analyzeLimit(), since(t.lastAnalyze(), t), t),
                stops);
    }

    private static @Nullable Instant nextVacuum(TableState t) {
        var since = since(t.lastVacuum(), t);
        var insert = t.insertLimit();
        var toast = t.toastDeadLimit();
        return Stream.of(
                        reached(t.deadRows(), t.deadLimit(), since, t),
                        insert == null ? null : reached(t.insertedRows(), insert, since, t),
                        toast == null ? null : reached(t.toastDeadRows(), toast, since, t))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static @Nullable Instant since(@Nullable Instant last, TableState t) {
        return last == null ? t.statsSince() : last;
    }

    /// When a vacuum limit was passed, if the rows were gathered evenly; null when none is, or
    /// nobody knows since when they are counted.
    ///
    /// @param held since when nothing that dies can be removed: vacuums since then ended nothing
    static @Nullable Instant overSince(TableState t, @Nullable Instant held) {
        var last = since(t.lastVacuum(), t);
        var since = last != null && held != null && last.isAfter(held) ? held : last;
        if (since == null || t.countersLost() || t.excess() <= 1) {
            return null;
        }
        var span = Duration.between(since, t.at());
        return since.plusMillis((long) (span.toMillis() / t.excess()));
    }

    /// When so many rows are gathered, if they go on as since then.
    private static @Nullable Instant reached(
            double rows, double limit, @Nullable Instant since, TableState t) {
        if (rows > limit) {
            return t.at();
        }
        if (since == null || rows <= 0) {
            return null;
        }
        var measured = Duration.between(since, t.at());
        if (measured.compareTo(rows >= MUCH * limit ? LEAST_OF_MUCH : LEAST) < 0) {
            return null;
        }
        double more = measured.toMillis() * (limit - rows) / rows;
        // Beyond ten years the date says nothing more.
        return more > Duration.ofDays(3_650).toMillis() ? null : t.at().plusMillis((long) more);
    }

    private static @Nullable String stops(String database, TableState t, XminHorizon horizon) {
        if (t.vacuumRunning()) {
            return "a vacuum is running";
        }
        if (!t.autovacuumOn()) {
            return "autovacuum is off for it";
        }
        if (t.countersLost()) {
            return "its counters began anew: autovacuum counts from zero again";
        }
        var here = horizon.in(database);
        return here.holder()
                .filter(
                        h ->
                                h.since() == null
                                        || t.lastVacuum() != null
                                                && t.lastVacuum().isAfter(h.since()))
                .map(h -> "what died since then stays while %s is there".formatted(here.words(h)))
                .orElse(null);
    }
}
