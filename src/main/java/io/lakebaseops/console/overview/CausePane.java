package io.lakebaseops.console.overview;

import io.lakebaseops.agents.health.diagnosis.Hypothesis;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.List;

/// A diagnosis as one reads it aloud: the cause, since when, what speaks for and against it, what
/// to do now and what to do so that it does not come back.
final class CausePane {
    private final EvidenceContent.Cause shown;
    private final ConsoleSession session;

    CausePane(EvidenceContent.Cause shown, ConsoleSession session) {
        this.shown = shown;
        this.session = session;
    }

    Role role() {
        var answer = shown.answer();
        if (answer == null) {
            return Role.MUTED;
        }
        return switch (answer.verdict()) {
            case "healthy", "not_significant" -> Role.OK;
            case "cause" -> Role.WARNING;
            default -> Role.MUTED;
        };
    }

    void fill(VBox to) {
        var answer = shown.answer();
        if (answer != null) {
            to.getChildren().add(Nodes.wrapped(answer.answer(), "row-title"));
            answer.causes().forEach(h -> add(to, h));
            if (!answer.beside().isEmpty()) {
                to.getChildren()
                        .add(Nodes.label(Texts.of("Seen beside it, not the cause"), "section"));
                answer.beside().forEach(h -> to.getChildren().add(brief(h)));
            }
            if (!answer.ruledOut().isEmpty()) {
                to.getChildren().add(Nodes.label(Texts.of("Considered"), "section"));
                lines(to, answer.ruledOut());
            }
        }
        if (!shown.gaps().isEmpty()) {
            to.getChildren().add(Nodes.label(Texts.of("Not known"), "section"));
            lines(to, shown.gaps());
        }
    }

    /// @param figure shows what the diagnosis is about
    List<Node> acts(Runnable figure) {
        var acts = new ArrayList<Node>();
        acts.add(Nodes.button(Texts.of("Back to the figure"), figure));
        var answer = shown.answer();
        if (answer != null && answer.causes().stream().anyMatch(h -> h.repair() != null)) {
            acts.add(
                    Nodes.button(
                            Texts.of("Plan the repair…"),
                            () -> session.goTo(Destination.tool("self_heal")),
                            "accent"));
        }
        return acts;
    }

    private void add(VBox to, Hypothesis h) {
        var head =
                new HBox(
                        8,
                        Nodes.wrapped(h.title(), "card-title"),
                        Nodes.spacer(),
                        Nodes.pill(Math.round(h.confidence() * 100) + " %", Role.WARNING));
        var facts = new Facts();
        if (h.since() != null) {
            facts.add(Texts.of("Since"), Texts.clock(h.since(), session.now(), session.zone()));
        }
        h.evidence()
                .forEach(
                        e ->
                                facts.add(
                                        e.equals(h.evidence().getFirst()) ? Texts.of("For") : "",
                                        e));
        h.against()
                .forEach(
                        e ->
                                facts.add(
                                        e.equals(h.against().getFirst()) ? Texts.of("Against") : "",
                                        e,
                                        Role.MUTED));
        facts.add(Texts.of("Now"), h.now());
        facts.add(Texts.of("Lasting"), h.lasting());
        to.getChildren().add(new VBox(6, head, facts));
    }

    private static Node brief(Hypothesis h) {
        var words = h.against().isEmpty() ? h.evidence().getFirst() : h.against().getFirst();
        return new VBox(1, Nodes.wrapped(h.title(), "row-title"), Nodes.wrapped(words, "row-sub"));
    }

    private static void lines(VBox to, List<String> lines) {
        lines.forEach(l -> to.getChildren().add(Nodes.wrapped(l, "row-sub")));
    }
}
