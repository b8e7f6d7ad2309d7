package io.lakebaseops.console.overview;

import io.lakebaseops.agents.health.monitoring.EvidenceReader.Found;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.SmallTable;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.console.parts.TimeChart;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.state.Findings.StoredFinding;

import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is behind a tile, an alert or a finding, in the side pane.
final class EvidencePane {
    private final ConsoleSession session;
    private final OverviewViewModel model;
    private final SidePane pane;
    private String about = "";

    EvidencePane(ConsoleSession session, OverviewViewModel model) {
        this.session = session;
        this.model = model;
        pane = new SidePane("evidence", model::closeEvidence);
        model.evidenceProperty().addListener((_, _, next) -> show(next));
        show(model.evidenceProperty().get());
    }

    SidePane node() {
        return pane;
    }

    private void show(@Nullable EvidenceContent evidence) {
        if (evidence == null) {
            about = "";
            pane.hide();
            return;
        }
        boolean same = about(evidence).equals(about);
        if (same && typing()) {
            return;
        }
        about = about(evidence);
        var inner = new VBox(12);
        switch (evidence) {
            case EvidenceContent.Figure f -> {
                pane.title(null, f.gauge().title(), List.of());
                figure(inner, f);
            }
            case EvidenceContent.Finding f -> {
                var finding = f.stored().finding();
                pane.title(
                        Role.of(finding.severity()),
                        OverviewRows.sentence(finding.kind()) + ": " + finding.subject().display(),
                        List.of());
                finding(inner, f.stored());
            }
        }
        pane.content(about, List.copyOf(inner.getChildren()));
    }

    /// What the pane is about, the same for each reading of it.
    private static String about(EvidenceContent evidence) {
        return switch (evidence) {
            case EvidenceContent.Figure f -> f.gauge().title();
            case EvidenceContent.Finding f -> f.stored().finding().fingerprint();
        };
    }

    private boolean typing() {
        var owner = pane.getScene() == null ? null : pane.getScene().getFocusOwner();
        for (Node node = owner; node != null; node = node.getParent()) {
            if (node == pane) {
                return owner instanceof TextField;
            }
        }
        return false;
    }

    private void figure(VBox to, EvidenceContent.Figure f) {
        to.getChildren().add(Nodes.label(f.value(), "big-number"));
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
        var why = new TextField();
        why.setId("ignore-reason");
        why.setPromptText("Why it may be ignored");
        HBox.setHgrow(why, Priority.ALWAYS);
        var ignore =
                Nodes.button(
                        "Ignore for 7 days",
                        () -> model.ignore(f.fingerprint(), why.getText().strip()),
                        "small");
        ignore.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> why.getText().isBlank(), why.textProperty()));
        to.getChildren().addAll(acts, new HBox(8, why, ignore));
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

    private Node review(FiledPlan plan) {
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
