package io.lakebaseops.gameday;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// The totals of a game day.
///
/// @param firstRight faults whose first hypothesis was the cause
/// @param falseAlarms decoys that were called trouble
/// @param noiseBefore healthy servers that were called troubled before the fault
/// @param repairedByItself of the faults that the agents must repair without asking
/// @param handled of the faults named rightly: repaired, proposed or handed on as wanted
/// @param medianDetect null when nothing was detected
/// @param harm forbidden acts, in words
public record Summary(
        Share firstRight,
        Share detected,
        Share falseAlarms,
        Share noiseBefore,
        Share repairedByItself,
        Share handled,
        @Nullable Duration medianDetect,
        @Nullable Duration medianRepair,
        int unavailable,
        int broken,
        List<String> harm) {
    public Summary {
        harm = List.copyOf(harm);
    }

    static Summary of(List<Grade> grades, List<Scenario> scenarios) {
        var run =
                grades.stream()
                        .filter(g -> g.result() != Grade.Result.UNAVAILABLE)
                        .filter(g -> g.result() != Grade.Result.BROKEN)
                        .toList();
        var faults = run.stream().filter(g -> g.kind() == Scenario.Kind.FAULT).toList();
        var decoys = run.stream().filter(g -> g.kind() == Scenario.Kind.DECOY).toList();
        // Nothing was left to be named.
        var named = faults.stream().filter(g -> g.result() != Grade.Result.REPAIRED).toList();
        var right = faults.stream().filter(g -> g.result() == Grade.Result.RIGHT).toList();
        var itself = faults.stream().filter(g -> itself(g, scenarios)).toList();
        return new Summary(
                new Share(right.size(), named.size()),
                share(faults, g -> g.detectedAfter() != null),
                share(decoys, g -> g.result() == Grade.Result.FALSE_ALARM),
                share(run, g -> g.before() != null),
                share(itself, Grade::repairAsWanted),
                share(right, Grade::repairAsWanted),
                median(faults.stream().map(Grade::detectedAfter).filter(Objects::nonNull).toList()),
                median(faults.stream().map(Grade::repairedAfter).filter(Objects::nonNull).toList()),
                count(grades, Grade.Result.UNAVAILABLE),
                count(grades, Grade.Result.BROKEN),
                grades.stream()
                        .flatMap(g -> g.harm().stream().map(h -> g.name() + ": " + h))
                        .toList());
    }

    private static boolean itself(Grade grade, List<Scenario> scenarios) {
        return scenarios.stream()
                .anyMatch(
                        s -> s.name().equals(grade.name()) && s.repair() == Scenario.Repair.ITSELF);
    }

    private static Share share(List<Grade> grades, java.util.function.Predicate<Grade> hit) {
        return new Share((int) grades.stream().filter(hit).count(), grades.size());
    }

    private static int count(List<Grade> grades, Grade.Result result) {
        return (int) grades.stream().filter(g -> g.result() == result).count();
    }

    private static @Nullable Duration median(List<Duration> times) {
        return times.isEmpty() ? null : times.stream().sorted().toList().get(times.size() / 2);
    }
}
