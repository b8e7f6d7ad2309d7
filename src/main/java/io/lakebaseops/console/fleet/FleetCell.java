package io.lakebaseops.console.fleet;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/// A line of the list of cards: the header of a group, cards beside each other, or the folded ones.
final class FleetCell extends ListCell<FleetRow> {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    /// What a header needs besides those asleep, in pixels.
    private static final double HEADER_WORDS = 330;

    private static final double HEADER_COUNT = 80;
    private static final double ASLEEP_EDGE = 42;
    private static final double LETTER = 6.6;

    private final FleetViewModel model;
    private final ConsoleSession session;
    private final IntSupplier columns;
    private final DoubleSupplier height;
    private @Nullable Drawn drawn;
    private final List<CardNode> nodes = new ArrayList<>();
    private final HBox cards = new HBox(8);
    private final Button fold;
    private final Label title = Nodes.label("", "card-title");
    private final Label size = Nodes.label("", "card-note");
    private final HBox counts = new HBox(8);
    private final HBox asleep = new HBox(6);
    private final HBox header;
    private final Button folded = Nodes.button("", this::toggle, "fleet-fold");

    FleetCell(
            FleetViewModel model,
            ConsoleSession session,
            IntSupplier columns,
            DoubleSupplier height) {
        this.model = model;
        this.session = session;
        this.columns = columns;
        this.height = height;
        fold =
                Nodes.iconButton(
                        Feather.CHEVRON_DOWN, Texts.of("Fold or open the group"), this::toggle);
        fold.getStyleClass().add("fleet-chevron");
        counts.setAlignment(Pos.CENTER_LEFT);
        asleep.setAlignment(Pos.CENTER_RIGHT);
        asleep.setMinWidth(0);
        title.setMinWidth(Region.USE_PREF_SIZE);
        size.setMinWidth(Region.USE_PREF_SIZE);
        header = Nodes.row(fold, title, size, counts, Nodes.spacer(), asleep);
        header.getStyleClass().add("fleet-header");
        // Within the list's width: it never scrolls sideways.
        setPrefWidth(0);
        setFocusTraversable(false);
    }

    private void toggle() {
        switch (getItem()) {
            case FleetRow.Header h -> model.toggle(h.group());
            case FleetRow.Folded f -> model.toggle(f.key());
            case FleetRow.Cards _ -> {}
        }
    }

    @Override
    protected void updateItem(FleetRow row, boolean empty) {
        super.updateItem(row, empty);
        draw();
    }

    /// Draws its line again in place: what stays the same stays there, for a mouse may be over it.
    void draw() {
        var row = getItem();
        if (isEmpty() || row == null) {
            setGraphic(null);
            return;
        }
        var drawn =
                switch (row) {
                    case FleetRow.Header h -> header(h);
                    case FleetRow.Cards c -> cards(c);
                    case FleetRow.Folded f -> folded(f);
                };
        if (getGraphic() != drawn) {
            setGraphic(drawn);
        }
    }

    /// What the header's words depend on.
    private record Drawn(FleetRow.Header header, double width, @Nullable String chosen) {}

    private Node header(FleetRow.Header h) {
        var now = new Drawn(h, getListView().getWidth(), model.selectedProperty().get());
        if (now.equals(drawn)) {
            return header;
        }
        drawn = now;
        ((FontIcon) fold.getGraphic())
                .setIconCode(h.folded() ? Feather.CHEVRON_RIGHT : Feather.CHEVRON_DOWN);
        title.setText(h.group());
        size.setText(h.size());
        counts.getChildren()
                .setAll(
                        h.counts().stream()
                                .map(
                                        p -> {
                                            var label = Nodes.label(p.words(), "fleet-part");
                                            label.setMinWidth(Region.USE_PREF_SIZE);
                                            Nodes.role(label, p.state().role());
                                            return label;
                                        })
                                .toList());
        sleepers(h);
        return header;
    }

    /// As many as there is room for, those that fell asleep last first; the rest is a number.
    private void sleepers(FleetRow.Header h) {
        asleep.getChildren().clear();
        var all = h.asleep();
        double room = getListView().getWidth() - HEADER_WORDS - h.counts().size() * HEADER_COUNT;
        int shown = 0;
        for (var card : all) {
            var since = card.since();
            var when = since == null ? "" : Texts.clock(since, session.now(), session.zone());
            var text = card.name() + (when.isEmpty() ? "" : "  " + when);
            room -= ASLEEP_EDGE + text.length() * LETTER;
            if (room < 0) {
                break;
            }
            asleep.getChildren().add(sleeper(card, text));
            shown++;
        }
        if (shown < all.size()) {
            var rest =
                    Nodes.button(
                            Texts.of("%s%s asleep", shown == 0 ? "" : "+", all.size() - shown),
                            () -> model.show(FleetViewModel.Show.ASLEEP),
                            "fleet-asleep");
            Nodes.tip(rest, Texts.of("Only those that are asleep"));
            asleep.getChildren().add(rest);
        }
    }

    private Button sleeper(ServerCard card, String text) {
        var small = Nodes.button(text, () -> model.select(card.key()), "fleet-asleep");
        small.setGraphic(new FontIcon(Feather.MOON));
        small.setId("asleep-" + card.id());
        small.pseudoClassStateChanged(CHOSEN, card.key().equals(model.selectedProperty().get()));
        Nodes.tip(small, Texts.of("%s, asleep: looking does not wake it", card.fullName()));
        return small;
    }

    private Node cards(FleetRow.Cards c) {
        int n = columns.getAsInt();
        while (nodes.size() < n) {
            nodes.add(new CardNode(model));
        }
        double one = Math.floor((getListView().getWidth() - 16 + 8) / n) - 8;
        var chosen = model.selectedProperty().get();
        int shown = Math.min(n, c.cards().size());
        for (int i = 0; i < shown; i++) {
            var node = nodes.get(i);
            var card = c.cards().get(i);
            node.setMinWidth(one);
            node.setPrefWidth(one);
            node.setMaxWidth(one);
            node.show(
                    card,
                    card.key().equals(chosen),
                    height.getAsDouble(),
                    session.now(),
                    session.zone());
        }
        if (!cards.getChildren().equals(nodes.subList(0, shown))) {
            cards.getChildren().setAll(nodes.subList(0, shown));
        }
        return cards;
    }

    private Node folded(FleetRow.Folded f) {
        folded.setGraphic(new FontIcon(f.open() ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT));
        folded.setText(f.words());
        folded.setId("fold-" + f.key().replace('\n', '-').replace(' ', '-'));
        Nodes.role(folded, Role.OK);
        HBox.setHgrow(folded, Priority.NEVER);
        return folded;
    }
}
