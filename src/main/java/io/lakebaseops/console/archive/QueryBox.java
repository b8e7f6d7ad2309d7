package io.lakebaseops.console.archive;

import io.lakebaseops.agents.health.archival.UnifiedQuery;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SmallTable;
import io.lakebaseops.domain.Format;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

/// A box to ask a table and its archive as one: one SELECT, read only, with the result below and
/// how many rows came from where.
final class QueryBox extends VBox {
    private static final int SHOWN = 100;

    private final TextArea text = Nodes.lines();
    private final VBox result = new VBox(6);
    private final Label foot = Nodes.wrapped(Texts.of("read only, 30 s, 1,000 rows"), "row-sub");
    private String table = "";

    QueryBox(ArchiveViewModel model) {
        super(8);
        setId("query-box");
        getStyleClass().addAll("card", "chart-card");
        text.setId("query-text");
        text.setAccessibleText(Messages.of("archive.query.text"));
        text.getStyleClass().add("query-text");
        text.setPrefRowCount(3);
        text.setMinHeight(64);
        var run = Nodes.button(Texts.of("Run"), () -> model.ask(text.getText()), "accent", "small");
        run.setId("query-run");
        run.disableProperty().bind(model.workingProperty());
        text.setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.ENTER && e.isShortcutDown()) {
                        e.consume();
                        fire(run);
                    }
                });
        var scroll = new ScrollPane(result);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        foot.setId("query-foot");
        getChildren()
                .addAll(
                        Nodes.row(
                                Nodes.label(Texts.of("Query hot and cold as one"), "card-title"),
                                Nodes.spacer(),
                                run),
                        text,
                        scroll,
                        foot);
        model.answerProperty().addListener((_, _, a) -> show(a));
        show(null);
    }

    private static void fire(Button run) {
        if (!run.isDisabled()) {
            run.fire();
        }
    }

    /// @param name of the archived table; the question is a suggestion until somebody changes it
    void about(@Nullable String name) {
        boolean any = name != null;
        setVisible(any);
        setManaged(any);
        if (name != null && !name.equals(table)) {
            table = name;
            text.setText(Texts.of("select count(*) as rows_in_all from %s", name));
            show(null);
        }
    }

    private void show(UnifiedQuery.@Nullable Answer answer) {
        result.getChildren().clear();
        foot.getStyleClass().removeIf(s -> s.startsWith("role-"));
        if (answer == null) {
            result.getChildren()
                    .add(
                            Nodes.wrapped(
                                    Texts.of(
                                            "One SELECT over this table; its rows in PostgreSQL and in the archive answer together (Ctrl-Enter)."),
                                    "row-sub"));
            foot.setText(Texts.of("read only, 30 s, 1,000 rows"));
            return;
        }
        result.getChildren().add(new SmallTable(answer.rows(), SHOWN));
        foot.setText(
                Texts.of(
                        "%s%s over %s hot and %s cold; %s",
                        Texts.count(answer.rows().size(), "row"),
                        answer.cut() ? Texts.of(" (cut)") : "",
                        Format.grouped(answer.hotRows()),
                        Format.grouped(answer.coldRows()),
                        answer.onBothSides() == 0
                                ? Texts.of("no key on both sides")
                                : Texts.of(
                                        "%s on both sides: an archival is open",
                                        Texts.count(answer.onBothSides(), "key"))));
        Nodes.role(foot, answer.onBothSides() == 0 ? Role.MUTED : Role.WARNING);
    }
}
