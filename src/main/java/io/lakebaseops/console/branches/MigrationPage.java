package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.migration.MigrationTestBoard.Test;
import io.lakebaseops.agents.provisioning.migration.MigrationTestStages;
import io.lakebaseops.agents.provisioning.migration.MigrationTestStages.Stage;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.fx.FxTicker;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowList;
import io.lakebaseops.console.parts.Steps;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.Format;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One migration test: its nine steps while they run, the locks each statement took, statements
/// that got slower, the schema diff, and the plans that apply it.
final class MigrationPage extends HBox {
    private static final double NARROW = 820;
    private static final double WIDEST = 340;
    private static final Duration TICK = Duration.ofMillis(300);

    private final ConsoleSession session;
    private final MigrationModel model;
    private final VerdictLine verdict = new VerdictLine();
    private final Label about = Nodes.label("", "row-sub");
    private final Label started = Nodes.label("", "row-sub");
    private final MigrationStart form;
    private final Steps steps = new Steps();
    private final Label output = Nodes.wrapped("", "row-sub");
    private final LockTable locks = new LockTable(this::locked);
    private final Label lockSays = Nodes.wrapped("", "row-sub");
    private final RowList statements = new RowList();
    private final SchemaDiffCards cards = new SchemaDiffCards();
    private final Label failure = Nodes.wrapped("", "banner-text");
    private final VBox result;
    private final HBox failed;
    private final MigrationPane pane;
    private final FxTicker ticking;
    private @Nullable Instant drawn;
    private int chosen;

    MigrationPage(ConsoleSession session, BranchesViewModel branches) {
        this.session = session;
        model = branches.migration();
        pane = new MigrationPane(session, branches, cards.selectedProperty());
        form = new MigrationStart(branches);
        setId("migration-page");
        getStyleClass().add("screen");
        managedProperty().bind(visibleProperty());
        verdict.setId("migration-verdict");
        failure.setId("migration-failure");
        started.setMinWidth(USE_PREF_SIZE);
        about.setMinWidth(0);
        var cancel = Nodes.button(Texts.of("Cancel test"), model::cancel, "small");
        cancel.setId("cancel-migration");
        var again = Nodes.button(Texts.of("Test another"), model::again, "small");
        again.setId("test-again");
        var crumbs =
                Nodes.row(
                        SchemaDiffPage.back(branches),
                        about,
                        Nodes.spacer(),
                        started,
                        cancel,
                        again);
        failed = new HBox(10, Nodes.icon(Role.CRITICAL.icon(), Role.CRITICAL), failure);
        failed.getStyleClass().addAll("banner", Role.CRITICAL.css());
        failed.managedProperty().bind(failed.visibleProperty());
        result = new VBox(10, stepsCard(), middle(), cards);
        result.managedProperty().bind(result.visibleProperty());
        VBox.setVgrow(cards, Priority.ALWAYS);
        VBox.setVgrow(result, Priority.ALWAYS);
        form.managedProperty().bind(form.visibleProperty());
        var content = new VBox(10, crumbs, verdict, failed, form, result);
        content.getStyleClass().add("screen-content");
        content.setMinWidth(0);
        var scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        HBox.setHgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(scroll, pane.node());
        model.testProperty().addListener((_, _, _) -> show());
        model.formProperty().addListener((_, _, _) -> form.show());
        model.failureProperty().addListener((_, _, _) -> show());
        model.appliedProperty().addListener((_, _, _) -> pane.show());
        model.openProperty().addListener((_, _, _) -> show());
        ticking = new FxTicker(TICK, this::tick);
        visibleProperty()
                .addListener(
                        (_, _, on) -> {
                            if (on) {
                                ticking.start();
                            } else {
                                ticking.stop();
                            }
                        });
        cancel.visibleProperty().bind(model.testProperty().map(Test::running).orElse(false));
        cancel.managedProperty().bind(cancel.visibleProperty());
        again.visibleProperty().bind(model.testProperty().map(t -> !t.running()).orElse(false));
        again.managedProperty().bind(again.visibleProperty());
    }

    private Node stepsCard() {
        steps.setId("migration-steps");
        output.setId("step-output");
        var card = new VBox(8, steps, output);
        card.getStyleClass().addAll("card", "pane-card");
        card.setMinHeight(USE_PREF_SIZE);
        return card;
    }

    private Node middle() {
        lockSays.setId("lock-says");
        var xray =
                new VBox(
                        6,
                        Nodes.row(
                                Nodes.label(Texts.of("Lock X-ray"), "card-title"),
                                locks.node().takeBar()),
                        locks.node(),
                        lockSays);
        xray.getStyleClass().addAll("card", "table-card");
        VBox.setVgrow(locks.node(), Priority.ALWAYS);
        HBox.setHgrow(xray, Priority.ALWAYS);
        xray.setMinWidth(0);
        statements.setId("migration-statements");
        statements.setAccessibleText(Texts.of("Statements before and after"));
        VBox.setVgrow(statements, Priority.ALWAYS);
        var right = new VBox(6, Nodes.label(Texts.of("Statements"), "card-title"), statements);
        right.getStyleClass().addAll("card", "table-card");
        right.setMinWidth(210);
        right.setPrefWidth(290);
        right.setMaxWidth(WIDEST);
        var middle = new HBox(10, xray, right);
        middle.setMinHeight(250);
        middle.setPrefHeight(320);
        VBox.setVgrow(middle, Priority.ALWAYS);
        middle.widthProperty()
                .addListener((_, _, w) -> stack(middle, right, w.doubleValue() < NARROW));
        return middle;
    }

    /// How many statements would wait is never cut: where there is little room the statements that
    /// changed stand below the locks.
    private void stack(HBox middle, VBox right, boolean narrow) {
        if (narrow != middle.getChildren().contains(right)) {
            return;
        }
        right.setMaxWidth(narrow ? Double.MAX_VALUE : WIDEST);
        right.setMinHeight(narrow ? 160 : USE_COMPUTED_SIZE);
        if (narrow) {
            middle.getChildren().remove(right);
            result.getChildren().add(result.getChildren().indexOf(middle) + 1, right);
        } else {
            result.getChildren().remove(right);
            middle.getChildren().add(right);
        }
    }

    private void tick() {
        model.tick();
        if (model.running()) {
            showSteps(model.testProperty().get());
        }
    }

    private void locked(LockTable.@Nullable Line line) {
        lockSays.setText(line == null ? "" : LockTable.words(line));
    }

    private void show() {
        var test = model.testProperty().get();
        var wrong = model.failureProperty().get();
        failure.setText(wrong);
        failed.setVisible(!wrong.isEmpty());
        form.setVisible(test == null);
        result.setVisible(test != null);
        verdict.setVisible(test != null);
        verdict.setManaged(test != null);
        if (test == null) {
            about.setText(Texts.of("Migration test"));
            started.setText("");
            form.show();
            pane.show();
            return;
        }
        about.setText(
                Texts.of(
                        "Migration test of PR %d, %s",
                        test.input().pr(),
                        String.join(
                                ", ",
                                test.input().files().stream().map(MigrationPage::leaf).toList())));
        started.setText(Texts.of("started %s", Format.time(test.startedAt(), session.zone())));
        showSteps(test);
        showResult(test);
        pane.show();
    }

    private static String leaf(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private void showResult(Test test) {
        var done = test.output();
        if (done == null) {
            drawn = null;
            locks.show(List.of(), test.input().lockLimit());
            locked(null);
            statements.show(List.of());
            statements.placeholder(
                    test.running()
                            ? Texts.of("Measured after the statements are applied")
                            : Texts.of("Not measured"));
            cards.show(test.input().source(), "ci-pr-" + test.input().pr(), List.of());
            return;
        }
        if (test.startedAt().equals(drawn)) {
            return;
        }
        drawn = test.startedAt();
        chosen = 0;
        locks.show(done.locks(), test.input().lockLimit());
        locks.selectWorst();
        statements.placeholder(Texts.of("No statement of the workload could be replayed"));
        statements.show(StatementRows.of(done.queries()));
        cards.show(test.input().source(), done.branch(), done.schema());
    }

    private void showSteps(@Nullable Test test) {
        if (test == null) {
            return;
        }
        var now = session.now();
        var said = MigrationVerdict.of(test, now);
        verdict.say(said.role(), said.sentence(), said.strong().toArray(String[]::new));
        var stages = stages(test);
        var list = new ArrayList<Steps.Step>();
        for (int i = 0; i < MigrationTestStages.NAMES.size(); i++) {
            int number = i + 1;
            var stage = stages.stream().filter(s -> s.number() == number).findFirst().orElse(null);
            list.add(step(number, stage, test, now));
        }
        steps.show(list);
        var text =
                stages.stream()
                        .filter(s -> s.number() == shownStep(test))
                        .findFirst()
                        .map(s -> "%d %s: %s".formatted(s.number(), s.name(), s.output()))
                        .orElse(test.running() ? Texts.of("Step %d runs", test.current()) : "");
        output.setText(shortened(text));
    }

    private static List<Stage> stages(Test test) {
        var done = test.output();
        return done == null ? test.stages() : done.steps();
    }

    /// The one chosen by its number, else the one that failed, else the last.
    private int shownStep(Test test) {
        if (chosen > 0) {
            return chosen;
        }
        return stages(test).stream()
                .filter(s -> s.state() == MigrationTestStages.State.FAILED)
                .map(Stage::number)
                .findFirst()
                .orElse(stages(test).size());
    }

    private static String shortened(String text) {
        return text.lines().count() > 6
                ? String.join("\n", text.lines().limit(6).toList()) + "\n…"
                : text;
    }

    private static Steps.Step step(int number, @Nullable Stage stage, Test test, Instant now) {
        var name = name(number);
        if (stage == null) {
            boolean runs = test.running() && test.current() == number;
            return new Steps.Step(
                    name,
                    runs ? Format.briefly(Duration.between(test.since(), now)) : "–",
                    runs ? Steps.State.RUNNING : Steps.State.COMING);
        }
        var took = stage.took().isZero() ? "" : Format.duration(stage.took());
        return switch (stage.state()) {
            case DONE -> new Steps.Step(name, took, Steps.State.DONE);
            case PROVIDED -> new Steps.Step(name, "#" + test.input().pr(), Steps.State.DONE);
            case FAILED -> new Steps.Step(name, took, Steps.State.FAILED);
            case WAITS -> new Steps.Step(name, Texts.of("on merge"), Steps.State.COMING);
            case NOT_RUN -> new Steps.Step(name, Texts.of("not run"), Steps.State.COMING);
        };
    }

    /// As short as nine beside each other have to be.
    private static String name(int number) {
        return switch (number) {
            case 1 -> Texts.of("Files");
            case 2 -> Texts.of("Pull request");
            case 3 -> Texts.of("Branch");
            case 4 -> Texts.of("Apply");
            case 5 -> Texts.of("Schema diff");
            case 6 -> Texts.of("Checks");
            case 7 -> Texts.of("Review");
            case 8 -> Texts.of("Replay");
            default -> Texts.of("Clean up");
        };
    }

    /// Once it is visible: nothing hidden takes the focus.
    void focus() {
        if (model.testProperty().get() == null) {
            form.focus();
        }
    }

    boolean onKey(KeyEvent key) {
        var test = model.testProperty().get();
        if (test == null) {
            return false;
        }
        switch (key.getCode()) {
            case OPEN_BRACKET -> cards.step(-1);
            case CLOSE_BRACKET -> cards.step(1);
            default -> {
                var typed = key.getText();
                if (typed == null || !typed.matches("[1-9]")) {
                    return false;
                }
                chosen = Integer.parseInt(typed);
                showSteps(test);
            }
        }
        return true;
    }
}
