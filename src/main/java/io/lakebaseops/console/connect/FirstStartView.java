package io.lakebaseops.console.connect;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

/// The first start: try it now with the demo, or connect to a server. Nothing runs yet that would
/// have to be waited for.
public final class FirstStartView {
    private final VBox root = new VBox();
    private final ConnectPage page;

    /// @param demo starts Local Lakebase with its shop
    public FirstStartView(ConnectModel model, Runnable demo) {
        page = new ConnectPage(model);
        model.onChange(() -> model.saved(page::show));
        var bar =
                Nodes.row(
                        Nodes.icon(Feather.DATABASE, Role.INFO),
                        Nodes.label(Texts.of("LakebaseOps"), "card-title"),
                        Nodes.label(Messages.of("first.start"), "card-note"),
                        Nodes.spacer(),
                        Nodes.label(Messages.of("first.for"), "card-note"));
        bar.getStyleClass().add("first-bar");
        var start = Nodes.button(Messages.of("first.demo.start"), demo);
        start.setId("first-demo");
        var count = Nodes.pill("", Role.INFO);
        count.setVisible(false);
        model.found()
                .addListener(
                        (_, _, places) -> {
                            long n =
                                    places == null
                                            ? 0
                                            : places.stream()
                                                    .mapToLong(p -> p.entries().size())
                                                    .sum();
                            count.setText(Messages.of("first.found", n));
                            count.setVisible(n > 0);
                        });
        var choices =
                new HBox(
                        14,
                        choice(
                                Feather.PLAY_CIRCLE,
                                Messages.of("first.demo"),
                                Messages.of("first.demo.words"),
                                start),
                        choice(
                                Feather.LINK,
                                Messages.of("first.connect"),
                                Messages.of("first.connect.words"),
                                count));
        choices.getChildren().getLast().getStyleClass().add("chosen");
        var headline = Nodes.label(Messages.of("first.headline"), "first-headline");
        var content = new VBox(14, headline, choices, page);
        content.getStyleClass().add("first-content");
        content.setMaxWidth(1640 + 48);
        VBox.setVgrow(page, Priority.ALWAYS);
        var middle = new StackPane(content);
        middle.setAlignment(Pos.TOP_CENTER);
        middle.setMinHeight(0);
        VBox.setVgrow(middle, Priority.ALWAYS);
        root.getStyleClass().add("shell");
        root.getChildren().addAll(bar, middle);
        root.setId("first-start");
        // At 720 lines the choices and the columns need the room.
        headline.visibleProperty().bind(root.heightProperty().greaterThan(760));
        headline.managedProperty().bind(headline.visibleProperty());
    }

    private static Node choice(Feather icon, String title, String words, Node end) {
        var text = new VBox(2, Nodes.label(title, "card-title"), Nodes.label(words, "card-note"));
        var card = new HBox(14, Nodes.icon(icon, Role.INFO), text, Nodes.spacer(), end);
        card.setAlignment(Pos.CENTER_LEFT);
        card.getStyleClass().addAll("card", "first-choice");
        card.setPrefWidth(400);
        HBox.setHgrow(card, Priority.ALWAYS);
        return card;
    }

    public Parent root() {
        return root;
    }

    public void focus() {
        page.focus();
    }
}
