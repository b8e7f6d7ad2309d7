package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk;
import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk.Ids;
import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk.Limit;
import io.lakebaseops.agents.performance.maintenance.VacuumRound;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.LimitBar;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The ages of transaction and multixact ids on the way to wraparound, and when each mark is met.
final class WraparoundCard {
    /// 2^31: half of all ids.
    private static final double ALL = 2_147_483_648.0;

    private static final long WARNING = 500_000_000;
    private static final long CRITICAL = 1_000_000_000;
    /// Oldest tables; more have no room.
    private static final int FREEZING = 2;

    private static final Duration TEN_YEARS = Duration.ofDays(3_650);

    private WraparoundCard() {}

    static List<Node> of(VacuumRound.Wraparound w, Instant now, ZoneId zone, boolean fresh) {
        var nodes = new ArrayList<Node>();
        nodes.addAll(age(Texts.of("XID age"), w.transactions()));
        nodes.addAll(dates(w.transactions(), now, zone, fresh));
        nodes.addAll(age(Texts.of("Multixact age"), w.multixacts()));
        nodes.add(multixacts(w.multixacts(), now, zone, fresh));
        if (!w.oldest().isEmpty()) {
            nodes.add(
                    Nodes.wrapped(
                            Texts.of(
                                    "Aggressive vacuum: %s",
                                    w.oldest().stream()
                                            .limit(FREEZING)
                                            .map(
                                                    t ->
                                                            t.schema()
                                                                    + "."
                                                                    + t.table()
                                                                    + " "
                                                                    + Format.large(t.xidAge())
                                                                    + freeze(t, now, zone, fresh))
                                            .collect(Collectors.joining(", "))),
                            "row-sub"));
        }
        return nodes;
    }

    /// When its aggressive vacuum begins: at the next ordinary one, or forced at its own limit.
    private static String freeze(
            CheckTxidWraparoundRisk.Table t, Instant now, ZoneId zone, boolean fresh) {
        if (t.vacuumRunning()) {
            return Texts.of(" now");
        }
        if (t.xidAge() >= t.freezeMaxAge()) {
            return Texts.of(" is due");
        }
        var forced = t.forced();
        if (!fresh || forced == null || forced.expected().isAfter(now.plus(TEN_YEARS))) {
            return "";
        }
        var by = VacuumWords.roughly(forced.expected(), now, zone);
        return t.xidAge() >= t.freezeTableAge()
                ? Texts.of(" at its next, by %s", by)
                : Texts.of(" from %s", by);
    }

    private static List<Node> age(String title, Ids ids) {
        var bar = new LimitBar();
        bar.setMaxWidth(Double.MAX_VALUE);
        var role =
                ids.age() >= CRITICAL
                        ? Role.CRITICAL
                        : ids.age() >= WARNING ? Role.WARNING : Role.INFO;
        bar.show(
                ALL,
                List.of(LimitBar.Part.of(title, ids.age(), role)),
                List.of(
                        new LimitBar.Mark(ids.autovacuumFrom(), Role.MUTED),
                        new LimitBar.Mark(WARNING, Role.WARNING),
                        new LimitBar.Mark(CRITICAL, Role.CRITICAL)));
        Nodes.tip(
                bar,
                Texts.of(
                        "Autovacuum freezes from %s on, warning %s, critical %s; the server stops near %s",
                        Format.large(ids.autovacuumFrom()),
                        Format.large(WARNING),
                        Format.large(CRITICAL),
                        Format.large(ALL)));
        var value = Nodes.label(Format.large(ids.age()).toString(), "small-cell");
        value.setMinWidth(Region.USE_PREF_SIZE);
        var name = Nodes.label(title, "small-cell");
        name.setMinWidth(Region.USE_PREF_SIZE);
        return List.of(
                Nodes.row(
                        name,
                        Nodes.label(
                                Texts.of("freezes from %s", Format.large(ids.autovacuumFrom())),
                                "row-sub"),
                        Nodes.spacer(),
                        value),
                bar);
    }

    private static List<Node> dates(Ids ids, Instant now, ZoneId zone, boolean fresh) {
        var rate = ids.perHour();
        if (rate == null) {
            return List.of(
                    Nodes.wrapped(
                            Texts.of(
                                    "How fast ids are used up is not known yet: the history needs six hours"),
                            "row-sub"));
        }
        var lines = new ArrayList<Node>();
        lines.add(
                Nodes.label(
                        Texts.of("+%s a day; without freezing it meets", Format.large(rate * 24)),
                        "row-sub"));
        var generated = ids.generatedUntil();
        if (generated != null) {
            var note =
                    Nodes.label(
                            Texts.of(
                                    "the rate is %s", GeneratedHistory.words(generated, now, zone)),
                            "row-sub",
                            Role.SIMULATED.css());
            note.setId("rate-generated");
            lines.add(note);
        }
        if (fresh) {
            lines.add(date("500 M", Role.WARNING, ids.age() >= WARNING, ids.warning(), now, zone));
            lines.add(date("1 B", Role.CRITICAL, ids.age() >= CRITICAL, ids.critical(), now, zone));
        }
        var box = new VBox(1);
        box.getChildren().addAll(lines);
        return List.of(box);
    }

    private static Node date(
            String mark, Role role, boolean met, @Nullable Limit at, Instant now, ZoneId zone) {
        var name = Nodes.label(mark, "said", role.css());
        name.setMinWidth(40);
        if (met) {
            return Nodes.row(name, Nodes.label(Texts.of("passed"), "said", role.css()));
        }
        if (at == null || at.expected().isAfter(now.plus(TEN_YEARS))) {
            return Nodes.row(name, Nodes.label(Texts.of("not in 10 years"), "predicted"));
        }
        return Nodes.row(
                name,
                expected(VacuumWords.roughly(at.expected(), now, zone)),
                Nodes.spacer(),
                Nodes.label(
                        "90 %%: %s – %s"
                                .formatted(
                                        VacuumWords.roughly(at.earliest(), now, zone),
                                        latest(at.latest(), now, zone)),
                        "row-sub"));
    }

    private static Label expected(String date) {
        var label = Nodes.label(date, "predicted");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static String latest(@Nullable Instant latest, Instant now, ZoneId zone) {
        return latest == null || latest.isAfter(now.plus(TEN_YEARS))
                ? Texts.of("never")
                : VacuumWords.roughly(latest, now, zone);
    }

    private static Node multixacts(Ids ids, Instant now, ZoneId zone, boolean fresh) {
        if (ids.perHour() == null || !fresh) {
            return Nodes.label(
                    ids.perHour() == null ? Texts.of("rate not known yet") : "", "row-sub");
        }
        return date("500 M", Role.WARNING, ids.age() >= WARNING, ids.warning(), now, zone);
    }
}
