package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The hours of the day at which a server is least busy, as far as our history tells.
///
/// @param hours UTC, quietest first; empty when the history is too short to say
record QuietHours(List<Integer> hours) {
    /// Every hour must have been seen on several days before one can be called quiet.
    private static final long MIN_DAYS = 3;

    private static final int HOURS_PER_DAY = 24;

    /// A third of the day counts as quiet.
    private static final int QUIET = HOURS_PER_DAY / 3;

    private static final Duration WEEKS = Duration.ofDays(14);

    QuietHours {
        hours = List.copyOf(hours);
    }

    static QuietHours of(Lakehouse lakehouse, TargetId target, Instant now, Deadline deadline) {
        var rows =
                lakehouse.query(
                        HistoryQueries.QUIET_HOURS,
                        Map.of("project", target.project(), "branch", target.branch()),
                        ReadScope.since(now.minus(WEEKS)),
                        deadline);
        return of(rows);
    }

    static QuietHours of(Rows rows) {
        record Hour(int hour, double tps) {}
        var known = new ArrayList<Hour>();
        for (var row : rows.list()) {
            if (row.get("hour_of_day") instanceof Number hour
                    && row.get("tps") instanceof Number tps
                    && row.get("days") instanceof Number days
                    && days.longValue() >= MIN_DAYS) {
                known.add(new Hour(hour.intValue(), tps.doubleValue()));
            }
        }
        if (known.size() < HOURS_PER_DAY) {
            return new QuietHours(List.of());
        }
        known.sort((a, b) -> Double.compare(a.tps(), b.tps()));
        return new QuietHours(known.stream().limit(QUIET).map(Hour::hour).toList());
    }

    boolean known() {
        return !hours.isEmpty();
    }

    boolean quiet(Instant at) {
        return hours.contains(at.atZone(ZoneOffset.UTC).getHour());
    }

    String words() {
        return hours.stream().sorted().map("%02d"::formatted).collect(Collectors.joining(", "))
                + " h UTC";
    }
}
