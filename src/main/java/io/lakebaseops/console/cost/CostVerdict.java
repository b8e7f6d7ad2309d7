package io.lakebaseops.console.cost;

import io.lakebaseops.agents.health.operations.CostAnomaly;
import io.lakebaseops.agents.health.operations.SuspendAdvice;
import io.lakebaseops.console.Language;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;

import org.jspecify.annotations.Nullable;

import java.time.format.TextStyle;
import java.util.List;

/// The sentence over the cost screen: what the month will cost and the one cause that matters most.
///
/// @param strong the culprit's name
record CostVerdict(Role role, String sentence, List<String> strong) {
    static CostVerdict of(CostSnapshot p) {
        if (!p.billed()) {
            return new CostVerdict(
                    Role.MUTED,
                    Texts.of(
                            "This PostgreSQL server is no Lakebase branch: there is no bill to show."),
                    List.of());
        }
        if (p.branches().empty()) {
            return new CostVerdict(
                    Role.MUTED,
                    p.refused() == null
                            ? Texts.of("No usage is recorded yet.")
                            : Texts.of("The bill cannot be read."),
                    List.of());
        }
        var currency = p.branches().currency();
        var month = p.today().getMonth().getDisplayName(TextStyle.FULL, Language.shown().locale());
        var end = p.monthEnd();
        var bill =
                end == null
                        ? Texts.of(
                                "%s has cost %s so far",
                                month, Money.of(p.branches().total(), currency))
                        : Texts.of(
                                "%s will end at %s ± %s",
                                month,
                                Money.of(end.expected(), currency),
                                Money.of(end.plusMinus(), currency));
        var worst = p.anomalies().stream().findFirst();
        var idle = p.advice().stream().filter(SuspendAdvice::worthwhile).findFirst();
        if (worst.isPresent()) {
            return new CostVerdict(
                    Role.WARNING,
                    bill + "; " + words(worst.get(), p, currency) + ".",
                    List.of(worst.get().branch()));
        }
        return idle.map(
                        a ->
                                new CostVerdict(
                                        Role.INFO,
                                        Texts.of(
                                                "%s; %s suspends %s and idles %.1f h a day more than needed.",
                                                bill,
                                                a.branch(),
                                                TimeoutCurve.after(a.current()),
                                                a.savedHours()),
                                        List.of(a.branch())))
                .orElseGet(
                        () -> new CostVerdict(Role.OK, Texts.of("%s, as usual.", bill), List.of()));
    }

    private static String words(CostAnomaly a, CostSnapshot p, @Nullable String currency) {
        var sleeps = p.advice(a.branch());
        if (a.fresh()) {
            return Texts.of(
                    "%s is new and cost %s in %d days",
                    a.branch(), Money.of(a.cost(), currency), a.days());
        }
        return sleeps.filter(SuspendAdvice::worthwhile)
                .map(
                        s ->
                                Texts.of(
                                        "%s cost %s more than usual and suspends %s",
                                        a.branch(),
                                        Money.of(a.more(), currency),
                                        TimeoutCurve.after(s.current())))
                .orElseGet(
                        () ->
                                Texts.of(
                                        "%s cost %s more than usual",
                                        a.branch(), Money.of(a.more(), currency)));
    }
}
