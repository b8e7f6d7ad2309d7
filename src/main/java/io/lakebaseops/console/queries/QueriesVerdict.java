package io.lakebaseops.console.queries;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.WaitClass;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The first sentence of the Queries screen: the worst change of the range, or where the load
/// comes from.
record QueriesVerdict(Role role, String sentence, List<String> strong) {
    /// A change of less load than this is no headline.
    private static final double WORTH_NAMING = 0.05;

    /// @param zone in which times are said
    static QueriesVerdict of(QueriesSnapshot p, ZoneId zone) {
        var worst =
                p.lines().stream()
                        .filter(l -> l.factor() > 1 && l.share() >= WORTH_NAMING)
                        .max(Comparator.comparingDouble(l -> l.share() * (1 - 1 / l.factor())));
        if (worst.isPresent()) {
            return changed(worst.get(), p, zone);
        }
        if (!p.sampled() && p.lines().isEmpty()) {
            return new QueriesVerdict(
                    Role.UNAVAILABLE,
                    Texts.of(
                            "No samples yet. The first range appears after two snapshots (10 min)."),
                    List.of());
        }
        if (p.vcpus() != null && p.mean() > p.vcpus()) {
            return new QueriesVerdict(
                    Role.WARNING,
                    Texts.of(
                            "%s sessions are active on average, more than the %d vCPUs; most %s.",
                            Format.digits(p.mean()), p.vcpus(), most(p.means())),
                    List.of(most(p.means())));
        }
        return calm(p);
    }

    private static QueriesVerdict changed(StatementLine worst, QueriesSnapshot p, ZoneId zone) {
        var change = worst.change();
        double before = change == null || change.meanBefore() == null ? 0 : change.meanBefore();
        var share = Format.percent(worst.share());
        var planned = p.planChanged(worst.key());
        return new QueriesVerdict(
                worst.share() > 0.3 ? Role.CRITICAL : Role.WARNING,
                Texts.of(
                        "One statement makes %s of the load: %s %s → %s.",
                        share,
                        planned == null
                                ? Texts.of("its mean time went")
                                : Texts.of(
                                        "its plan changed at %s,",
                                        Texts.clock(planned, p.whole().until(), zone)),
                        StatementColumns.millis(before),
                        StatementColumns.millis(change == null ? 0 : change.meanNow())),
                List.of(share));
    }

    private static QueriesVerdict calm(QueriesSnapshot p) {
        var sampled =
                p.sampled()
                        ? Texts.of(
                                "%s sessions are active on average%s",
                                Format.digits(p.mean()),
                                p.mean() > 0 ? Texts.of(", most %s", most(p.means())) : "")
                        : Texts.of("Nothing was sampled of what sessions wait for");
        var top =
                p.lines().isEmpty()
                        ? ""
                        : Texts.of(
                                "; the first statement makes %s of the load",
                                Format.percent(p.lines().getFirst().share()));
        return new QueriesVerdict(
                Role.OK,
                Texts.of("%s%s; none became slower.", sampled, top),
                List.of(most(p.means())));
    }

    /// What it is in a sentence.
    private static String most(Map<WaitClass, Double> means) {
        return means.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(e -> words(e.getKey()))
                .orElse("");
    }

    private static String words(WaitClass of) {
        return switch (of) {
            case CPU -> Texts.of("on CPU");
            case IO -> Texts.of("waiting for I/O");
            case LOCK -> Texts.of("waiting for locks");
            case LWLOCK -> Texts.of("waiting for LWLocks");
            case IPC -> Texts.of("waiting for other processes");
            case CLIENT -> Texts.of("waiting for clients");
            case OTHER -> Texts.of("waiting for other events");
        };
    }
}
