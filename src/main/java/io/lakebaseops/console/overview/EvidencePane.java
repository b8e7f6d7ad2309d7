package io.lakebaseops.console.overview;

import io.lakebaseops.agents.health.connections.BlockingTree;
import io.lakebaseops.agents.health.monitoring.EvidenceReader.Found;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.ask.PinnedAnswers;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.ReasonForm;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.SmallTable;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.console.parts.TimeChart;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Conversations.Item;
import io.lakebaseops.state.Conversations.ItemKind;
import io.lakebaseops.state.Findings.StoredFinding;

import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What is behind a tile, an alert or a finding, in the side pane.
final class EvidencePane {
    private final PinnedAnswers pinned;
    private final ConsoleSession session;
    private final OverviewViewModel model;
    private final SidePane pane;
    private String about = "";
    // While a person fills in a form at the foot, no reading takes it away.
    private boolean asking;

    EvidencePane(ConsoleSession session, OverviewViewModel model, PinnedAnswers pinned) {
        this.pinned = pinned;
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
            asking = false;
            pane.hide();
            return;
        }
        boolean same = about(evidence).equals(about);
        if (same && typing()) {
            return;
        }
        asking &= same;
        about = about(evidence);
        var inner = new VBox(12);
        switch (evidence) {
            case EvidenceContent.Figure f -> {
                var alert = open(f);
                var role = alert == null ? Role.OK : Role.of(alert.severity());
                pane.title(
                        role, f.gauge().title(), List.of(Nodes.pill(word(role) + f.value(), role)));
                pane.note(Texts.of("as of %s", Format.time(f.found().at(), session.zone())));
                figure(inner, f);
                if (alert != null) {
                    pinned.about(new Item(ItemKind.ALERT, alert.id()));
                    inner.getChildren().add(pinned);
                }
                acts(f, alert);
            }
            case EvidenceContent.Cause c -> {
                var cause = new CausePane(c, session);
                pane.title(cause.role(), Texts.of("%s: cause", c.gauge().title()), List.of());
                pane.note(Texts.of("diagnosed %s", Format.time(c.at(), session.zone())));
                cause.fill(inner);
                pane.acts(null, cause.acts(() -> model.lookAt(c.gauge())));
            }
            case EvidenceContent.Finding f -> {
                var finding = f.stored().finding();
                var role = Role.of(finding.severity());
                pane.title(role, finding.subject().display(), List.of());
                pane.note(
                        Texts.of(
                                "%s · %s · since %s",
                                ToolWords.title(finding.kind()),
                                role.word(),
                                clock(f.stored().firstSeen())));
                finding(inner, f.stored());
                acts(f.stored());
            }
        }
        pane.content(about, List.copyOf(inner.getChildren()));
    }

    private static String word(Role role) {
        return role == Role.OK ? "" : role.word() + ", ";
    }

    private static @Nullable Alert open(EvidenceContent.Figure f) {
        return f.alerts().stream().filter(a -> a.recoveredAt() == null).findFirst().orElse(null);
    }

    /// One next step, and what can be done about the alert.
    private void acts(EvidenceContent.Figure f, @Nullable Alert alert) {
        if (asking) {
            return;
        }
        var buttons = new ArrayList<Node>();
        if (alert != null && alert.acknowledgedBy() == null) {
            buttons.add(Nodes.button(Texts.of("Acknowledge"), () -> model.acknowledge(alert)));
        }
        if (alert != null) {
            var mute = Nodes.button(Texts.of("Mute…"), () -> askMute(alert));
            mute.setId("mute");
            buttons.add(mute);
        }
        var cause =
                Nodes.button(
                        Texts.of("Find the cause"),
                        () -> model.findCause(f.gauge(), alert != null));
        cause.setId("find-cause");
        buttons.add(cause);
        var tool = f.gauge().watched().evidence().nextTool();
        if (tool != null) {
            buttons.add(
                    Nodes.button(
                            ToolWords.title(tool) + "…",
                            () -> session.goTo(Destination.tool(tool)),
                            "accent"));
        }
        pane.acts(null, buttons);
    }

    void askMute(Alert alert) {
        var form =
                new ReasonForm(
                        "mute-form",
                        Texts.of(
                                "Mutes the alert of %s alone. Automatic repair goes on.",
                                alert.subject().display()),
                        Texts.of("Mute"),
                        List.of(in("1 h", 1), in("4 h", 4), in("24 h", 24), in("7 d", 168)),
                        (why, until) -> {
                            asking = false;
                            model.mute(alert, Objects.requireNonNull(until), why);
                            again();
                        },
                        this::again);
        ask(form);
    }

    private ReasonForm.Choice in(String words, int hours) {
        return new ReasonForm.Choice(words, session.now().plus(Duration.ofHours(hours)));
    }

    private void ask(ReasonForm form) {
        asking = true;
        pane.acts(form, List.of());
        form.begin();
    }

    /// The acts as they were before something was asked.
    private void again() {
        asking = false;
        pane.requestFocus();
        show(model.evidenceProperty().get());
    }

    private void acts(StoredFinding stored) {
        if (asking) {
            return;
        }
        var ignore = Nodes.button(Texts.of("Ignore…"), () -> askIgnore(stored));
        ignore.setId("ignore");
        var buttons = new ArrayList<Node>(List.of(ignore));
        if (stored.finding().subject().type().equals("index")) {
            buttons.add(
                    Nodes.button(
                            Messages.of("overview.open.indexes"),
                            () ->
                                    session.goTo(
                                            Destination.indexFinding(
                                                    stored.finding().fingerprint()))));
        }
        var picture = model.dataProperty().get();
        var plan =
                picture == null
                        ? null
                        : picture.lists().plans().get(stored.finding().fingerprint());
        if (plan != null) {
            buttons.add(
                    Nodes.button(
                            Texts.of("Review the plan"),
                            () -> session.goTo(Destination.plan(plan)),
                            "accent"));
        }
        pane.acts(
                plan == null ? Nodes.wrapped(Messages.of("overview.no.plan"), "row-sub") : null,
                buttons);
    }

    private void askIgnore(StoredFinding stored) {
        ask(
                new ReasonForm(
                        "ignore-form",
                        Texts.of("Nothing is planned for it until then, unless it gets worse."),
                        Texts.of("Ignore"),
                        List.of(
                                in("7 d", 7 * 24),
                                in("30 d", 30 * 24),
                                in("90 d", 90 * 24),
                                new ReasonForm.Choice(Texts.of("for good"), null)),
                        (why, until) -> {
                            asking = false;
                            model.ignore(stored.finding().fingerprint(), why, until);
                        },
                        this::again));
    }

    /// What the pane is about, the same for each reading of it.
    private static String about(EvidenceContent evidence) {
        return switch (evidence) {
            case EvidenceContent.Figure f -> f.gauge().title();
            case EvidenceContent.Cause c -> c.gauge().title() + " " + c.at();
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
            to.getChildren().add(Nodes.label(Texts.of("Alerts"), "section"));
        }
        for (var alert : f.alerts()) {
            var over = alert.recoveredAt();
            var at = Texts.clock(alert.openedAt(), session.now(), session.zone());
            var end =
                    over == null
                            ? Texts.of("still open")
                            : Texts.of(
                                    "recovered %s",
                                    Texts.clock(over, session.now(), session.zone()));
            var role = over == null ? Role.of(alert.severity()) : Role.MUTED;
            var text =
                    new VBox(
                            1,
                            Nodes.wrapped(alert.message(), "row-title"),
                            Nodes.label(at + " · " + end, "row-sub"));
            AlertMessages.lines(f.messages(), alert, this::clock)
                    .forEach(line -> text.getChildren().add(Nodes.wrapped(line, "row-sub")));
            to.getChildren().add(new HBox(10, Nodes.icon(role.icon(), role), text));
        }
        for (var stored : f.findings()) {
            to.getChildren().add(Nodes.label(Texts.of("Finding"), "section"));
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
                            .add(
                                    Nodes.wrapped(
                                            Texts.of("could not be read: %s", failed.reason()),
                                            "row-sub"));
            case Found.Read read -> {
                to.getChildren().add(shown(read.rows()));
                if (read.partly()) {
                    to.getChildren()
                            .add(
                                    Nodes.wrapped(
                                            Texts.of(
                                                    "This login sees only its own sessions (needs pg_monitor)."),
                                            "row-sub"));
                }
            }
        }
    }

    /// Who waits for whom is a tree; all else a table.
    private static Node shown(Rows rows) {
        if (rows.isEmpty()) {
            return Nodes.wrapped(Texts.of("none at this moment"), "row-sub");
        }
        return rows.list().getFirst().containsKey("blocked_by")
                ? new BlockingPicture(BlockingTree.of(rows))
                : new SmallTable(rows, 8);
    }

    private void finding(VBox to, StoredFinding stored) {
        var f = stored.finding();
        to.getChildren()
                .addAll(
                        Nodes.wrapped(f.summary(), "row-title"),
                        Nodes.wrapped(
                                Texts.of(
                                        "confidence %s %%: %s",
                                        Format.digits(f.confidence().value() * 100),
                                        f.confidence().reason()),
                                "row-sub"));
        for (var evidence : f.evidence()) {
            to.getChildren().add(Nodes.label(Texts.of("Source: %s", evidence.query()), "section"));
            to.getChildren().add(new SmallTable(evidence.rows(), 8));
        }
        sql(to, Texts.of("Fix"), f.ddl());
        sql(to, Texts.of("See for yourself"), f.check());
    }

    private String clock(Instant at) {
        return Texts.clock(at, session.now(), session.zone());
    }

    private static void sql(VBox to, String title, @Nullable String sql) {
        if (sql != null) {
            to.getChildren().addAll(Nodes.label(title, "section"), new SqlView(sql));
        }
    }
}
