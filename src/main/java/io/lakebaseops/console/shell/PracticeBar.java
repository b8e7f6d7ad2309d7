package io.lakebaseops.console.shell;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Notice;
import io.lakebaseops.console.Practice;
import io.lakebaseops.console.Practice.State;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.util.function.Consumer;

/// The line that says that somebody practises: on which server, for how long, and how to end it.
final class PracticeBar extends HBox {
    static final String TITLE = Texts.of("Practise on a game day");

    private final ConsoleSession session;
    private final Practice practice;
    private final Consumer<Practice.Result> told;
    private final Label text = Nodes.wrapped("", "banner-text");
    private final Button look;
    private final Button end;
    private @Nullable String failed;

    PracticeBar(ConsoleSession session, Practice practice, Consumer<Practice.Result> told) {
        super(10);
        this.session = session;
        this.practice = practice;
        this.told = told;
        setId("practice-bar");
        getStyleClass().addAll("banner", Role.INFO.css());
        text.setId("practice-says");
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        look = Nodes.button(Texts.of("Show the server"), this::look, "small");
        look.setId("practice-look");
        end = Nodes.button(Texts.of("End, and say what it was"), this::end, "small");
        end.setId("practice-end");
        var icon = Nodes.icon(Role.INFO.icon(), Role.INFO);
        icon.setIconCode(Feather.TARGET);
        getChildren().addAll(icon, text, look, end);
        managedProperty().bind(visibleProperty());
        show();
    }

    /// As it stands now.
    void show() {
        var state = practice.state();
        boolean on = state instanceof State.On;
        for (var button : new Button[] {look, end}) {
            button.setVisible(on);
            button.setManaged(on);
        }
        switch (state) {
            case State.Off() -> {
                setVisible(failed != null);
                text.setText(failed == null ? "" : failed);
            }
            case State.Busy(var what) -> {
                setVisible(true);
                text.setText(Texts.of("Practice: %s…", what));
            }
            case State.On(var target, var since) -> {
                setVisible(true);
                text.setText(
                        Texts.of(
                                "Practice on %s for %s: something will go wrong there, or only look so. Find out what, and repair it with any screen.",
                                TargetWords.of(target),
                                Format.duration(
                                        Duration.ofSeconds(
                                                Duration.between(since, session.now())
                                                        .toSeconds()))));
            }
        }
    }

    void begin() {
        if (practice.state() instanceof State.On) {
            look();
            return;
        }
        failed = null;
        session.background()
                .execute(
                        () -> {
                            try {
                                var target = practice.begin();
                                session.screen().execute(() -> session.lookAt(target));
                            } catch (RuntimeException e) { // boundary: a person asked for it
                                fail(e);
                            }
                        });
    }

    private void look() {
        if (practice.state() instanceof State.On(var target, _)) {
            session.lookAt(target);
        }
    }

    private void end() {
        end.setDisable(true);
        session.background()
                .execute(
                        () -> {
                            try {
                                var result = practice.end();
                                session.screen().execute(() -> told.accept(result));
                            } catch (RuntimeException e) { // boundary: a person asked for it
                                fail(e);
                            } finally {
                                session.screen().execute(() -> end.setDisable(false));
                            }
                        });
    }

    private void fail(RuntimeException e) {
        session.screen()
                .execute(
                        () -> {
                            failed = Texts.of("The practice: %s", Notice.words(e));
                            show();
                        });
    }
}
