package io.lakebaseops.console.overview;

import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.FiledPlan;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// The one sentence at the top of the overview that says whether anything is wrong.
record Verdict(Role role, String sentence) {

    static Verdict of(List<Standing> standings, List<FiledPlan> waiting, int openAlerts) {
        var measured = standings.stream().filter(s -> s.metric() != null).toList();
        if (measured.isEmpty()) {
            return new Verdict(Role.UNAVAILABLE, "Nothing is measured yet.");
        }
        var troubles =
                measured.stream()
                        .filter(s -> s.severity() != null)
                        .sorted(Comparator.comparing(Verdict::severity).reversed())
                        .toList();
        if (troubles.isEmpty()) {
            return calm(measured, waiting, openAlerts);
        }
        var first = words(troubles.getFirst());
        var sentence =
                troubles.size() == 1
                        ? asSentence(first)
                        : Format.count(troubles.size(), "measure")
                                + " need attention: "
                                + first
                                + "; "
                                + words(troubles.get(1))
                                + (troubles.size() > 2 ? " …" : ".");
        return new Verdict(Role.of(severity(troubles.getFirst())), sentence + next(waiting));
    }

    private static Severity severity(Standing standing) {
        return Objects.requireNonNull(standing.severity());
    }

    private static String words(Standing standing) {
        return standing.gauge().watched().sentence(Objects.requireNonNull(standing.metric()));
    }

    /// The name of an object stays as it is spelled.
    private static String asSentence(String words) {
        var head = words.split(" ", 2)[0];
        boolean isName = head.indexOf('.') >= 0 || head.indexOf('_') >= 0;
        return (isName ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1)) + ".";
    }

    private static Verdict calm(List<Standing> measured, List<FiledPlan> waiting, int openAlerts) {
        long judged = measured.stream().filter(Verdict::judged).count();
        var pending =
                measured.stream().filter(s -> pending(s)).map(s -> s.gauge().title()).toList();
        if (!pending.isEmpty()) {
            return new Verdict(
                    Role.MUTED,
                    "Measuring: %s within limits so far; too early to judge %s."
                                    .formatted(
                                            Format.count(judged, "measure"),
                                            String.join(", ", pending))
                            + next(waiting));
        }
        var fine =
                openAlerts > 0
                        ? "Back within limits, "
                                + Format.count(openAlerts, "alert")
                                + " not yet closed."
                        : "All is well: " + Format.count(judged, "measure") + " within limits.";
        return new Verdict(openAlerts > 0 ? Role.INFO : Role.OK, fine + next(waiting));
    }

    private static boolean judged(Standing standing) {
        var metric = standing.metric();
        return metric != null && metric.judgeable();
    }

    private static boolean pending(Standing standing) {
        var metric = standing.metric();
        return metric != null && metric.pending();
    }

    private static String next(List<FiledPlan> waiting) {
        return switch (waiting.size()) {
            case 0 -> "";
            case 1 -> " One plan waits for you.";
            default -> " " + waiting.size() + " plans wait for you.";
        };
    }
}
