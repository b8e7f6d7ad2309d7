package io.lakebaseops.console.overview;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetId;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// The one sentence at the top of the overview that says whether anything is wrong.
///
/// @param strong names in it that are drawn heavier: the culprits
record Verdict(Role role, String sentence, List<String> strong) {
    Verdict {
        strong = List.copyOf(strong);
    }

    Verdict(Role role, String sentence) {
        this(role, sentence, List.of());
    }

    static Verdict of(
            ConsoleServices services,
            TargetId target,
            List<Standing> standings,
            OverviewLists lists,
            ConsoleSession session) {
        var condition = services.targets().condition(target);
        var measured = standings.stream().filter(s -> s.metric() != null).toList();
        if (measured.isEmpty() && failed(condition)) {
            return new Verdict(Role.CRITICAL, said(condition));
        }
        var outage = services.health().board().outage(target);
        if (outage != null) {
            return lost(target, outage, condition, standings, session);
        }
        if (measured.isEmpty()) {
            return new Verdict(Role.UNAVAILABLE, Texts.of("Nothing is measured yet."));
        }
        var asOf = asOf(services, target, session);
        var troubles =
                measured.stream()
                        .filter(s -> s.severity() != null)
                        .sorted(Comparator.comparing(Verdict::severity).reversed())
                        .toList();
        var loud = troubles.stream().filter(s -> s.mute() == null).toList();
        if (!loud.isEmpty()) {
            return new Verdict(
                    Role.of(severity(loud.getFirst())),
                    asOf + troubled(loud, lists, session) + next(lists.waits()),
                    lists.alerts().stream().map(a -> a.subject().display()).distinct().toList());
        }
        if (!troubles.isEmpty()) {
            var mute = Objects.requireNonNull(troubles.getFirst().mute());
            return new Verdict(
                    Role.INFO,
                    Texts.of(
                            "%s%s It is muted until %s.%s",
                            asOf,
                            asSentence(words(troubles.getFirst())),
                            Texts.clock(mute.until(), session.now(), session.zone()),
                            next(lists.waits())));
        }
        var calm = calm(measured, lists.waits(), lists.alerts().size(), asOf);
        return switch (condition) {
            case TargetCondition.Slow slow ->
                    new Verdict(Role.WARNING, said(slow) + " " + calm.sentence());
            case TargetCondition.Restarted again ->
                    new Verdict(calm.role(), again.sentence() + ". " + calm.sentence());
            case TargetCondition.NotTried _,
                    TargetCondition.Reachable _,
                    TargetCondition.NeverReached _,
                    TargetCondition.LoginRefused _,
                    TargetCondition.TooOld _,
                    TargetCondition.Lost _ ->
                    calm;
        };
    }

    private static boolean failed(TargetCondition condition) {
        return !condition.answers() && !(condition instanceof TargetCondition.NotTried);
    }

    /// What is so and what to do, as two sentences.
    private static String said(TargetCondition condition) {
        var remedy = condition.remedy();
        return condition.sentence()
                + "."
                + (remedy.isEmpty()
                        ? ""
                        : " "
                                + Character.toUpperCase(remedy.charAt(0))
                                + remedy.substring(1)
                                + ".");
    }

    /// A server that is gone is worse than any figure of it.
    private static Verdict lost(
            TargetId target,
            HealthBoard.Outage outage,
            TargetCondition condition,
            List<Standing> standings,
            ConsoleSession session) {
        long critical = standings.stream().filter(s -> s.severity() == Severity.CRITICAL).count();
        long warnings = standings.stream().filter(s -> s.severity() == Severity.WARNING).count();
        var last =
                critical + warnings == 0
                        ? ""
                        : Texts.of(
                                " (last: %s)",
                                critical > 0
                                        ? Texts.of("%s critical", critical)
                                        : Texts.count(warnings, "warning"));
        return new Verdict(
                Role.CRITICAL,
                Texts.of(
                        "%s does not answer since %s%s: %s%s",
                        target.branch(),
                        Format.time(outage.since(), session.zone()),
                        last,
                        outage.reason(),
                        failed(condition) ? "; " + condition.remedy() : ""));
    }

    /// Figures older than what counts as live are judged only with their time.
    private static String asOf(ConsoleServices services, TargetId target, ConsoleSession session) {
        return services.health()
                .board()
                .latest(target)
                .map(HealthBoard.Round::at)
                .filter(at -> at.plus(services.runtime().staleAfter()).isBefore(session.now()))
                .map(at -> Texts.of("As of %s: ", Texts.clock(at, session.now(), session.zone())))
                .orElse("");
    }

    private static String troubled(
            List<Standing> troubles, OverviewLists lists, ConsoleSession session) {
        var first = words(troubles.getFirst()) + since(troubles.getFirst(), lists, session);
        return troubles.size() == 1
                ? asSentence(first)
                : Texts.of(
                        "%s need attention: %s; %s%s",
                        Texts.count(troubles.size(), "measure"),
                        first,
                        words(troubles.get(1)),
                        troubles.size() > 2 ? " …" : ".");
    }

    private static String since(Standing standing, OverviewLists lists, ConsoleSession session) {
        return lists.alerts().stream()
                .filter(a -> a.metric() == standing.gauge().metric())
                .findFirst()
                .map(
                        a ->
                                Texts.of(
                                        ", %s since %s",
                                        Role.of(severity(standing)).word(),
                                        Texts.clock(a.openedAt(), session.now(), session.zone())))
                .orElse("");
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

    private static Verdict calm(List<Standing> measured, int waiting, int openAlerts, String asOf) {
        long judged = measured.stream().filter(Verdict::judged).count();
        var pending = measured.stream().filter(Verdict::pending).toList();
        if (!pending.isEmpty()) {
            return new Verdict(Role.MUTED, asOf + early(judged, pending) + next(waiting));
        }
        var fine =
                openAlerts > 0
                        ? Texts.of(
                                "Back within limits, %s not yet closed.",
                                Texts.count(openAlerts, "alert"))
                        : Texts.of(
                                "All is well: %s within limits.", Texts.count(judged, "measure"));
        return new Verdict(openAlerts > 0 ? Role.INFO : Role.OK, asOf + fine + next(waiting));
    }

    /// Also says for how long it stays undecided.
    private static String early(long judged, List<Standing> pending) {
        var names = String.join(", ", pending.stream().map(s -> s.gauge().title()).toList());
        var fine = Texts.count(judged, "measure");
        return pending.stream().anyMatch(Verdict::warmsUp)
                ? Texts.of(
                        "Measuring: %s within limits so far; too early to judge %s until the server has counted for %s.",
                        fine, names, Format.duration(HealthBoard.WARM_UP))
                : Texts.of(
                        "Measuring: %s within limits so far; too early to judge %s before the next round.",
                        fine, names);
    }

    private static boolean warmsUp(Standing standing) {
        var metric = standing.metric();
        return metric != null && metric.condition() == Metric.Condition.WARMING_UP;
    }

    private static boolean judged(Standing standing) {
        var metric = standing.metric();
        return metric != null && metric.judgeable();
    }

    private static boolean pending(Standing standing) {
        var metric = standing.metric();
        return metric != null && metric.pending();
    }

    private static String next(int waiting) {
        return switch (waiting) {
            case 0 -> "";
            case 1 -> Texts.of(" One plan waits for you.");
            default -> Texts.of(" %s plans wait for you.", waiting);
        };
    }
}
