package io.lakebaseops.console.overview;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.ToolReport;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What did the agents do today, and about how much of a DBA's time was that?
///
/// @param entries newest first
/// @param saved the estimate; empty when nothing was repaired
record Today(List<Entry> entries, Optional<Duration> saved) {
    /// What finding, repairing and checking by hand is counted as, per verified repair. A round
    /// figure of ours, not a measurement; the screen says so.
    static final Duration BY_HAND = Duration.ofMinutes(15);

    Today {
        entries = List.copyOf(entries);
    }

    /// Either a plan that ran, or the runs of one tool together.
    ///
    /// @param runs how often the tool ran today; 1 for a plan
    record Entry(Instant at, @Nullable FiledPlan plan, @Nullable ToolReport last, int runs) {}

    static Today of(List<FiledPlan> history, List<ToolReport> reports, Instant now, ZoneId zone) {
        var day = now.atZone(zone).toLocalDate();
        var entries = new ArrayList<Entry>();
        long repairs = 0;
        for (var filed : history) {
            var end = filed.finishedAt();
            if (end == null || !sameDay(end, day, zone)) {
                continue;
            }
            entries.add(new Entry(end, filed, null, 1));
            if (filed.state() == FiledPlan.State.DONE
                    && filed.verification() instanceof Verification.Confirmed) {
                repairs++;
            }
        }
        var byTool = new LinkedHashMap<String, List<ToolReport>>();
        for (var report : reports) {
            if (sameDay(report.startedAt(), day, zone)) {
                byTool.computeIfAbsent(report.tool(), _ -> new ArrayList<>()).add(report);
            }
        }
        for (var runs : byTool.values()) {
            var last = runs.stream().max(Comparator.comparing(ToolReport::startedAt)).orElseThrow();
            entries.add(new Entry(last.startedAt().plus(last.duration()), null, last, runs.size()));
        }
        // Changes first, then mere looking; each newest first.
        entries.sort(
                Comparator.comparing((Entry e) -> e.plan() == null)
                        .thenComparing(Entry::at, Comparator.reverseOrder()));
        return new Today(
                entries,
                repairs == 0 ? Optional.empty() : Optional.of(BY_HAND.multipliedBy(repairs)));
    }

    private static boolean sameDay(Instant at, LocalDate day, ZoneId zone) {
        return at.atZone(zone).toLocalDate().equals(day);
    }
}
