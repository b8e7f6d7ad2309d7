package io.lakebaseops.console.ask;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.StateBanner;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;
import java.util.UUID;

/// The Ask screen: conversations at the left, the thread with its answers in the middle, how one of
/// them came about at the right, and the input below.
public final class AskView extends ScreenView<AskViewModel> {
    private static final double NARROW = 1400;

    private final AskThread thread;
    private final ThreadView threadView;
    private final Composer composer;
    private final ConversationList list;
    private final HowPane how;
    private final Button showList;
    private boolean narrow;
    private boolean closed;

    @FXML private HBox body;
    @FXML private VBox middle;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public AskView(ConsoleSession session, AskViewModel model) {
        super(session, model);
        thread = model.thread();
        threadView = new ThreadView(thread, session);
        composer = new Composer(thread, session, model.ownSql(), "question");
        list = new ConversationList(model, session, this::chosen);
        how = new HowPane(model, session, this::closePane);
        showList = Nodes.button(Texts.of("Conversations"), this::toggleList, "small");
        showList.setGraphic(new FontIcon(Feather.LIST));
        showList.setId("show-conversations");
    }

    @FXML
    private void initialize() {
        list.managedProperty().bind(list.visibleProperty());
        showList.managedProperty().bind(showList.visibleProperty());
        body.getChildren().addFirst(list);
        body.getChildren().add(how.node());
        var banner = new StateBanner(model, session, list);
        var bar = new HBox(showList);
        bar.getStyleClass().add("ask-bar");
        bar.managedProperty().bind(showList.visibleProperty());
        VBox.setVgrow(threadView, Priority.ALWAYS);
        var place = new StackPane(composer);
        place.getStyleClass().add("composer-place");
        composer.setMaxWidth(ThreadView.WIDEST);
        middle.getChildren().addAll(bar, banner, threadView, place);
        model.dataProperty()
                .addListener(
                        (_, _, p) -> {
                            list.show(p);
                            threadView.examples(p == null ? List.of() : p.examples());
                        });
        list.show(model.dataProperty().get());
        thread.turns().addListener((ListChangeListener<Turn>) _ -> showHow());
        thread.selectedProperty()
                .addListener(
                        (_, _, _) -> {
                            closed = false;
                            showHow();
                        });
        thread.conversationProperty().addListener((_, _, id) -> list.select(id));
        body.sceneProperty()
                .addListener(
                        (_, _, scene) -> {
                            if (scene != null) {
                                scene.widthProperty()
                                        .addListener((_, _, w) -> fit(w.doubleValue()));
                                fit(scene.getWidth());
                                javafx.application.Platform.runLater(composer::focus);
                            }
                        });
        showHow();
    }

    public void focusInput() {
        composer.focus();
    }

    /// Where it is narrow the list hides behind a button.
    private void fit(double width) {
        narrow = width < NARROW;
        list.setVisible(!narrow);
        showList.setVisible(narrow);
    }

    private void toggleList() {
        list.setVisible(!list.isVisible());
        showHow();
        if (list.isVisible()) {
            list.search();
        }
    }

    private void chosen() {
        if (narrow) {
            list.setVisible(false);
        }
        composer.focus();
    }

    private void closePane() {
        closed = true;
        how.hide();
    }

    private void showHow() {
        var turn = thread.selectedTurn().orElse(null);
        if (closed || turn == null || (narrow && list.isVisible())) {
            how.hide();
        } else {
            how.show(turn);
        }
    }

    /// Opens a conversation by its id.
    @Override
    public void reveal(String item) {
        thread.open(UUID.fromString(item));
    }

    @Override
    public boolean onKey(KeyEvent key) {
        if (key.isShortcutDown() && key.isShiftDown() && key.getCode() == KeyCode.Q) {
            composer.switchMode();
            return true;
        }
        if (key.isAltDown() || key.isShortcutDown()) {
            return false;
        }
        boolean typing = key.getTarget() instanceof TextInputControl;
        if (key.getCode() == KeyCode.ESCAPE) {
            return escape(key);
        }
        if (typing && !(composer.typing() && composer.empty())) {
            return false;
        }
        if (AskKeys.choice(key) > 0) {
            return threadView.choose(AskKeys.choice(key));
        }
        if (typing) {
            return false;
        }
        switch (key.getCode()) {
            case J -> thread.step(1);
            case K -> thread.step(-1);
            case SLASH -> {
                if (key.isShiftDown()) {
                    return false;
                }
                list.setVisible(true);
                list.search();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Stops what runs; else leaves the input for the answers; else closes the pane.
    private boolean escape(KeyEvent key) {
        if (thread.runningProperty().get() != null) {
            thread.stop();
        } else if (list.escape()) {
            return true;
        } else if (narrow && list.isVisible()) {
            list.setVisible(false);
            showHow();
            composer.focus();
        } else if (composer.holds(key.getTarget())) {
            threadView.focus();
        } else if (how.node().isVisible()) {
            closePane();
            threadView.focus();
        } else {
            composer.focus();
        }
        return true;
    }
}
