package io.lakebaseops.console.settings;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.settings.Decision.Kind;
import io.lakebaseops.console.settings.SettingsViewModel.Opened;

import javafx.animation.PauseTransition;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// What people decided not to hear about: muted alerts, ignored findings, plans that were kept off.
final class DecisionsCard extends VBox {
    private static final java.time.Duration WEEK = java.time.Duration.ofDays(7);

    /// A page; the filter finds the rest.
    private static final int SHOWN = 40;

    private enum Which {
        ALL(Texts.of("All")),
        MUTED(Texts.of("Muted")),
        IGNORED(Texts.of("Ignored")),
        KEPT(Texts.of("Kept")),
        THIS_WEEK(Texts.of("Ending this week"));

        private final String word;

        Which(String word) {
            this.word = word;
        }
    }

    private final ConsoleSession session;
    private final SettingsViewModel model;
    private final GridPane grid = new GridPane();
    private final Label number = Nodes.pill("0", Role.MUTED);
    private final Segments<Which> which = new Segments<>();
    private final TextField filter = new TextField();
    private final Label none = Nodes.wrapped("", "row-sub");
    private final HBox undo;
    private final Label undone = Nodes.label("", "banner-text");
    private Which listed = Which.ALL;
    private List<Decision> all = List.of();

    DecisionsCard(ConsoleSession session, SettingsViewModel model) {
        this.session = session;
        this.model = model;
        getStyleClass().addAll("card", "settings-card");
        for (var w : Which.values()) {
            which.add(w, w.word, "decisions-" + w.name().toLowerCase(Locale.ROOT));
        }
        which.select(listed);
        which.onChoice(
                w -> {
                    listed = w;
                    redraw();
                });
        filter.setPromptText(Texts.of("What, why or who"));
        filter.setAccessibleText(Texts.of("Filter decisions"));
        filter.setId("decisions-filter");
        filter.getStyleClass().add("filter");
        filter.setPrefWidth(130);
        filter.textProperty().addListener((_, _, _) -> redraw());
        columns();
        var back = Nodes.button(Texts.of("Undo"), model.decisions()::undo, "small");
        back.setId("undo-decision");
        undo =
                new HBox(
                        10,
                        Nodes.icon(Feather.ROTATE_CCW, Role.INFO),
                        undone,
                        Nodes.spacer(),
                        back);
        undo.getStyleClass().addAll("banner", Role.INFO.css());
        undo.setId("decision-ended");
        undo.managedProperty().bind(undo.visibleProperty());
        undo.setVisible(false);
        none.setId("no-decision");
        getChildren()
                .addAll(
                        Nodes.row(
                                FactCards.title(Texts.of("Decisions kept")),
                                number,
                                Nodes.spacer(),
                                filter,
                                which),
                        undo,
                        none,
                        grid,
                        Nodes.wrapped(
                                Texts.of(
                                        "Each comes back when its date passes or its evidence changes."),
                                "card-note"));
        model.decisions().endedProperty().addListener((_, _, e) -> showUndo(e));
    }

    private void columns() {
        grid.getStyleClass().add("decision-grid");
        double[] least = {76, 120, 90, 44, 44, 60, 70};
        for (int i = 0; i < least.length; i++) {
            var column = new ColumnConstraints();
            column.setMinWidth(least[i]);
            column.setHgrow(i == 1 || i == 2 ? Priority.ALWAYS : Priority.NEVER);
            column.setHalignment(i == least.length - 1 ? HPos.RIGHT : HPos.LEFT);
            if (i == 1 || i == 2) {
                column.setPrefWidth(i == 1 ? 230 : 170);
            }
            grid.getColumnConstraints().add(column);
        }
    }

    private void showUndo(DecisionsModel.@Nullable Ended ended) {
        undo.setVisible(ended != null);
        if (ended == null) {
            return;
        }
        undone.setText(ended.decision().kind().act() + ": " + ended.decision().what());
        var left = java.time.Duration.between(session.now(), ended.until());
        var pause = new PauseTransition(Duration.millis(Math.max(1, left.toMillis())));
        pause.setOnFinished(_ -> model.decisions().forget(ended));
        pause.play();
    }

    void show(SettingsSnapshot picture) {
        if (picture.decisions().equals(all) && !grid.getChildren().isEmpty()) {
            return;
        }
        all = picture.decisions();
        redraw();
    }

    private void redraw() {
        number.setText(Integer.toString(all.size()));
        var shown = all.stream().filter(this::listed).toList();
        grid.getChildren().clear();
        String[] heads = {
            Texts.of("Kind"),
            Texts.of("What"),
            Texts.of("Reason"),
            Texts.of("By"),
            Texts.of("Since"),
            Texts.of("Until"),
            ""
        };
        for (int i = 0; i < heads.length && !shown.isEmpty(); i++) {
            grid.add(Nodes.label(heads[i], "small-head"), i, 0);
        }
        int at = 1;
        for (var d : shown.subList(0, Math.min(SHOWN, shown.size()))) {
            row(d, at++);
        }
        none.setText(
                all.isEmpty()
                        ? Texts.of("No decision is kept.")
                        : shown.isEmpty()
                                ? Texts.of("None of %s fits the filter.", all.size())
                                : shown.size() > SHOWN
                                        ? Texts.of("%s of %s are shown.", SHOWN, shown.size())
                                        : "");
        none.setVisible(!none.getText().isEmpty());
        none.setManaged(none.isVisible());
    }

    private boolean listed(Decision d) {
        boolean kind =
                switch (listed) {
                    case ALL -> true;
                    case MUTED -> d.kind() == Kind.MUTED;
                    case IGNORED -> d.kind() == Kind.IGNORED;
                    case KEPT -> d.kind() == Kind.KEPT;
                    case THIS_WEEK -> {
                        var until = d.until();
                        yield until != null && until.isBefore(session.now().plus(WEEK));
                    }
                };
        var text = (d.what() + " " + d.reason() + " " + d.by()).toLowerCase(Locale.ROOT);
        return kind && text.contains(filter.getText().toLowerCase(Locale.ROOT).strip());
    }

    private void row(Decision d, int at) {
        var kind = Nodes.label(d.kind().word(), "row-title");
        kind.setGraphic(Nodes.icon(icon(d.kind()), Role.MUTED));
        kind.setMinWidth(Region.USE_PREF_SIZE);
        grid.add(kind, 0, at);
        var what = Nodes.button(d.what(), () -> model.open(new Opened.Kept(d)), "plain-link");
        what.setMinWidth(0);
        grid.add(what, 1, at);
        grid.add(quiet(d.reason()), 2, at);
        grid.add(quiet(session.named(d.by())), 3, at);
        grid.add(quiet(time(d.since())), 4, at);
        var until = Nodes.label(until(d), "row-title");
        var end = d.until();
        if (end != null && end.isBefore(session.now().plus(java.time.Duration.ofDays(1)))) {
            Nodes.role(until, Role.WARNING);
        }
        grid.add(until, 5, at);
        var act = Nodes.button(d.kind().act(), () -> model.decisions().end(d), "link");
        act.setId("end-" + at);
        act.setAccessibleText(d.kind().act() + ": " + d.what());
        grid.add(act, 6, at);
    }

    private static Label quiet(String text) {
        var label = Nodes.label(text, "row-sub");
        label.setMinWidth(0);
        return label;
    }

    String until(Decision d) {
        return d.until() == null ? Texts.of("for good") : time(d.until());
    }

    private String time(@Nullable Instant at) {
        return at == null ? "–" : Texts.clock(at, session.now(), session.zone());
    }

    static Feather icon(Kind kind) {
        return switch (kind) {
            case MUTED -> Feather.BELL_OFF;
            case IGNORED -> Feather.EYE_OFF;
            case KEPT -> Feather.SHIELD;
        };
    }
}
