package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.DetectMissingIndexes;
import io.lakebaseops.agents.performance.indexes.IndexPlanning;
import io.lakebaseops.agents.performance.indexes.WhatIf;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SmallTable;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.state.DropCertificate;
import io.lakebaseops.state.DropCertificate.Change;
import io.lakebaseops.state.IndexAdvice;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the planner twin says of the index of a finding: the drop certificate, or the costs with an
/// index that is not there; and the button that asks it.
final class TwinWords {
    private static final int ROWS = 6;

    private final IndexesViewModel model;

    TwinWords(IndexesViewModel model) {
        this.model = model;
    }

    List<Node> of(FindingDetail detail) {
        var line = detail.line();
        if (!IndexPlanning.answers(line.finding().kind()) || line.ignored() != null) {
            return List.of();
        }
        boolean build = line.finding().kind().equals(DetectMissingIndexes.KIND);
        var answer = detail.planned();
        var nodes = new ArrayList<Node>();
        if (answer == null && detail.certified() != null) {
            kept(detail.certified(), nodes);
            nodes.add(new HBox(button(line, "indexes.twin.again")));
            return nodes;
        }
        if (answer == null) {
            nodes.add(
                    Nodes.wrapped(
                            Messages.of(
                                    build ? "indexes.twin.says.build" : "indexes.twin.says.drop"),
                            "row-sub"));
            nodes.add(new HBox(button(line, build ? "indexes.twin.build" : "indexes.twin.drop")));
            return nodes;
        }
        var certificate = answer.certificate();
        var trial = answer.trial();
        if (certificate != null) {
            certificate(certificate, nodes);
        } else if (trial != null) {
            trial(trial, nodes);
        } else {
            nodes.add(
                    FindingContent.box(
                            Role.WARNING,
                            Messages.of("indexes.twin.none"),
                            String.join(" ", answer.caveats())));
        }
        if (certificate != null || trial != null) {
            answer.caveats().forEach(c -> nodes.add(Nodes.wrapped(c, "row-sub")));
        }
        var delete = Nodes.button(Messages.of("indexes.twin.delete"), model::forgetTwin);
        delete.setId("delete-twin");
        nodes.add(new HBox(8, button(line, "indexes.twin.again"), delete));
        return nodes;
    }

    private Node button(FindingLine line, String words) {
        var button = Nodes.button(Messages.of(words), () -> model.planInTwin(line));
        button.setId("plan-in-twin");
        button.setDisable(model.workingProperty().get());
        return button;
    }

    /// With its age; one that holds no longer is told as such and not shown as a proof.
    private void kept(IndexAdvice.Certified kept, List<Node> nodes) {
        var age = Format.ago(kept.certificate().at(), model.now());
        if (kept.voided() == null) {
            nodes.add(Nodes.wrapped(Messages.of("indexes.certificate.age", age), "row-sub"));
            certificate(kept.certificate(), nodes);
        } else {
            nodes.add(
                    FindingContent.box(
                            Role.WARNING,
                            Messages.of("indexes.certificate.void"),
                            Messages.of(
                                    "indexes.certificate.void.why",
                                    age,
                                    words(kept.certificate().grade()),
                                    kept.voided())));
        }
    }

    private static void certificate(DropCertificate c, List<Node> nodes) {
        nodes.add(FindingContent.box(role(c.grade()), c.verdict(), told(c)));
        nodes.add(section("indexes.twin.changes"));
        if (c.changes().isEmpty()) {
            nodes.add(Nodes.wrapped(Messages.of("indexes.twin.nothing"), "row-sub"));
        } else {
            nodes.add(
                    new SmallTable(
                            new Rows(worst(c.changes()).stream().map(TwinWords::row).toList()),
                            ROWS));
        }
        c.gaps().stream()
                .limit(ROWS)
                .forEach(
                        g ->
                                nodes.add(
                                        point(
                                                Feather.MINUS_CIRCLE,
                                                Role.MUTED,
                                                g.statement() + ": " + g.why())));
        if (!c.reasons().isEmpty()) {
            nodes.add(section("indexes.twin.against"));
            c.reasons().forEach(r -> nodes.add(point(Feather.ALERT_TRIANGLE, Role.WARNING, r)));
        }
        nodes.add(section("indexes.twin.checked"));
        c.checks().forEach(t -> nodes.add(point(Feather.CHECK, Role.OK, t)));
        nodes.add(Nodes.wrapped(c.origin(), "row-sub"));
    }

    /// One of each statement: they come with the largest loss first.
    private static List<Change> worst(List<Change> changes) {
        var first = new LinkedHashMap<String, Change>();
        changes.forEach(c -> first.putIfAbsent(c.statement(), c));
        return List.copyOf(first.values());
    }

    static Role role(DropCertificate.Grade grade) {
        return switch (grade) {
            case PROVEN -> Role.OK;
            case CHECK_THE_CODE -> Role.INFO;
            case INCONCLUSIVE -> Role.WARNING;
            case NEEDED -> Role.CRITICAL;
        };
    }

    private static String told(DropCertificate c) {
        return Texts.of(
                "%s: %s planned again without it; of %s on the table %s, %s%s.",
                words(c.grade()),
                Texts.count(c.statements(), "known statement"),
                Format.grouped(c.concerned()),
                c.kept() == 1
                        ? Texts.of("1 keeps its plan")
                        : Texts.of("%s keep their plan", Format.grouped(c.kept())),
                Texts.of("%s change it", Format.grouped(worst(c.changes()).size())),
                c.gaps().isEmpty()
                        ? ""
                        : Texts.of(", %s not known", Format.grouped(c.gaps().size())));
    }

    static String words(DropCertificate.Grade grade) {
        return switch (grade) {
            case PROVEN -> Texts.of("Proven");
            case CHECK_THE_CODE -> Texts.of("Needs a look at the code");
            case INCONCLUSIVE -> Texts.of("Inconclusive");
            case NEEDED -> Texts.of("Needed");
        };
    }

    private static Map<String, @Nullable Object> row(Change change) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put(
                "statement",
                change.values() == null
                        ? change.statement()
                        : change.statement() + " · " + change.values());
        row.put("now", change.before());
        row.put("without", change.after());
        row.put("change", percent(change.before(), change.after()));
        return row;
    }

    static String percent(double before, @Nullable Double after) {
        if (after == null) {
            return Texts.of("no plan");
        }
        double share = (after - before) / Math.max(1e-9, before);
        return "%+.1f %%".formatted(100 * share);
    }

    private static void trial(WhatIf trial, List<Node> nodes) {
        nodes.add(section("indexes.twin.with"));
        nodes.add(
                new SmallTable(
                        new Rows(trial.statements().stream().map(TwinWords::row).toList()), ROWS));
        trial.statements().stream()
                .filter(s -> !s.values().isEmpty())
                .limit(ROWS)
                .forEach(
                        s ->
                                nodes.add(
                                        point(
                                                Feather.SHUFFLE,
                                                Role.INFO,
                                                Texts.of(
                                                        "Another plan for %s: %s",
                                                        String.join(", ", s.values()),
                                                        s.statement()))));
        if (!trial.others().isEmpty()) {
            nodes.add(section("indexes.twin.variants"));
            for (var other : trial.others()) {
                nodes.add(
                        Nodes.wrapped(
                                Texts.of(
                                        "%s, about %s: %s",
                                        other.kind(),
                                        Format.size(other.bytes()),
                                        Format.percent(other.after())),
                                "row-sub"));
                nodes.add(new SqlView(other.definition()));
            }
        }
        nodes.add(Nodes.wrapped(trial.origin(), "row-sub"));
    }

    private static Map<String, @Nullable Object> row(WhatIf.Statement s) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("statement", s.statement());
        row.put("without", s.before());
        row.put("with_it", s.after());
        row.put("change", s.used() ? percent(s.before(), s.after()) : Texts.of("not taken"));
        return row;
    }

    private static Node section(String key) {
        return Nodes.label(Messages.of(key), "strong-quiet");
    }

    private static Node point(Feather icon, Role role, String text) {
        var words = Nodes.wrapped(text, "small-cell");
        HBox.setHgrow(words, Priority.ALWAYS);
        return new HBox(8, Nodes.icon(icon, role), words);
    }
}
