package io.lakebaseops.console.ask;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.ModelUse;

import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The pane "How this was answered": the steps with what each cost, the statement and first rows of
/// one of them, and what speaks for and against the verdict.
final class HowPane {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final int ROWS = 10;

    private final AskViewModel model;
    private final AskThread thread;
    private final ConsoleSession session;
    private final SidePane pane;
    private final AnswerActs acts;
    private String about = "";
    private int step;

    HowPane(AskViewModel model, ConsoleSession session, Runnable close) {
        this.model = model;
        this.thread = model.thread();
        this.session = session;
        this.acts = new AnswerActs(model, session);
        pane = new SidePane("how-pane", close);
    }

    SidePane node() {
        return pane;
    }

    void hide() {
        pane.hide();
    }

    void show(@Nullable Turn turn) {
        if (turn == null) {
            pane.hide();
            return;
        }
        var answer = turn.answer();
        var steps = turn.steps();
        var next = turn.id() + (answer == null ? Texts.of(" running") : " " + answer.id());
        if (!next.equals(about)) {
            about = next;
            step = telling(steps);
        }
        pane.title(null, Texts.of("How this was answered"), List.of());
        var content = new ArrayList<Node>();
        if (answer != null && answer.model() != null) {
            content.add(use(answer.model()));
            content.add(new SentRequest(model, session, answer.id()));
        }
        if (steps.isEmpty()) {
            content.add(
                    Nodes.wrapped(
                            answer == null
                                    ? Texts.of("Nothing was read yet.")
                                    : Texts.of("Nothing was read for this answer."),
                            "row-sub"));
        } else {
            content.add(steps(turn, steps));
            content.addAll(one(turn, steps));
        }
        if (answer != null) {
            content.addAll(reasons(answer));
        }
        pane.content(turn.id().toString(), content);
        foot(turn);
    }

    /// The last one with a statement to look at, else the first.
    private static int telling(List<AnswerStep> steps) {
        int found = 0;
        for (int i = 0; i < steps.size(); i++) {
            found = steps.get(i).sql() != null ? i : found;
        }
        return found;
    }

    private static Node use(ModelUse use) {
        var line = new FlowPane(6, 4);
        line.setId("model-use");
        line.getChildren()
                .addAll(
                        Nodes.pill(use.name(), Role.INFO),
                        Nodes.pill(Texts.count(use.rounds(), "round"), Role.MUTED),
                        Nodes.pill(
                                Texts.of(
                                        "%s tokens in, %s out",
                                        Format.grouped(use.tokensIn()),
                                        Format.grouped(use.tokensOut())),
                                Role.MUTED),
                        Nodes.pill(Format.duration(use.took()), Role.MUTED));
        if (use.cost() != null) {
            line.getChildren().add(Nodes.pill(Texts.of("cost %s", use.costWords()), Role.MUTED));
        }
        if (use.sentencesStruck() > 0) {
            var struck =
                    Nodes.pill(
                            Texts.of(
                                    "%s struck out",
                                    Texts.count(use.sentencesStruck(), "sentence")),
                            Role.WARNING);
            Nodes.tip(struck, Texts.of("They had a figure, name or time that no step returned"));
            line.getChildren().add(struck);
        }
        return line;
    }

    private Node steps(Turn turn, List<AnswerStep> steps) {
        var grid = new GridPane();
        grid.getStyleClass().add("result-grid");
        grid.setId("how-steps");
        for (int c = 0; c < 5; c++) {
            var column = new ColumnConstraints();
            column.setHalignment(c < 2 ? HPos.LEFT : HPos.RIGHT);
            column.setHgrow(c == 1 ? Priority.ALWAYS : Priority.NEVER);
            column.setMinWidth(c == 1 ? 60 : Region.USE_PREF_SIZE);
            grid.getColumnConstraints().add(column);
        }
        line(
                grid,
                0,
                "grid-head-line",
                "grid-head",
                "",
                Texts.of("Step"),
                Texts.of("queries"),
                Texts.of("rows"),
                Texts.of("time"));
        for (int i = 0; i < steps.size(); i++) {
            int place = i;
            var one = steps.get(i);
            var row =
                    line(
                            grid,
                            i + 1,
                            "grid-line",
                            "grid-cell",
                            Integer.toString(i + 1),
                            name(one),
                            Format.grouped(one.queries()),
                            Format.grouped(one.rows()),
                            Format.duration(one.took()));
            row.setId("step-" + (i + 1));
            row.setMouseTransparent(false);
            row.setAccessibleText(Texts.of("step %s: %s", i + 1, one.words()));
            row.pseudoClassStateChanged(CHOSEN, i == step);
            Nodes.pressable(row, () -> choose(turn, place));
            Nodes.tip(row, one.words());
        }
        line(
                grid,
                steps.size() + 1,
                "grid-sum-line",
                "grid-sum",
                "",
                Texts.of("All"),
                Format.grouped(AnswerText.queries(steps)),
                Format.grouped(steps.stream().mapToLong(AnswerStep::rows).sum()),
                Format.duration(
                        steps.stream()
                                .map(AnswerStep::took)
                                .reduce(Duration.ZERO, Duration::plus)));
        return grid;
    }

    private void choose(Turn turn, int place) {
        step = place;
        show(turn);
        var row = pane.lookup("#step-" + (place + 1));
        if (row != null) {
            row.requestFocus();
        }
    }

    private static String name(AnswerStep step) {
        return step.tool().startsWith("ask/") ? step.words() : step.tool();
    }

    private static Region line(
            GridPane grid, int row, String lineStyle, String style, String... cells) {
        var ground = new Region();
        ground.getStyleClass().add(lineStyle);
        ground.setMouseTransparent(true);
        grid.add(ground, 0, row, cells.length, 1);
        for (int c = 0; c < cells.length; c++) {
            var cell = Nodes.label(cells[c], style, c == 0 ? "quiet" : "plain");
            cell.setMouseTransparent(true);
            grid.add(cell, c, row);
        }
        return ground;
    }

    private List<Node> one(Turn turn, List<AnswerStep> steps) {
        int place = Math.min(step, steps.size() - 1);
        var chosen = steps.get(place);
        var nodes = new ArrayList<Node>();
        var title = Nodes.label("%d · %s".formatted(place + 1, name(chosen)), "section-title");
        title.setId("step-title");
        title.setMinWidth(0);
        Label read =
                Nodes.label(
                        "%s, %s"
                                .formatted(
                                        AnswerText.origin(chosen.origin()),
                                        Format.time(chosen.readAt(), session.zone())),
                        "row-sub");
        read.setMinWidth(Region.USE_PREF_SIZE);
        Nodes.tip(read, Format.utc(chosen.readAt()));
        nodes.add(Nodes.row(title, Nodes.spacer(), read));
        nodes.add(Nodes.wrapped(chosen.words(), "row-sub"));
        if (chosen.failed() != null) {
            nodes.add(
                    Nodes.row(
                            Nodes.icon(Role.CRITICAL.icon(), Role.CRITICAL),
                            Nodes.wrapped(chosen.failed(), "fact-value")));
        }
        if (chosen.sql() != null) {
            nodes.add(new SqlView(chosen.sql()));
        }
        var first = chosen.firstRows();
        if (first != null && !first.rows().isEmpty()) {
            nodes.add(new ResultGrid(first, ROWS, thread::goTo));
            nodes.add(Nodes.label(ResultGrid.rest(first, ROWS), "row-sub"));
        } else if (chosen.failed() == null && chosen.rows() > 0 && !turn.ownSql()) {
            nodes.add(Nodes.wrapped(Texts.of("Its rows were not kept."), "row-sub"));
        }
        return nodes;
    }

    private static List<Node> reasons(Answer answer) {
        if (answer.reasonsFor().isEmpty() && answer.reasonsAgainst().isEmpty()) {
            return List.of();
        }
        var facts = new Facts();
        if (!answer.reasonsFor().isEmpty()) {
            facts.add(Texts.of("for"), String.join("; ", answer.reasonsFor()));
        }
        if (!answer.reasonsAgainst().isEmpty()) {
            facts.add(Texts.of("against"), String.join("; ", answer.reasonsAgainst()));
        }
        var confidence = answer.confidence();
        return List.of(
                Nodes.label(
                        confidence == null
                                ? Texts.of("For and against")
                                : Texts.of(
                                        "Why %d %% confident",
                                        Math.round(confidence.value() * 100)),
                        "section-title"),
                facts);
    }

    private void foot(Turn turn) {
        var answer = turn.answer();
        if (answer == null) {
            pane.acts(null, List.of());
            return;
        }
        var stale = AnswerText.stale(answer, session.now(), session.zone());
        Node says = null;
        if (!stale.isEmpty()) {
            var label = Nodes.wrapped(stale, "said", Role.WARNING.css());
            label.setId("stale");
            label.setGraphic(Nodes.icon(Feather.CLOCK, Role.WARNING));
            says = label;
        }
        pane.acts(says, acts.buttons(turn));
    }
}
