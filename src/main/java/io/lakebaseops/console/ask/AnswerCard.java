package io.lakebaseops.console.ask;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.Exhibit.ResultText;
import io.lakebaseops.domain.answer.NextStep;
import io.lakebaseops.domain.answer.Reading;
import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.state.Conversations.ItemKind;
import io.lakebaseops.state.Conversations.Pin;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;
import java.util.Objects;

/// One answer: how the question was understood, the verdict, what shows it, what was ruled out, and
/// what can be done. While it runs, how far it is.
final class AnswerCard extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final AskThread thread;
    private final ConsoleSession session;
    private final EvidenceView evidence;
    private final Turn turn;

    AnswerCard(AskThread thread, ConsoleSession session, Turn turn) {
        super(8);
        this.thread = thread;
        this.session = session;
        this.turn = turn;
        evidence = new EvidenceView(thread, turn);
        getStyleClass().addAll("card", "answer-card");
        setId("answer-" + turn.number());
        setFocusTraversable(true);
        setMinWidth(0);
        setOnMouseClicked(_ -> thread.select(turn.id()));
        focusedProperty()
                .addListener(
                        (_, _, on) -> {
                            if (on) {
                                thread.select(turn.id());
                            }
                        });
        var answer = turn.answer();
        if (turn.understood() != null && (answer == null || answer.kind() != Kind.CLARIFY)) {
            getChildren().add(new ReadingChips(thread, turn, turn.understood()));
        }
        if (turn.consent() != null) {
            getChildren().add(new ConsentPane(thread, turn));
        } else if (answer == null) {
            running();
        } else {
            show(answer);
        }
    }

    Turn turn() {
        return turn;
    }

    void chosen(boolean on) {
        pseudoClassStateChanged(CHOSEN, on);
    }

    private void running() {
        if (!turn.words().isBlank()) {
            getChildren().add(unchecked(turn.words()));
        }
        for (var step : turn.steps()) {
            getChildren().add(stepLine(step));
        }
        var doing =
                Nodes.label(
                        turn.doing().isEmpty()
                                ? turn.understood() == null
                                        ? Texts.of("Reading the question …")
                                        : "…"
                                : turn.doing() + " …",
                        "row-sub");
        doing.setId("doing");
        var stop = Nodes.button(Texts.of("Stop"), thread::stop, "small");
        stop.setId("stop");
        Nodes.tip(stop, Texts.of("Esc"));
        getChildren()
                .add(Nodes.row(Nodes.icon(Feather.LOADER, Role.INFO), doing, Nodes.spacer(), stop));
        setAccessibleText(Texts.of("Answering: %s", turn.question()));
    }

    /// Text of a model as it comes; what it says is held against the results at its end.
    private Node unchecked(String text) {
        var words = Nodes.wrapped(Format.printableLines(text.strip()), "answer-words");
        words.setId("words-" + turn.number());
        var mark = Nodes.label(Texts.of("not checked yet"), "row-sub");
        mark.setGraphic(Nodes.icon(Feather.EDIT_3, Role.MUTED));
        return new VBox(4, words, mark);
    }

    private static Node stepLine(AnswerStep step) {
        boolean failed = step.failed() != null;
        return Nodes.row(
                Nodes.icon(failed ? Feather.X : Feather.CHECK, failed ? Role.CRITICAL : Role.OK),
                Nodes.label(step.words(), "row-sub"),
                Nodes.spacer(),
                Nodes.label(
                        failed ? String.valueOf(step.failed()) : Format.duration(step.took()),
                        "row-sub"));
    }

    private void show(Answer answer) {
        setAccessibleText(
                Texts.of(
                        "Answer to %s: %s",
                        turn.question(), io.lakebaseops.domain.answer.AnswerJson.verdict(answer)));
        switch (answer.kind()) {
            case FAILED -> failed(answer);
            case STOPPED -> stopped(answer);
            case ANSWERED, CLARIFY, OUTSIDE -> {}
        }
        if (!answer.verdict().isEmpty()) {
            getChildren().add(verdict(answer));
        }
        if (answer.kind() == Kind.CLARIFY) {
            clarify(answer);
        }
        if (answer.kind() == Kind.ANSWERED && answer.trouble() != null) {
            getChildren()
                    .add(
                            Nodes.row(
                                    Nodes.icon(Role.WARNING.icon(), Role.WARNING),
                                    grow(Nodes.wrapped(answer.trouble(), "row-sub"))));
        }
        evidence.show(answer).forEach(getChildren()::add);
        if (!answer.ruledOut().isEmpty()) {
            getChildren().add(ruledOut(answer.ruledOut()));
        }
        if (!answer.actions().isEmpty()) {
            getChildren().add(actions(answer));
        }
        foot(answer);
    }

    private Node verdict(Answer answer) {
        var flow = new TextFlow();
        flow.setId("verdict-" + turn.number());
        flow.getStyleClass().add("answer-verdict");
        for (var sentence : answer.verdict()) {
            if (!flow.getChildren().isEmpty()) {
                flow.getChildren().add(new Text(" "));
            }
            sentence(flow, sentence);
        }
        var role = AnswerText.role(answer.kind(), answer.tone());
        var icon = Nodes.icon(AnswerText.icon(answer.kind(), answer.tone()), role);
        icon.getStyleClass().add("answer-mark");
        var mark = new HBox(icon);
        mark.getStyleClass().add("verdict-mark");
        mark.setMinWidth(USE_PREF_SIZE);
        var line = new HBox(10, mark, grow(flow));
        line.setAlignment(Pos.TOP_LEFT);
        return line;
    }

    private static void sentence(TextFlow flow, Sentence sentence) {
        var struck = sentence.struck();
        for (var phrase : sentence.phrases()) {
            var text = new Text(Format.printableLines(phrase.text()));
            text.getStyleClass().add(phrase.strong() ? "answer-strong" : "answer-plain");
            text.setStrikethrough(struck != null);
            if (struck != null) {
                text.getStyleClass().add("answer-struck");
            }
            flow.getChildren().add(text);
        }
        if (struck != null) {
            boolean unchecked = struck.equals(Turn.UNCHECKED);
            var mark =
                    Nodes.label(
                            unchecked ? Texts.of("not checked") : Texts.of("not in the results"),
                            "answer-struck-mark");
            mark.setGraphic(Nodes.icon(Feather.ALERT_TRIANGLE, Role.WARNING));
            Nodes.tip(mark, struck);
            flow.getChildren().add(mark);
        }
    }

    /// The best reading is framed, and never taken by itself.
    private void clarify(Answer answer) {
        int number = 0;
        for (var reading : answer.clarify()) {
            int place = number++;
            var key = Nodes.label(Integer.toString(place + 1), "key");
            var words = Nodes.label(reading.words(), "row-title");
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            words.setMaxWidth(Double.MAX_VALUE);
            var line = Nodes.row(key, words, Nodes.label(cost(reading), "row-sub"));
            line.getChildren().getLast().minWidth(0);
            var option = new Button("", line);
            option.setId("reading-" + (place + 1));
            option.setMaxWidth(Double.MAX_VALUE);
            option.setAccessibleText((place + 1) + ": " + reading.words());
            line.prefWidthProperty().bind(option.widthProperty().subtract(22));
            option.getStyleClass().addAll("reading", place == 0 ? "best" : "other");
            option.setOnAction(_ -> thread.choose(turn, place));
            getChildren().add(option);
        }
    }

    private static String cost(Reading reading) {
        var expected = reading.expected();
        return expected == null
                ? reading.reads()
                : reading.reads() + " · " + Format.duration(expected);
    }

    private void failed(Answer answer) {
        var retry = Nodes.button(Texts.of("Retry"), () -> thread.again(turn), "small");
        retry.setId("retry-" + turn.number());
        banner(
                Role.CRITICAL,
                answer.trouble() == null ? Texts.of("There is no answer.") : answer.trouble(),
                retry);
    }

    private void stopped(Answer answer) {
        var again = Nodes.button(Texts.of("Ask again"), () -> thread.again(turn), "small");
        again.setId("retry-" + turn.number());
        int done = answer.steps().size();
        banner(
                Role.UNAVAILABLE,
                done == 0
                        ? Texts.of("Stopped before anything was read.")
                        : Texts.of(
                                "Stopped after %s; what was read stands.",
                                Texts.count(done, "step")),
                again);
        if (answer.evidence().isEmpty()) {
            answer.steps().forEach(s -> getChildren().add(stepLine(s)));
        }
    }

    private void banner(Role role, String text, Button button) {
        var words = Nodes.wrapped(text, "banner-text");
        words.setId("trouble-" + turn.number());
        var line = new HBox(10, Nodes.icon(role.icon(), role), grow(words), button);
        line.getStyleClass().addAll("banner", role.css());
        getChildren().add(line);
    }

    private static <N extends javafx.scene.layout.Region> N grow(N node) {
        node.setMaxWidth(Double.MAX_VALUE);
        node.setMinWidth(0);
        HBox.setHgrow(node, Priority.ALWAYS);
        return node;
    }

    private static Node ruledOut(List<String> all) {
        var line = new FlowPane(12, 3);
        line.getStyleClass().add("ruled-out");
        line.getChildren().add(Nodes.label(Texts.of("Ruled out"), "row-sub"));
        for (var one : all) {
            var label = Nodes.label(one, "fact-value");
            label.setGraphic(Nodes.icon(Feather.CHECK, Role.OK));
            line.getChildren().add(label);
        }
        return line;
    }

    private Node actions(Answer answer) {
        var line = new FlowPane(8, 8);
        for (int i = 0; i < answer.actions().size(); i++) {
            var button = action(answer.actions().get(i), i);
            button.setId("act-" + turn.number() + "-" + i);
            line.getChildren().add(button);
        }
        return line;
    }

    private Button action(NextStep step, int place) {
        return switch (step) {
            case NextStep.FilePlan _ when turn.filed().containsKey(place) ->
                    arrow(
                            Nodes.button(
                                    Texts.of("Filed, open in Approvals"),
                                    () ->
                                            thread.goTo(
                                                    Destination.plan(
                                                            Objects.requireNonNull(
                                                                    turn.filed().get(place))))));
            case NextStep.FilePlan plan -> {
                var button =
                        Nodes.button(
                                plan.label(),
                                () -> thread.followUp().file(turn, place),
                                place == 0 ? "accent" : "plain");
                button.setGraphic(new FontIcon(Feather.SHIELD));
                Nodes.tip(button, Texts.of("Files a plan in Approvals; nothing is changed here"));
                yield button;
            }
            case NextStep.OpenScreen open ->
                    arrow(
                            Nodes.button(
                                    open.label(),
                                    () ->
                                            thread.goTo(
                                                    new Destination(open.screen(), open.item()))));
            case NextStep.AskFurther ask -> {
                var button = Nodes.button(ask.label(), () -> thread.ask(ask.question()));
                button.setGraphic(new FontIcon(Feather.MESSAGE_SQUARE));
                yield button;
            }
        };
    }

    private static Button arrow(Button button) {
        button.setGraphic(new FontIcon(Feather.ARROW_RIGHT));
        button.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        return button;
    }

    /// What is expected, how sure it is, and what the answer is pinned to.
    private void foot(Answer answer) {
        var line = new HBox(8);
        line.setAlignment(Pos.CENTER_LEFT);
        for (var exhibit : answer.evidence()) {
            if (exhibit instanceof ResultText text
                    && text.origin() == Source.SIMULATED
                    && !text.code()) {
                var predicted = Nodes.wrapped(text.text(), "predicted");
                predicted.setGraphic(Nodes.icon(Feather.TRENDING_UP, Role.SIMULATED));
                line.getChildren().add(grow(predicted));
            }
        }
        for (var pin : turn.pins()) {
            line.getChildren().add(pinned(pin));
        }
        line.getChildren().add(Nodes.spacer());
        var figures = Nodes.label(AnswerText.figures(answer), "row-sub");
        figures.setMinWidth(USE_PREF_SIZE);
        line.getChildren().add(figures);
        if (answer.kind() != Kind.CLARIFY) {
            var copy =
                    Nodes.iconButton(
                            Feather.COPY,
                            Texts.of("Copy as Markdown"),
                            () ->
                                    SqlView.copy(
                                            AnswerMarkdown.of(
                                                    List.of(turn),
                                                    thread.targetProperty().get().toString(),
                                                    session.zone())));
            copy.setId("copy-" + turn.number());
            line.getChildren().add(copy);
            getChildren().add(line);
        }
    }

    private Node pinned(Pin pin) {
        boolean plan = pin.item().kind() == ItemKind.PLAN;
        var label = plan ? Texts.of("pinned to a plan") : Texts.of("pinned to an alert");
        Label pill = Nodes.pill(label, Role.INFO);
        pill.setGraphic(Nodes.icon(Feather.BOOKMARK, Role.INFO));
        Nodes.tip(
                pill,
                Texts.of(
                        "%s pinned it at %s; a click or Enter takes the pin away",
                        pin.by(), Texts.clock(pin.at(), session.now(), session.zone())));
        Nodes.pressable(pill, () -> thread.followUp().unpin(turn, pin.item()));
        return pill;
    }
}
