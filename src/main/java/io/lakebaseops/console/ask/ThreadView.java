package io.lakebaseops.console.ask;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.answer.Answer;

import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The questions of a conversation with their answers, oldest first. Without any it offers some
/// to begin with.
final class ThreadView extends StackPane {
    static final double WIDEST = 1240;

    private final AskThread thread;
    private final ConsoleSession session;
    private final VBox column = new VBox(10);
    private final ScrollPane scroll = new ScrollPane();
    private final Button newer;
    private final Map<UUID, AnswerCard> cards = new HashMap<>();
    private List<String> examples = List.of();

    ThreadView(AskThread thread, ConsoleSession session) {
        this.thread = thread;
        this.session = session;
        setMinHeight(0);
        column.getStyleClass().add("ask-thread");
        column.setMaxWidth(WIDEST);
        column.setFillWidth(true);
        var middle = new StackPane(column);
        middle.setAlignment(Pos.TOP_CENTER);
        scroll.setContent(middle);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setId("ask-thread");
        newer = Nodes.button(Texts.of("1 newer answer"), () -> thread.step(1), "newer-pill");
        newer.setGraphic(new FontIcon(Feather.ARROW_DOWN));
        newer.setId("newer");
        newer.setVisible(false);
        StackPane.setAlignment(newer, Pos.BOTTOM_CENTER);
        getChildren().addAll(scroll, newer);
        thread.turns().addListener((ListChangeListener<Turn>) this::changed);
        thread.selectedProperty().addListener((_, before, now) -> choose(before, now));
        scroll.vvalueProperty().addListener((_, _, _) -> countNewer());
        scroll.viewportBoundsProperty().addListener((_, _, _) -> countNewer());
        column.heightProperty().addListener((_, _, _) -> countNewer());
        draw();
    }

    /// What could be asked, shown while nothing was.
    void examples(List<String> next) {
        if (!next.equals(examples)) {
            examples = next;
            if (thread.turns().isEmpty()) {
                draw();
            }
        }
    }

    private void changed(ListChangeListener.Change<? extends Turn> change) {
        while (change.next()) {
            if (change.wasReplaced() && change.getRemovedSize() == change.getAddedSize()) {
                for (int i = change.getFrom(); i < change.getTo(); i++) {
                    redraw(thread.turns().get(i), change.getRemoved().get(i - change.getFrom()));
                }
            } else {
                draw();
            }
        }
    }

    /// In place, so that the reader stays where they are.
    private void redraw(Turn turn, Turn before) {
        var old = cards.get(before.id());
        if (old == null || !turn.id().equals(before.id())) {
            draw();
            return;
        }
        var focused = focusedIn(old);
        var card = card(turn);
        column.getChildren().set(column.getChildren().indexOf(old), card);
        if (focused != null) {
            var same = focused.getId() == null ? null : card.lookup("#" + focused.getId());
            (same == null ? card : same).requestFocus();
        }
        if (turn.id().equals(thread.selectedProperty().get())) {
            reveal(card);
        }
    }

    /// What has the focus within a card: the card, a button of it, or nothing.
    private @Nullable Node focusedIn(Node card) {
        var owner = getScene() == null ? null : getScene().getFocusOwner();
        for (Node n = owner; n != null; n = n.getParent()) {
            if (n.equals(card)) {
                return owner;
            }
        }
        return null;
    }

    private void draw() {
        cards.clear();
        var nodes = new ArrayList<Node>();
        for (var turn : thread.turns()) {
            nodes.add(question(turn));
            nodes.add(card(turn));
        }
        if (nodes.isEmpty()) {
            nodes.addAll(beginnings());
        }
        column.getChildren().setAll(nodes);
        var chosen = cards.get(thread.selectedProperty().get());
        if (chosen != null) {
            reveal(chosen);
        }
    }

    private AnswerCard card(Turn turn) {
        var card = new AnswerCard(thread, session, turn);
        card.chosen(turn.id().equals(thread.selectedProperty().get()));
        cards.put(turn.id(), card);
        return card;
    }

    private Node question(Turn turn) {
        var words = Nodes.wrapped(turn.question(), turn.ownSql() ? "asked-sql" : "asked-words");
        var bubble =
                new HBox(
                        10,
                        words,
                        Nodes.label(
                                Texts.clock(turn.askedAt(), session.now(), session.zone()),
                                "row-sub"));
        bubble.getStyleClass().add("asked");
        bubble.setAlignment(Pos.CENTER_RIGHT);
        bubble.getChildren().getLast().minWidth(USE_PREF_SIZE);
        var line = new HBox(bubble);
        line.setAlignment(Pos.CENTER_RIGHT);
        words.maxWidthProperty().bind(column.widthProperty().multiply(0.75));
        return line;
    }

    private List<Node> beginnings() {
        var title = Nodes.label(Texts.of("Ask about this server"), "pane-title");
        var help =
                Nodes.wrapped(
                        Texts.of(
                                "Why is it slow, who waits for whom, what changed, when is it full, may I drop this index? Answers come from the tools and the history of this console, with every statement that was read."),
                        "row-sub");
        var nodes = new ArrayList<Node>(List.of(title, help));
        if (!examples.isEmpty()) {
            nodes.add(Nodes.label(Texts.of("From what is going on now"), "section"));
        }
        int number = 0;
        for (var example : examples) {
            var ask = Nodes.button(example, () -> thread.ask(example), "example");
            ask.setId("example-" + ++number);
            ask.setGraphic(new FontIcon(Feather.MESSAGE_SQUARE));
            ask.setMaxWidth(760);
            ask.setPrefWidth(760);
            ask.setMinWidth(0);
            nodes.add(ask);
        }
        return nodes;
    }

    private void choose(@Nullable UUID before, @Nullable UUID now) {
        var old = cards.get(before);
        if (old != null) {
            old.chosen(false);
        }
        var card = cards.get(now);
        if (card != null) {
            card.chosen(true);
            reveal(card);
        }
    }

    /// Scrolls so that the whole of it is seen, or its beginning where it is too tall.
    private void reveal(Node card) {
        scroll.applyCss();
        scroll.layout();
        double view = scroll.getViewportBounds().getHeight();
        double all = column.getHeight();
        if (view <= 0 || all <= view) {
            return;
        }
        var at = card.getBoundsInParent();
        int place = column.getChildren().indexOf(card);
        double top =
                place > 0
                        ? column.getChildren().get(place - 1).getBoundsInParent().getMinY()
                        : at.getMinY();
        double shown = scroll.getVvalue() * (all - view);
        double wanted =
                top < shown || at.getHeight() > view
                        ? top
                        : at.getMaxY() > shown + view ? at.getMaxY() - view + 8 : shown;
        scroll.setVvalue(Math.clamp(wanted / (all - view), 0, 1));
    }

    /// Answers that begin below what is seen.
    private void countNewer() {
        double view = scroll.getViewportBounds().getHeight();
        double bottom = scroll.getVvalue() * Math.max(0, column.getHeight() - view) + view;
        long below =
                cards.values().stream()
                        .filter(c -> c.getParent() != null)
                        .filter(c -> c.getBoundsInParent().getMinY() > bottom - 24)
                        .count();
        newer.setVisible(below > 0);
        newer.setText(Texts.count(below, "newer answer"));
    }

    /// 1, 2 or 3: one of the readings the last answer asks back with.
    boolean choose(int number) {
        if (thread.turns().isEmpty()) {
            return false;
        }
        var last =
                thread.selectedTurn().filter(ThreadView::asksBack).orElse(thread.turns().getLast());
        if (number > readings(last)) {
            return false;
        }
        thread.choose(last, number - 1);
        return true;
    }

    private static boolean asksBack(Turn turn) {
        return readings(turn) > 0;
    }

    /// How many there are to choose from.
    private static int readings(Turn turn) {
        var answer = turn.answer();
        return answer != null && answer.kind() == Answer.Kind.CLARIFY ? answer.clarify().size() : 0;
    }

    /// Puts the focus on the answer chosen, so that J and K walk.
    void focus() {
        var card = cards.get(thread.selectedProperty().get());
        if (card != null) {
            card.requestFocus();
        } else {
            column.getChildren().stream()
                    .filter(Button.class::isInstance)
                    .findFirst()
                    .ifPresent(Node::requestFocus);
        }
    }
}
