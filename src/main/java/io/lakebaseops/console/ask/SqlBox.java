package io.lakebaseops.console.ask;

import io.lakebaseops.console.OwnSql;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.NextStep.FilePlan;
import io.lakebaseops.guard.CountStatement;
import io.lakebaseops.guard.PlanDraft;
import io.lakebaseops.guard.ReadResult.Refused;
import io.lakebaseops.guard.ReadSql;

import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Path;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The input for a statement of one's own, which may only read. It is judged while it is typed: the
/// word that is not trusted is underlined, and the button to run it is off and says why.
final class SqlBox extends VBox {
    private final AskThread thread;
    private final TextArea text = Nodes.lines();
    private final Path underline = new Path();
    private final Pane over = new Pane(underline);
    private final Label limits = Nodes.label("", "row-sub");
    private final Label said = Nodes.wrapped("", "fact-value");
    private final HBox verdict;
    private final Button instead;
    private final Button draft;
    private final Button run;
    private final StackPane runPlace;
    private final PauseTransition typed = new PauseTransition(Duration.millis(150));
    private @Nullable Refused refused;

    SqlBox(AskThread thread, OwnSql own) {
        super(6);
        this.thread = thread;
        text.setId("own-sql");
        text.setPromptText(Texts.of("select … (one statement that only reads)"));
        text.setAccessibleText(Texts.of("SQL statement, read only"));
        text.getStyleClass().add("sql-input");
        text.setPrefRowCount(4);
        text.setMinHeight(72);
        text.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        text.textProperty().addListener((_, _, _) -> edited());
        text.scrollTopProperty().addListener((_, _, _) -> underline());
        text.scrollLeftProperty().addListener((_, _, _) -> underline());
        text.widthProperty().addListener((_, _, _) -> underline());
        typed.setOnFinished(_ -> judge());
        run = Nodes.button(Texts.of("Run"), this::run, "small");
        run.setId("run-sql");
        runPlace = new StackPane(run);
        underline.getStyleClass().add("sql-underline");
        underline.setManaged(false);
        underline.setVisible(false);
        over.setMouseTransparent(true);
        var clip = new Rectangle();
        clip.widthProperty().bind(over.widthProperty());
        clip.heightProperty().bind(over.heightProperty());
        over.setClip(clip);
        said.setId("sql-judgement");
        instead = Nodes.button(Texts.of("Count the rows instead"), () -> {}, "small");
        instead.setId("count-instead");
        instead.managedProperty().bind(instead.visibleProperty());
        instead.setMinWidth(Region.USE_PREF_SIZE);
        draft = Nodes.button(Texts.of("Draft a plan"), () -> {}, "small");
        draft.setId("draft-plan");
        draft.setGraphic(new FontIcon(Feather.SHIELD));
        draft.managedProperty().bind(draft.visibleProperty());
        Nodes.tip(draft, Texts.of("Files a plan in Approvals; nothing is changed here"));
        verdict = Nodes.row(Nodes.icon(Feather.SLASH, Role.CRITICAL), said, instead, draft);
        verdict.managedProperty().bind(verdict.visibleProperty());
        verdict.setVisible(false);
        var caps = own.caps();
        limits.setId("sql-limits");
        limits.setMinWidth(0);
        thread.loginProperty().addListener((_, _, login) -> limits.setText(limits(login, own)));
        limits.setText(limits(thread.loginProperty().get(), own));
        Nodes.tip(
                limits,
                Texts.of(
                        "In a read-only transaction that is rolled back; at most %s, %s, %s. A sleeping compute is woken by it.",
                        Format.duration(caps.time()),
                        Texts.count(caps.rows(), "row"),
                        Format.size((double) caps.bytes())));
        thread.runningProperty().addListener((_, _, _) -> showRun());
        getChildren()
                .addAll(
                        Nodes.row(
                                limits,
                                Nodes.spacer(),
                                Nodes.label(Texts.of("Ctrl ↵"), "key-hint"),
                                runPlace),
                        new StackPane(text, over),
                        verdict);
        showRun();
    }

    private static String limits(String login, OwnSql own) {
        var caps = own.caps();
        return Texts.of(
                "as %s, read only · %s · %s · %s",
                login.isEmpty() ? Texts.of("the login of this connection") : login,
                Format.duration(caps.time()),
                Texts.count(caps.rows(), "row"),
                Format.size((double) caps.bytes()));
    }

    void focus() {
        text.requestFocus();
    }

    private void edited() {
        judged(null);
        typed.playFromStart();
    }

    /// Off this thread: the grammar is loaded at the first use.
    private void judge() {
        var sql = text.getText();
        if (sql.isBlank()) {
            return;
        }
        thread.inBackground(
                () ->
                        ReadSql.judge(sql)
                                .map(
                                        r ->
                                                new Judged(
                                                        r,
                                                        CountStatement.of(sql).orElse(null),
                                                        PlanDraft.of(sql).orElse(null))),
                found -> {
                    if (sql.equals(text.getText())) {
                        judged(found.orElse(null));
                    }
                });
    }

    /// @param count what can be run instead
    /// @param plan what can be filed instead
    private record Judged(Refused refused, @Nullable String count, @Nullable FilePlan plan) {}

    private void judged(@Nullable Judged judged) {
        var next = judged == null ? null : judged.refused();
        var count = judged == null ? null : judged.count();
        refused = next;
        instead.setVisible(count != null);
        instead.setOnAction(
                _ -> {
                    if (count != null) {
                        text.setText(count);
                        text.requestFocus();
                        text.end();
                    }
                });
        var plan = judged == null ? null : judged.plan();
        draft.setVisible(plan != null);
        draft.setOnAction(
                _ -> {
                    if (plan != null) {
                        thread.followUp().draft(plan);
                    }
                });
        verdict.setVisible(next != null);
        if (next != null) {
            said.setText(
                    Texts.of(
                            "Not sent. %s%s",
                            SqlAnswer.place(text.getText(), next), next.sentence()));
        }
        showRun();
        Platform.runLater(this::underline);
    }

    private void showRun() {
        var no = refused;
        run.setDisable(
                no != null || text.getText().isBlank() || thread.runningProperty().get() != null);
        // A disabled button has no tooltip of its own.
        Nodes.tip(runPlace, no == null ? Texts.of("Ctrl Enter") : no.sentence());
    }

    private void underline() {
        var no = refused;
        underline.setVisible(false);
        if (no != null
                && no.position() >= 0
                && !no.word().isEmpty()
                && text.lookup(".text") instanceof Text drawn) {
            int end = Math.min(drawn.getText().length(), no.position() + no.word().length());
            if (no.position() >= end) {
                return;
            }
            underline.getElements().setAll(drawn.underlineShape(no.position(), end));
            var from = over.sceneToLocal(drawn.localToScene(0, 0));
            underline.setTranslateX(from.getX());
            underline.setTranslateY(from.getY() + 1);
            underline.setVisible(true);
        }
    }

    private void run() {
        if (!run.isDisabled()) {
            thread.runSql(text.getText());
        }
    }

    private void onKey(KeyEvent e) {
        if (e.getCode() == KeyCode.ENTER && e.isShortcutDown()) {
            run();
            e.consume();
        }
    }
}
