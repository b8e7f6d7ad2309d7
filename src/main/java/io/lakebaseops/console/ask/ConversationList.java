package io.lakebaseops.console.ask;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Language;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.console.parts.RowList;
import io.lakebaseops.state.Conversations.Line;

import javafx.animation.PauseTransition;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Instant;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.UUID;

/// The conversations of a person by day, newest first, with a search over questions and verdicts.
final class ConversationList extends VBox {
    private final AskViewModel model;
    private final ConsoleSession session;
    private final TextField search = new TextField();
    private final RowList list = new RowList();
    private final PauseTransition typed = new PauseTransition(Duration.millis(150));
    private final Runnable opened;

    /// @param opened what follows when a conversation was chosen
    ConversationList(AskViewModel model, ConsoleSession session, Runnable opened) {
        super(8);
        this.model = model;
        this.session = session;
        this.opened = opened;
        setId("conversations");
        getStyleClass().add("conversation-list");
        var fresh = Nodes.button(Texts.of("New"), this::fresh, "small");
        fresh.setGraphic(new FontIcon(Feather.PLUS));
        fresh.setId("new-conversation");
        search.setId("search-conversations");
        search.getStyleClass().add("filter");
        search.textProperty().addListener((_, _, _) -> typed.playFromStart());
        typed.setOnFinished(_ -> model.search(search.getText()));
        search.setOnAction(_ -> list.requestFocus());
        search.setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.DOWN) {
                        list.requestFocus();
                        e.consume();
                    }
                });
        list.setId("conversation-rows");
        VBox.setVgrow(list, Priority.ALWAYS);
        var head =
                Nodes.row(
                        Nodes.label(Texts.of("Conversations"), "pane-title"),
                        Nodes.spacer(),
                        fresh);
        head.getStyleClass().add("conversation-head");
        var field = new StackPane(search);
        field.getStyleClass().add("conversation-search");
        getChildren().addAll(head, field, list);
    }

    private void fresh() {
        model.thread().fresh();
        opened.run();
    }

    void search() {
        search.requestFocus();
        search.selectAll();
    }

    /// Takes the search back; false when nobody was searching.
    boolean escape() {
        if (!search.isFocused() || search.getText().isEmpty()) {
            return false;
        }
        search.clear();
        return true;
    }

    void show(@Nullable AskSnapshot p) {
        if (p == null) {
            list.placeholder(Texts.of("Reading …"));
            return;
        }
        search.setPromptText(
                p.all() == 0
                        ? Texts.of("Search")
                        : Texts.of("Search %s", Texts.count(p.all(), "conversation")));
        list.placeholder(
                p.all() == 0
                        ? Texts.of("What is asked is kept here.")
                        : Texts.of("No conversation has these words."));
        var rows = new ArrayList<RowItem>();
        var day = "";
        for (var line : p.lines()) {
            var next = day(line.updatedAt(), p.now());
            if (!next.equals(day)) {
                day = next;
                rows.add(RowItem.heading(day, ""));
            }
            rows.add(row(line, p.now()));
        }
        if (p.more()) {
            rows.add(
                    RowItem.of("older", Feather.CHEVRON_DOWN, Role.MUTED, Texts.of("Older ones"))
                            .opens(model::older));
        }
        list.show(rows);
        select(model.thread().conversationProperty().get());
    }

    void select(UUID conversation) {
        for (int i = 0; i < list.getItems().size(); i++) {
            if (list.getItems().get(i).key().equals(conversation.toString())) {
                list.getSelectionModel().clearAndSelect(i);
                return;
            }
        }
        list.getSelectionModel().clearSelection();
    }

    private RowItem row(Line line, Instant now) {
        var summary =
                line.summary().isBlank()
                        ? Texts.count(line.exchanges(), "question")
                        : line.summary();
        return RowItem.of(
                        line.id().toString(),
                        AnswerText.icon(line.kind(), line.tone()),
                        AnswerText.role(line.kind(), line.tone()),
                        line.title())
                .sub(summary)
                .note(when(line.updatedAt(), now), Role.MUTED)
                .hint("%s · %s".formatted(line.target(), Texts.count(line.exchanges(), "question")))
                .opens(
                        () -> {
                            model.thread().open(line.id());
                            opened.run();
                        });
    }

    /// `Today`, `Yesterday`, `Earlier this week`, `October 2026`.
    private String day(Instant at, Instant now) {
        var day = at.atZone(session.zone()).toLocalDate();
        var today = now.atZone(session.zone()).toLocalDate();
        long ago = ChronoUnit.DAYS.between(day, today);
        if (ago <= 0) {
            return Texts.of("Today");
        }
        if (ago == 1) {
            return Texts.of("Yesterday");
        }
        return ago < 7
                ? Texts.of("Earlier this week")
                : day.getMonth().getDisplayName(TextStyle.FULL, Language.shown().locale())
                        + " "
                        + day.getYear();
    }

    /// Of today and yesterday the time, of this week the day, else the date.
    private String when(Instant at, Instant now) {
        var local = at.atZone(session.zone());
        long ago =
                ChronoUnit.DAYS.between(
                        local.toLocalDate(), now.atZone(session.zone()).toLocalDate());
        if (ago <= 1) {
            return Texts.clock(at, at, session.zone());
        }
        return ago < 7
                ? local.getDayOfWeek().getDisplayName(TextStyle.SHORT, Language.shown().locale())
                : Texts.clock(at, now, session.zone());
    }
}
