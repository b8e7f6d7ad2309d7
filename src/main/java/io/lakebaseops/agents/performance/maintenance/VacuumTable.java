package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// A table between its last vacuum and the next one, by its own limits.
///
/// @param toast the line is about its TOAST table, which has limits of its own and no statistics
/// @param held dead rows that cannot go yet; null when nobody can tell
/// @param insertLimit null when the insert rule is off for it
/// @param overSince when a limit was passed, at the rate since the last vacuum; null when none was,
///     or the rate is not known
/// @param next when autovacuum will begin; null when something stops it or the rate is not known
/// @param stops what stops it, or keeps it from helping
/// @param unknownSince its counters began anew then: dead and inserted rows are not known
/// @param bloatMeasured by pgstattuple, not estimated
/// @param settings what its autovacuum settings bring; null for tables below 8 MB or when unknown
public record VacuumTable(
        String database,
        String schema,
        String table,
        long oid,
        boolean toast,
        long live,
        long dead,
        double deadLimit,
        @Nullable Long held,
        long inserted,
        @Nullable Double insertLimit,
        long changed,
        double analyzeLimit,
        @Nullable Instant overSince,
        @Nullable Double bloatLow,
        @Nullable Double bloatHigh,
        boolean bloatMeasured,
        @Nullable Instant lastVacuum,
        @Nullable Instant lastAnalyze,
        @Nullable Instant next,
        @Nullable String stops,
        boolean running,
        @Nullable Instant unknownSince,
        long bytes,
        boolean overFloor,
        boolean autovacuumOn,
        boolean mayMaintain,
        @Nullable VacuumSettings settings) {
    /// Of dead rows among all; above it queries suffer.
    public static final double CRITICAL_SHARE = 0.25;

    /// Of free space in the file, by the lower bound of the estimate.
    public static final double BLOATED = 0.3;

    /// Past a limit; autovacuum looks every minute or so.
    public static final Duration LATE = Duration.ofMinutes(10);

    private static final Duration A_DAY = Duration.ofHours(24);

    public String name() {
        return schema + "." + table + (toast ? " TOAST" : "");
    }

    public double deadShare() {
        return live + dead == 0 ? 0 : (double) dead / (live + dead);
    }

    /// The counters since the reset count nothing that was there before.
    public boolean unknown() {
        return unknownSince != null;
    }

    /// Of the limit that is nearest; 1 when it is reached.
    public double share() {
        double vacuum =
                Math.max(
                        dead / Math.max(1, deadLimit),
                        insertLimit == null ? 0 : inserted / Math.max(1, insertLimit));
        return Math.max(vacuum, toast ? 0 : changed / Math.max(1, analyzeLimit));
    }

    public boolean overVacuumLimit() {
        return dead > deadLimit || (insertLimit != null && inserted > insertLimit);
    }

    /// Null when no limit is passed, or nobody knows since when.
    public @Nullable Duration late(Instant now) {
        return overSince == null ? null : Duration.between(overSince, now);
    }

    private boolean isLate(Instant now) {
        var late = late(now);
        return overVacuumLimit() && (late == null || late.compareTo(LATE) > 0);
    }

    /// Past a vacuum limit for longer than autovacuum needs to come, or worse.
    public boolean troubled(Instant now) {
        return overFloor && (isLate(now) || critical(now));
    }

    /// Over a limit, and so full of dead rows or so late that queries suffer.
    public boolean critical(Instant now) {
        var late = late(now);
        return overFloor
                && overVacuumLimit()
                && (deadShare() > CRITICAL_SHARE || (late != null && late.compareTo(A_DAY) > 0));
    }

    public boolean bloated() {
        return bloatLow != null && bloatLow > BLOATED;
    }

    public boolean notable() {
        return running
                || (overFloor && (share() >= AutovacuumOutlook.WORTH_SHOWING || bloated()))
                || (overFloor && unknown());
    }
}
