package io.lakebaseops.console.overview;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.ToolReport;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/// What the agents did today and what people decided, apart, with what repeats as one line.
///
/// @param agents newest first; what changed something before what only looked
/// @param people newest first
record Today(List<Entry> agents, List<Entry> people) {
    Today {
        agents = List.copyOf(agents);
        people = List.copyOf(people);
    }

    /// Plans of one kind on one object with one outcome, or the runs of one tool.
    ///
    /// @param plan the last of them; null for a tool
    /// @param times how often today
    record Entry(Instant at, @Nullable FiledPlan plan, @Nullable ToolReport last, int times) {}

    private record Repeat(String verb, String subject, FiledPlan.State state) {}

    static Today of(List<FiledPlan> history, List<ToolReport> reports, Instant now, ZoneId zone) {
        var day = now.atZone(zone).toLocalDate();
        var ended = history.stream().filter(p -> endedOn(p, day, zone)).toList();
        var agents = plans(ended.stream().filter(p -> !byPerson(p)).toList());
        var runs =
                grouped(
                        reports.stream().filter(r -> sameDay(r.startedAt(), day, zone)).toList(),
                        ToolReport::tool);
        for (var same : runs) {
            var last = last(same, ToolReport::startedAt);
            agents.add(new Entry(last.startedAt().plus(last.duration()), null, last, same.size()));
        }
        // Changes first, then mere looking; each newest first.
        agents.sort(
                Comparator.comparing((Entry e) -> e.plan() == null)
                        .thenComparing(Entry::at, Comparator.reverseOrder()));
        var people = plans(ended.stream().filter(Today::byPerson).toList());
        people.sort(Comparator.comparing(Entry::at).reversed());
        return new Today(agents, people);
    }

    private static List<Entry> plans(List<FiledPlan> plans) {
        var entries = new ArrayList<Entry>();
        for (var same :
                grouped(
                        plans,
                        p ->
                                new Repeat(
                                        p.plan().verb(),
                                        p.plan().subject().toString(),
                                        p.state()))) {
            var last = last(same, Today::end);
            entries.add(new Entry(end(last), last, null, same.size()));
        }
        return entries;
    }

    private static boolean byPerson(FiledPlan plan) {
        return plan.decidedBy() != null && !plan.byPolicy();
    }

    static int acts(List<Entry> entries) {
        return entries.stream().mapToInt(Entry::times).sum();
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

    static Instant end(FiledPlan plan) {
        var end = plan.finishedAt();
        return end == null ? plan.filedAt() : end;
    }

    private static boolean sameDay(Instant at, LocalDate day, ZoneId zone) {
        return at.atZone(zone).toLocalDate().equals(day);
    }
}
