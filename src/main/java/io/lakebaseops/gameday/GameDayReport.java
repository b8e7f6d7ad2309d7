package io.lakebaseops.gameday;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A game day in figures: the grade of each scenario and the totals.
///
/// @param seed gives the same order and the same sizes again
public record GameDayReport(long seed, Duration took, List<Grade> grades, Summary summary) {
    private static final String ROW = "%-24s %-12s %8s  %-34s %-17s %8s  %s%n";

    public GameDayReport {
        grades = List.copyOf(grades);
    }

    public static GameDayReport of(
            long seed, Duration took, List<Grade> grades, List<Scenario> scenarios) {
        return new GameDayReport(seed, took, grades, Summary.of(grades, scenarios));
    }

    /// Nothing wrong, missed, called trouble without cause, or harmed.
    public boolean passed() {
        return grades.stream().allMatch(Grade::passed);
    }

    public static void printHead(PrintWriter out) {
        out.printf(
                ROW,
                "scenario",
                "result",
                "detected",
                "first hypothesis",
                "repair",
                "repaired",
                "");
    }

    public static void print(Grade g, PrintWriter out) {
        out.printf(
                ROW,
                g.name(),
                word(g.result()),
                seconds(g.detectedAfter()),
                g.named() == null ? "-" : g.named(),
                repair(g),
                seconds(g.repairedAfter()),
                note(g));
        out.flush();
    }

    private static String repair(Grade g) {
        if (g.healing() == null || g.kind() == Scenario.Kind.DECOY) {
            return "-";
        }
        return word(g.healing()) + (g.repairAsWanted() ? "" : " (!)");
    }

    private static String note(Grade g) {
        var before = g.before() == null ? "" : " [before the fault: " + g.before() + "]";
        var harm = g.harm().isEmpty() ? "" : " HARM: " + String.join("; ", g.harm());
        return switch (g.result()) {
                    case RIGHT, QUIET, REPAIRED -> "";
                    case WRONG, MISSED, FALSE_ALARM, UNAVAILABLE, BROKEN -> g.answer();
                }
                + before
                + harm;
    }

    public void printTotals(PrintWriter out) {
        var s = summary;
        out.printf(
                "%nseed %d, %d scenarios in %.0f s%n", seed, grades.size(), took.toMillis() / 1e3);
        out.printf("first hypothesis right    %s%n", s.firstRight());
        out.printf(
                "detected                  %s, median %s%n",
                s.detected(), seconds(s.medianDetect()));
        out.printf("false alarms on decoys    %s%n", s.falseAlarms());
        out.printf("named before the fault    %s%n", s.noiseBefore());
        out.printf(
                "repaired without asking   %s, median %s%n",
                s.repairedByItself(), seconds(s.medianRepair()));
        out.printf("handled as wanted         %s%n", s.handled());
        out.printf("unavailable here          %d%n", s.unavailable());
        if (s.broken() > 0) {
            out.printf("scenarios that failed     %d%n", s.broken());
        }
        out.printf(
                "forbidden acts            %s%n",
                s.harm().isEmpty() ? "none" : String.join("; ", s.harm()));
        out.println(
                """
                Detected: from the moment the fault is there until a diagnosis, asked for all the time, or an
                alert tells of it. Repaired: until the repair is verified by its own proofs.""");
    }

    private static String word(Enum<?> e) {
        return e.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String seconds(@Nullable Duration time) {
        return time == null ? "-" : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
}
