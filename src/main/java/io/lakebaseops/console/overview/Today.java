package io.lakebaseops.console.overview;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.state.Alerts.Alert;

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
import java.util.function.Function;

/// What the agents did today, with what repeats as one line, and how long alerts lasted.
///
/// @param entries newest first
/// @param solved empty when no alert has ended yet
record Today(List<Entry> entries, Optional<Solved> solved) {
    Today {
        entries = List.copyOf(entries);
    }

    /// Plans of one kind on one object with one outcome, or the runs of one tool.
    ///
    /// @param plan the last of them; null for a tool
    /// @param times how often today
    record Entry(Instant at, @Nullable FiledPlan plan, @Nullable ToolReport last, int times) {}

    /// Measured, not estimated: from the moment an alert was raised until it ended.
    ///
    /// @param alerts over which the median was taken
    record Solved(Duration median, int alerts) {}

    private record Repeat(String verb, String subject, FiledPlan.State state) {}

    static Today of(
            List<FiledPlan> history,
            List<ToolReport> reports,
            List<Alert> alerts,
            Instant now,
            ZoneId zone) {
        var day = now.atZone(zone).toLocalDate();
        var plans =
                grouped(
                        history.stream().filter(p -> endedOn(p, day, zone)).toList(),
                        p -> new Repeat(p.plan().verb(), p.plan().subject().toString(), p.state()));
        var runs =
                grouped(
                        reports.stream().filter(r -> sameDay(r.startedAt(), day, zone)).toList(),
                        ToolReport::tool);
        var entries = new ArrayList<Entry>();
        for (var same : plans) {
            var last = last(same, p -> end(p));
            entries.add(new Entry(end(last), last, null, same.size()));
        }
        for (var same : runs) {
            var last = last(same, ToolReport::startedAt);
            entries.add(new Entry(last.startedAt().plus(last.duration()), null, last, same.size()));
        }
        // Changes first, then mere looking; each newest first.
        entries.sort(
                Comparator.comparing((Entry e) -> e.plan() == null)
                        .thenComparing(Entry::at, Comparator.reverseOrder()));
        return new Today(entries, solved(alerts));
    }

    private static Optional<Solved> solved(List<Alert> alerts) {
        var lasted =
                alerts.stream()
                        .filter(a -> a.recoveredAt() != null)
                        .map(a -> Duration.between(a.openedAt(), a.recoveredAt()))
                        .sorted()
                        .toList();
        return lasted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Solved(lasted.get(lasted.size() / 2), lasted.size()));
    }

    private static <T, K> List<List<T>> grouped(List<T> all, Function<T, K> by) {
        var groups = new LinkedHashMap<K, List<T>>();
        all.forEach(t -> groups.computeIfAbsent(by.apply(t), _ -> new ArrayList<>()).add(t));
        return List.copyOf(groups.values());
    }

    private static <T> T last(List<T> same, Function<T, Instant> at) {
        return same.stream().max(Comparator.comparing(at)).orElseThrow();
    }

    private static boolean endedOn(FiledPlan plan, LocalDate day, ZoneId zone) {
        return plan.finishedAt() != null && sameDay(end(plan), day, zone);
    }

    private static Instant end(FiledPlan plan) {
        var end = plan.finishedAt();
        return end == null ? plan.filedAt() : end;
    }

    private static boolean sameDay(Instant at, LocalDate day, ZoneId zone) {
        return at.atZone(zone).toLocalDate().equals(day);
    }
}
