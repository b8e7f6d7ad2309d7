package io.lakebaseops.console.overview;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.console.parts.RowItem.Act;
import io.lakebaseops.domain.Format;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Alerts.Mute;

import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Open alerts and mutes as lines of a card: the value an alert was raised with stays, the value
/// now stands beside it.
final class AlertRows {
    private final ConsoleSession session;
    private final OverviewViewModel model;

    AlertRows(ConsoleSession session, OverviewViewModel model) {
        this.session = session;
        this.model = model;
    }

    List<RowItem> of(OverviewSnapshot p) {
        var rows = new ArrayList<RowItem>();
        var mutes = p.lists().mutes();
        for (var alert : p.alerts()) {
            if (mutes.stream().noneMatch(m -> m.covers(alert))) {
                rows.add(open(alert, p));
            }
        }
        mutes.forEach(m -> rows.add(muted(m, p)));
        return rows;
    }

    /// `1 open · 1 muted`.
    static String count(OverviewSnapshot p) {
        var mutes = p.lists().mutes();
        long open =
                p.alerts().stream().filter(a -> mutes.stream().noneMatch(m -> m.covers(a))).count();
        var parts = new ArrayList<String>();
        if (open > 0) {
            parts.add(Texts.of("%s open", open));
        }
        if (!mutes.isEmpty()) {
            parts.add(Texts.of("%s muted", mutes.size()));
        }
        return String.join(" · ", parts);
    }

    private RowItem open(Alert a, OverviewSnapshot p) {
        var acts = new ArrayList<Act>();
        if (a.acknowledgedBy() == null) {
            acts.add(
                    new Act(
                            Feather.EYE,
                            Texts.of("Acknowledge: I have seen it (A)"),
                            () -> model.acknowledge(a)));
        }
        var role = Role.of(a.severity());
        return RowItem.of(a.id(), role.icon(), role, a.message())
                .sub(
                        Texts.of(
                                "limit %s%s%s%s",
                                Format.of(a.metric(), a.threshold()),
                                repair(a, p),
                                seen(a),
                                told(a, p)))
                .note(now(a, p), role)
                .trailing(clock(a.openedAt()), Role.MUTED)
                .hint(Texts.of("raised %s", Format.utc(a.openedAt())))
                .opens(() -> model.lookAt(a.metric()))
                .acts(acts);
    }

    private String told(Alert a, OverviewSnapshot p) {
        var line = AlertMessages.line(p.lists().messages(), a, this::clock);
        return line.isEmpty() ? "" : " · " + line;
    }

    private static String seen(Alert a) {
        return a.acknowledgedBy() == null ? "" : Texts.of(" · seen by %s", a.acknowledgedBy());
    }

    /// The value now, if it is still about the same object.
    private static String now(Alert a, OverviewSnapshot p) {
        for (var standing : p.standings()) {
            var metric = standing.metric();
            if (standing.gauge().metric() == a.metric() && metric != null) {
                var value = metric.value().value();
                return value == null ? "" : Texts.of("now %s", Format.of(metric.name(), value));
            }
        }
        return "";
    }

    private static String repair(Alert a, OverviewSnapshot p) {
        boolean stopped =
                p.findings().stream()
                        .map(f -> f.finding())
                        .anyMatch(
                                f ->
                                        f.kind().equals("repair_repeats")
                                                && f.subject().equals(a.subject()));
        return stopped ? Texts.of(" · not repaired again by itself, see the finding") : "";
    }

    private RowItem muted(Mute m, OverviewSnapshot p) {
        var title =
                p.standings().stream()
                        .map(Standing::gauge)
                        .filter(g -> g.metric() == m.metric())
                        .map(Gauge::title)
                        .findFirst()
                        .orElse(ToolWords.title(m.metric().id()));
        var raised = p.alerts().stream().filter(m::covers).findFirst();
        return RowItem.of(
                        "mute " + m.metric() + m.subject(),
                        Feather.BELL_OFF,
                        Role.MUTED,
                        raised.map(Alert::message)
                                .orElse(Texts.of("%s of %s", title, m.subject().display())))
                .sub(
                        Texts.of(
                                "%s, until %s: %s",
                                session.named(m.by()), clock(m.until()), m.reason()))
                .trailing(raised.map(a -> now(a, p)).orElse(""), Role.MUTED)
                .hint(Texts.of("muted until %s; automatic repair goes on", Format.utc(m.until())))
                .opens(() -> model.lookAt(m.metric()))
                .acts(List.of(Act.link(Texts.of("Unmute"), () -> model.unmute(m))));
    }

    private String clock(Instant at) {
        return Texts.clock(at, session.now(), session.zone());
    }
}
