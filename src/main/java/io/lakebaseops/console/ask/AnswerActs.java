package io.lakebaseops.console.ask;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.AnswerJson;

import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.stage.FileChooser;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// What can be done with an answer besides its next steps: copy it, keep it as a file, pin it to a
/// plan or an alert, ask again.
final class AnswerActs {
    private final AskViewModel model;
    private final AskThread thread;
    private final ConsoleSession session;

    AnswerActs(AskViewModel model, ConsoleSession session) {
        this.model = model;
        this.thread = model.thread();
        this.session = session;
    }

    List<Node> buttons(Turn turn) {
        var again = Nodes.button(Texts.of("Ask again"), () -> thread.again(turn));
        again.setGraphic(new FontIcon(Feather.ROTATE_CW));
        again.setId("ask-again");
        again.disableProperty().bind(thread.runningProperty().isNotNull());
        return List.of(pin(turn), keep(turn), again);
    }

    /// What it can be pinned to is read when the menu opens.
    private Node pin(Turn turn) {
        var menu = menu(Texts.of("Pin"), Feather.BOOKMARK, "pin");
        var reading = new MenuItem(Texts.of("Reading …"));
        reading.setDisable(true);
        menu.getItems().setAll(reading);
        menu.setOnShowing(
                _ ->
                        model.pinnable(
                                found -> {
                                    menu.getItems()
                                            .setAll(
                                                    found.stream()
                                                            .map(
                                                                    p ->
                                                                            item(
                                                                                    p.words(),
                                                                                    () ->
                                                                                            thread.followUp()
                                                                                                    .pin(
                                                                                                            turn,
                                                                                                            p
                                                                                                                    .item())))
                                                            .toList());
                                    if (found.isEmpty()) {
                                        var none =
                                                new MenuItem(
                                                        Texts.of(
                                                                "No alert is open, no plan waits"));
                                        none.setDisable(true);
                                        menu.getItems().setAll(none);
                                    }
                                }));
        return menu;
    }

    private Node keep(Turn turn) {
        var menu = menu(Texts.of("Copy"), Feather.COPY, "keep-answer");
        menu.getItems()
                .addAll(
                        item(
                                Texts.of("Copy this answer as Markdown"),
                                () -> SqlView.copy(markdown(List.of(turn)))),
                        item(
                                Texts.of("Copy this answer as JSON"),
                                () -> SqlView.copy(json(List.of(turn)))),
                        new SeparatorMenuItem(),
                        item(
                                Texts.of("Save the conversation as Markdown…"),
                                () -> save(menu, "md", () -> markdown(thread.turns()))),
                        item(
                                Texts.of("Save the conversation as JSON…"),
                                () -> save(menu, "json", () -> json(thread.turns()))),
                        new SeparatorMenuItem(),
                        item(
                                Texts.of("Delete the conversation"),
                                () -> thread.delete(thread.conversationProperty().get())));
        return menu;
    }

    private static MenuButton menu(String text, Feather icon, String id) {
        var menu = new MenuButton(text, new FontIcon(icon));
        menu.getStyleClass().add("foot-menu");
        menu.setMnemonicParsing(false);
        menu.setId(id);
        menu.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        return menu;
    }

    private static MenuItem item(String text, Runnable act) {
        var item = new MenuItem(Format.printable(text));
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> act.run());
        return item;
    }

    String markdown(List<Turn> turns) {
        return AnswerMarkdown.of(turns, thread.targetProperty().get().toString(), session.zone());
    }

    static String json(List<Turn> turns) {
        var all = JsonNodeFactory.instance.arrayNode();
        for (var turn : turns) {
            if (turn.answer() != null) {
                all.add(AnswerJson.of(turn.question(), Objects.requireNonNull(turn.answer())));
            }
        }
        return all.size() == 1 ? all.get(0).toPrettyString() : all.toPrettyString();
    }

    private void save(Node from, String kind, Supplier<String> text) {
        var chooser = new FileChooser();
        chooser.setInitialFileName("conversation." + kind);
        var file = chooser.showSaveDialog(from.getScene().getWindow());
        if (file != null) {
            var words = text.get();
            thread.inBackground(() -> write(file.toPath(), words), _ -> {});
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The conversation was not written to " + file, e);
        }
    }
}
