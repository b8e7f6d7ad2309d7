package io.lakebaseops.console.ask;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.OwnSql;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.domain.Subject;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The input below a conversation: a question in plain words. It says which server is asked, and
/// what is selected on the screen it is asked from.
final class Composer extends VBox {
    private final AskThread thread;
    private final ConsoleSession session;
    private final TextField question = new TextField();
    private final Label server = Nodes.label("", "row-sub");
    private final HBox about = new HBox(4);
    private final Button send;
    private final NoticeLine notice;
    private final Segments<Mode> modes = new Segments<>();
    private final HBox words;
    private final @Nullable SqlBox sql;
    private int recalled = -1;

    private enum Mode {
        QUESTION,
        SQL
    }

    /// @param own null where only questions are asked
    Composer(AskThread thread, ConsoleSession session, @Nullable OwnSql own, String id) {
        super(7);
        this.thread = thread;
        this.session = session;
        getStyleClass().add("composer");
        setMinHeight(USE_PREF_SIZE);
        question.setId(id);
        question.getStyleClass().add("question");
        question.setPromptText(
                Texts.of("In your own words, such as: what changed since yesterday?"));
        question.setAccessibleText(Texts.of("Question"));
        HBox.setHgrow(question, Priority.ALWAYS);
        question.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        send = Nodes.button(Texts.of("Ask"), this::send, "accent");
        send.setId(id + "-send");
        Nodes.tip(send, Texts.of("Enter"));
        send.disableProperty().bind(thread.runningProperty().isNotNull());
        notice = new NoticeLine(thread, session);
        sql = own == null ? null : new SqlBox(thread, own);
        words = new HBox(8, question, send);
        server.setMinWidth(0);
        var head = Nodes.row(server, about);
        head.getStyleClass().add("composer-head");
        getChildren().addAll(notice, head, words);
        if (sql != null) {
            modes.add(Mode.QUESTION, Texts.of("Question"), id + "-words");
            modes.add(Mode.SQL, Texts.of("SQL, read only"), id + "-sql");
            modes.select(Mode.QUESTION);
            modes.onChoice(this::show);
            head.getChildren().addFirst(modes);
            getChildren().add(sql);
            sql.managedProperty().bind(sql.visibleProperty());
            words.managedProperty().bind(words.visibleProperty());
            show(Mode.QUESTION);
        }
        thread.targetProperty().addListener((_, _, _) -> showServer());
        session.targetProperty().addListener((_, _, _) -> showServer());
        thread.conversationProperty().addListener((_, _, _) -> recalled = -1);
        showServer();
        about(thread.about());
    }

    private void show(Mode mode) {
        boolean own = mode == Mode.SQL;
        words.setVisible(!own);
        about.setVisible(!own);
        if (sql != null) {
            sql.setVisible(own);
        }
        if (getScene() != null) {
            focus();
        }
    }

    /// Ctrl-Shift-Q: from questions to one's own SQL and back.
    void switchMode() {
        if (sql != null) {
            var next = sql.isVisible() ? Mode.QUESTION : Mode.SQL;
            modes.select(next);
            show(next);
        }
    }

    private void showServer() {
        var of = thread.targetProperty().get();
        boolean other = !of.equals(session.target());
        server.setText(
                (other ? Texts.of("This conversation is about ") : Texts.of("Asking "))
                        + TargetWords.of(of));
        server.setGraphic(
                Nodes.icon(
                        other ? Feather.ALERT_TRIANGLE : Feather.DATABASE,
                        other ? Role.WARNING : Role.MUTED));
    }

    /// What is selected on the screen below, taken as meant by "this".
    void about(@Nullable Subject subject) {
        thread.about(subject);
        about.getChildren().clear();
        if (subject != null) {
            var chip = Nodes.label(subject.display(), "reading-chip");
            chip.setId("about");
            Nodes.tip(chip, Texts.of("“This” means the %s selected on the screen", subject.type()));
            var drop =
                    Nodes.iconButton(
                            Feather.X, Texts.of("Ask without it"), () -> about((Subject) null));
            drop.getStyleClass().add("chip-drop");
            about.getChildren().addAll(Nodes.label(Texts.of("· about"), "row-sub"), chip, drop);
        }
    }

    void focus() {
        if (sql != null && sql.isVisible()) {
            sql.focus();
            return;
        }
        question.requestFocus();
        question.end();
    }

    /// Is the focus somewhere in it?
    boolean holds(@Nullable Object focused) {
        for (Node at = focused instanceof Node n ? n : null; at != null; at = at.getParent()) {
            if (at.equals(this)) {
                return true;
            }
        }
        return false;
    }

    boolean empty() {
        return question.getText().isBlank();
    }

    boolean typing() {
        return question.isFocused();
    }

    private void send() {
        if (thread.ask(question.getText())) {
            question.clear();
            recalled = -1;
        }
    }

    private void onKey(KeyEvent e) {
        if (e.getCode() == KeyCode.ENTER && !e.isShortcutDown()) {
            send();
        } else if (e.getCode() == KeyCode.UP) {
            recall(1);
        } else if (e.getCode() == KeyCode.DOWN && recalled >= 0) {
            recall(-1);
        } else {
            return;
        }
        e.consume();
    }

    /// Earlier questions of this conversation, the newest first.
    private void recall(int by) {
        var asked = thread.turns();
        recalled = Math.clamp(recalled + by, -1, asked.size() - 1);
        question.setText(recalled < 0 ? "" : asked.get(asked.size() - 1 - recalled).question());
        question.end();
    }

    /// Why a command of this conversation failed, until it is dismissed.
    private static final class NoticeLine extends HBox {
        NoticeLine(AskThread thread, ConsoleSession session) {
            super(10);
            var text = Nodes.wrapped("", "banner-text");
            text.setMaxWidth(Double.MAX_VALUE);
            text.setId("ask-notice");
            HBox.setHgrow(text, Priority.ALWAYS);
            getStyleClass().addAll("banner", Role.CRITICAL.css());
            var dismiss = Nodes.button("", thread::dismissNotice, "icon-button");
            dismiss.setGraphic(new FontIcon(Feather.X));
            dismiss.setAccessibleText(Texts.of("Dismiss"));
            getChildren().addAll(Nodes.icon(Role.CRITICAL.icon(), Role.CRITICAL), text, dismiss);
            managedProperty().bind(visibleProperty());
            setVisible(false);
            thread.noticeProperty()
                    .addListener(
                            (_, _, now) -> {
                                setVisible(now != null);
                                text.setText(
                                        now == null
                                                ? ""
                                                : Texts.clock(
                                                                now.at(),
                                                                session.now(),
                                                                session.zone())
                                                        + "  "
                                                        + now.text());
                            });
        }
    }
}
