package io.lakebaseops.lakehouse.history;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableName;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds the spans of a range in which a table of intervals holds nothing.
record HistoryGaps(Lakehouse lakehouse, TableName table) {

    /// What the table covers of a range; more may be added at its end.
    Covered covered(TargetId target, TimeRange range, Duration longerThan, Deadline deadline) {
        var rows =
                lakehouse.query(
                        HistoryQueries.HISTORY_GAPS.at("history", table),
                        Map.of(
                                "project", target.project(),
                                "branch", target.branch(),
                                "longer_than", longerThan.toMillis() / 1000.0),
                        ReadScope.between(
                                range.from(), range.until().plus(WaitHistory.LONGEST_INTERVAL)),
                        deadline);
        var covered = new Covered(range, longerThan);
        var inner = new ArrayList<TimeRange>();
        Instant first = null;
        Instant last = null;
        for (var row : rows.list()) {
            var from = row.get("gap_from") instanceof Number n ? n : null;
            var until = row.get("gap_until") instanceof Number n ? n : null;
            if (from != null && until != null) {
                inner.add(
                        new TimeRange(
                                TimeRange.moment(from.doubleValue()),
                                TimeRange.moment(until.doubleValue())));
            } else if (from != null) {
                last = TimeRange.moment(from.doubleValue());
            } else if (until != null) {
                first = TimeRange.moment(until.doubleValue());
            }
        }
        if (first == null || last == null) {
            return covered;
        }
        inner.sort((a, b) -> a.from().compareTo(b.from()));
        var at = first;
        for (var gap : inner) {
            covered.cover(at, gap.from());
            at = gap.until();
        }
        covered.cover(at, last);
        return covered;
    }

    /// The part of a range that is covered, in the order of time.
    static final class Covered {
        private final TimeRange range;
        private final Duration longerThan;
        private final List<TimeRange> gaps = new ArrayList<>();
        private Instant until;

        Covered(TimeRange range, Duration longerThan) {
            this.range = range;
            this.longerThan = longerThan;
            this.until = range.from();
        }

        void cover(Instant start, Instant end) {
            gap(start.isBefore(range.until()) ? start : range.until());
            if (end.isAfter(until)) {
                until = end;
            }
        }

        private void gap(Instant end) {
            if (end.isAfter(until) && Duration.between(until, end).compareTo(longerThan) > 0) {
                gaps.add(new TimeRange(until, end));
            }
        }

        List<TimeRange> gaps() {
            var all = new ArrayList<>(gaps);
            if (until.isBefore(range.until())
                    && Duration.between(until, range.until()).compareTo(longerThan) > 0) {
                all.add(new TimeRange(until, range.until()));
            }
            return all;
        }
    }
}
