package io.lakebaseops.console.settings;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.domain.Format;

import javafx.scene.Node;
import javafx.scene.control.Button;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One decision that is kept: who, why, until when, what the measure says now, and the way to its
/// evidence.
final class KeptPane {
    private final ConsoleSession session;
    private final SettingsViewModel model;
    private final SidePane pane;

    KeptPane(ConsoleSession session, SettingsViewModel model, SidePane pane) {
        this.session = session;
        this.model = model;
        this.pane = pane;
    }

    void show(Decision d, SettingsSnapshot picture) {
        pane.title(null, d.what(), List.of(Nodes.pill(d.kind().word(), Role.MUTED)));
        var facts =
                new Facts()
                        .add(Texts.of("reason"), d.reason().isBlank() ? "–" : d.reason())
                        .add(Texts.of("by"), d.by().isBlank() ? "–" : d.by())
                        .add(Texts.of("since"), time(d.since()))
                        .add(
                                Texts.of("until"),
                                d.until() == null ? Texts.of("for good") : time(d.until()));
        var lines = new ArrayList<Node>();
        lines.add(facts);
        var buttons = new ArrayList<Button>();
        switch (d) {
            case Decision.Muted(_, var mute) -> {
                picture.measures().stream()
                        .filter(m -> m.name() == mute.metric())
                        .findFirst()
                        .ifPresent(m -> facts.add(Texts.of("now"), now(m)));
                lines.add(
                        Nodes.wrapped(
                                Texts.of(
                                        "Alerts of this object are raised and not told. Automatic repair goes on."),
                                "row-sub"));
                buttons.add(
                        Nodes.button(
                                Texts.of("Evidence"),
                                () -> session.goTo(Destination.metric(mute.metric().id()))));
            }
            case Decision.Refused(var held) -> {
                lines.add(
                        Nodes.wrapped(
                                Texts.of(
                                        "It is proposed again when the date passes, when its finding gets more severe, or when it would touch twice as much."),
                                "row-sub"));
                var plan = held.plan();
                var finding = held.finding();
                if (plan != null) {
                    buttons.add(
                            Nodes.button(
                                    Texts.of("The plan then"),
                                    () -> session.goTo(Destination.plan(plan))));
                }
                if (finding != null) {
                    buttons.add(
                            Nodes.button(
                                    Texts.of("The finding now"),
                                    () -> session.goTo(Destination.finding(finding))));
                }
            }
        }
        pane.content(d.kind() + d.what(), lines);
        var end = Nodes.button(d.kind().act(), () -> model.decisions().end(d), "accent");
        end.setId("pane-end");
        end.setDisable(model.readOnly());
        buttons.add(end);
        pane.acts(null, buttons);
    }

    private static String now(ThresholdLine m) {
        var value = m.value();
        return value == null ? Texts.of("not measured") : Format.of(m.name(), value).toString();
    }

    private String time(@Nullable Instant at) {
        return at == null ? "–" : Texts.clock(at, session.now(), session.zone());
    }
}
