package io.lakebaseops.console.overview;

import io.lakebaseops.agents.health.monitoring.EvidenceReader.Found;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SmallTable;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.console.parts.TimeChart;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.state.Findings.StoredFinding;

import javafx.geometry.Pos;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The side pane with what is behind a tile, an alert or a finding.
final class EvidencePane extends VBox {
    private final ConsoleSession session;
    private final OverviewViewModel model;

    EvidencePane(ConsoleSession session, OverviewViewModel model) {
        super(12);
        this.session = session;
        this.model = model;
        setId("evidence");
        getStyleClass().add("side-pane");
        setMinWidth(400);
        setMaxWidth(400);
        model.evidenceProperty().addListener((_, _, next) -> show(next));
        show(model.evidenceProperty().get());
    }

    private void show(@Nullable EvidenceContent evidence) {
        setVisible(evidence != null);
        setManaged(evidence != null);
        getChildren().clear();
        if (evidence == null) {
            return;
        }
        var inner = new VBox(12);
        inner.getStyleClass().add("side-pane-content");
        var title =
                switch (evidence) {
                    case EvidenceContent.Figure f -> f.gauge().title();
                    case EvidenceContent.Finding f ->
                            OverviewRows.sentence(f.stored().finding().kind())
                                    + ": "
                                    + f.stored().finding().subject().display();
                };
        var heading = Nodes.wrapped(title, "pane-title");
        HBox.setHgrow(heading, Priority.ALWAYS);
        heading.setMaxWidth(Double.MAX_VALUE);
        var head =
                new HBox(
                        8,
                        heading,
                        Nodes.iconButton(Feather.X, "Close (Esc)", model::closeEvidence));
        head.setAlignment(Pos.TOP_LEFT);
        switch (evidence) {
            case EvidenceContent.Figure f -> figure(inner, f);
            case EvidenceContent.Finding f -> finding(inner, f.stored());
        }
        var scroll = new ScrollPane(inner);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(head, scroll);
    }

    private void figure(VBox to, EvidenceContent.Figure f) {
        var current = f.chart().current();
        to.getChildren().add(Nodes.label(current.toString(), "big-number"));
        to.getChildren().add(Nodes.wrapped(f.limits(), "row-sub"));
        var reason = f.reason();
        if (reason != null) {
            to.getChildren().add(Nodes.wrapped(reason, "row-sub"));
        }
        var chart = new TimeChart();
        chart.setMinHeight(160);
        chart.show(f.chart().picture());
        to.getChildren().add(chart);
        rows(to, f);
        if (!f.alerts().isEmpty()) {
            to.getChildren().add(Nodes.label("Alerts", "section"));
        }
        for (var alert : f.alerts()) {
            var over = alert.recoveredAt();
            var at = Format.clock(alert.openedAt(), session.now(), session.zone());
            var end =
                    over == null
                            ? "still open"
                            : "recovered " + Format.clock(over, session.now(), session.zone());
            var role = over == null ? Role.of(alert.severity()) : Role.MUTED;
            var text =
                    new VBox(
                            1,
                            Nodes.wrapped(alert.message(), "row-title"),
                            Nodes.label(at + " · " + end, "row-sub"));
            to.getChildren().add(new HBox(10, Nodes.icon(role.icon(), role), text));
        }
        for (var stored : f.findings()) {
            to.getChildren().add(Nodes.label("Finding", "section"));
            finding(to, stored);
        }
    }

    /// The rows behind the figure with the time they were read, and the next step.
    private void rows(VBox to, EvidenceContent.Figure f) {
        var evidence = f.gauge().watched().evidence();
        var at = Format.time(f.found().at(), session.zone());
        to.getChildren().add(Nodes.label(evidence.title() + " · " + at, "section"));
        switch (f.found()) {
            case Found.Failed failed ->
                    to.getChildren()
                            .add(Nodes.wrapped("could not be read: " + failed.reason(), "row-sub"));
            case Found.Read read -> {
                to.getChildren()
                        .add(
                                read.rows().isEmpty()
                                        ? Nodes.wrapped("none at this moment", "row-sub")
                                        : new SmallTable(read.rows(), 8));
                if (read.partly()) {
                    to.getChildren()
                            .add(
                                    Nodes.wrapped(
                                            "This login sees only its own sessions (needs"
                                                    + " pg_monitor).",
                                            "row-sub"));
                }
            }
        }
        var tool = evidence.nextTool();
        if (tool != null) {
            to.getChildren()
                    .add(
                            Nodes.button(
                                    OverviewRows.sentence(tool) + " …",
                                    () -> session.goTo(Destination.tool(tool)),
                                    "small"));
        }
    }

    private void finding(VBox to, StoredFinding stored) {
        var f = stored.finding();
        to.getChildren()
                .addAll(
                        Nodes.wrapped(f.summary(), "row-title"),
                        Nodes.wrapped(
                                "confidence "
                                        + Format.digits(f.confidence().value() * 100)
                                        + " %: "
                                        + f.confidence().reason(),
                                "row-sub"));
        for (var evidence : f.evidence()) {
            to.getChildren().add(Nodes.label(evidence.query(), "section"));
            to.getChildren().add(new SmallTable(evidence.rows(), 8));
        }
        sql(to, "The statement that would mend it", f.ddl());
        sql(to, "See for yourself", f.check());
        var acts = new HBox(8);
        planFor(stored, acts);
        acts.getChildren()
                .add(
                        Nodes.button(
                                "Ignore",
                                () -> model.ignore(f.fingerprint(), "ignored on the overview"),
                                "small"));
        to.getChildren().add(acts);
    }

    private void planFor(StoredFinding stored, HBox acts) {
        var picture = model.dataProperty().get();
        if (picture == null) {
            return;
        }
        picture.waiting().stream()
                .filter(p -> stored.finding().fingerprint().equals(p.plan().findingFingerprint()))
                .findFirst()
                .ifPresent(p -> acts.getChildren().add(review(p)));
    }

    private javafx.scene.Node review(FiledPlan plan) {
        return Nodes.button(
                "Review the plan",
                () -> session.goTo(Destination.plan(plan.id())),
                "accent",
                "small");
    }

    private static void sql(VBox to, String title, @Nullable String sql) {
        if (sql != null) {
            to.getChildren().addAll(Nodes.label(title, "section"), new SqlView(sql));
        }
    }
}
