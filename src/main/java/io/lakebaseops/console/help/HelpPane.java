package io.lakebaseops.console.help;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;

import javafx.geometry.Insets;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;

/// The help of one screen, with its keys and those that work everywhere, beside the screen it is
/// about.
public final class HelpPane extends VBox {
    private static final double WIDTH = 460;

    /// A key that works everywhere.
    ///
    /// @param words key of the message that says what it does
    public record Key(String key, String words) {}

    private final ScrollPane scroll = new ScrollPane();

    /// @param page null for a screen that has none
    /// @param everywhere keys that work on every screen
    public HelpPane(@Nullable HelpPage page, List<Key> everywhere, Runnable close) {
        super(10);
        setId("help");
        getStyleClass().addAll("popover", "help-sheet");
        setMaxWidth(WIDTH);
        setPrefWidth(WIDTH);
        var content = new VBox(6);
        if (page != null) {
            content.getChildren().add(Nodes.wrapped(page.about(), "row-title"));
            page.parts().forEach(p -> content.getChildren().addAll(part(p)));
        }
        content.getChildren()
                .add(Nodes.label(Messages.of("help.everywhere"), "card-title", "help-part"));
        content.getChildren()
                .add(
                        keys(
                                everywhere.stream()
                                        .map(
                                                k ->
                                                        new HelpPage.Item(
                                                                k.key(),
                                                                true,
                                                                Messages.of(k.words())))
                                        .toList()));
        content.setPadding(new Insets(0, 16, 0, 0));
        scroll.setContent(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setId("help-text");
        scroll.setAccessibleText(Messages.of("help.title"));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren()
                .addAll(
                        Nodes.row(
                                Nodes.label(
                                        page == null
                                                ? Messages.of("help.title")
                                                : Messages.of("help.of", page.title()),
                                        "pane-title"),
                                Nodes.spacer(),
                                Nodes.iconButton(Feather.X, Texts.of("Close (Esc)"), close)),
                        scroll);
    }

    private static List<Node> part(HelpPage.Part part) {
        var nodes = new ArrayList<Node>();
        nodes.add(Nodes.label(part.title(), "card-title", "help-part"));
        var keys = part.items().stream().filter(HelpPage.Item::key).toList();
        if (!keys.isEmpty()) {
            nodes.add(keys(keys));
        }
        for (var item : part.items()) {
            if (!item.key()) {
                if (!item.term().isEmpty()) {
                    nodes.add(Nodes.wrapped(item.term(), "help-term"));
                }
                nodes.add(Nodes.wrapped(item.text(), "row-sub"));
            }
        }
        return nodes;
    }

    private static GridPane keys(List<HelpPage.Item> keys) {
        var grid = new GridPane(16, 6);
        var first = new ColumnConstraints();
        first.setMinWidth(USE_PREF_SIZE);
        var rest = new ColumnConstraints();
        rest.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(first, rest);
        for (int i = 0; i < keys.size(); i++) {
            var row = new RowConstraints();
            row.setValignment(VPos.TOP);
            grid.getRowConstraints().add(row);
            Label key = Nodes.label(keys.get(i).term(), "key");
            key.setMinWidth(USE_PREF_SIZE);
            grid.add(key, 0, i);
            grid.add(Nodes.wrapped(keys.get(i).text(), "row-sub"), 1, i);
        }
        return grid;
    }

    /// So that the arrow keys scroll the text at once.
    @Override
    public void requestFocus() {
        scroll.requestFocus();
    }
}
