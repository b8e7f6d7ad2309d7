package io.lakebaseops.console.ask;

import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.Reading;
import io.lakebaseops.domain.answer.Reading.Slot;

import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.FlowPane;

/// How a question was understood, as chips: choosing another value answers it again in place.
final class ReadingChips extends FlowPane {
    ReadingChips(AskThread thread, Turn turn, Reading reading) {
        super(6, 4);
        getStyleClass().add("reading-chips");
        getChildren()
                .addAll(Nodes.label("Understood as", "row-sub"), chip(reading.words()));
        for (var slot : reading.slots()) {
            getChildren()
                    .add(slot.others().isEmpty() ? chip(slot.words()) : menu(thread, turn, slot));
        }
    }

    private static Node chip(String words) {
        return Nodes.label(words, "reading-chip");
    }

    private static Node menu(AskThread thread, Turn turn, Slot slot) {
        var menu = new MenuButton(Format.printable(slot.words()));
        menu.setMnemonicParsing(false);
        menu.setId("slot-%d-%s".formatted(turn.number(), slot.name()));
        menu.getStyleClass().addAll("chip-menu", "slot-chip");
        menu.setMinWidth(USE_PREF_SIZE);
        Nodes.tip(menu, "Another " + slot.name().replace('_', ' ') + "; the answer runs again");
        for (var other : slot.others()) {
            var item = new MenuItem(Format.printable(other));
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> thread.change(turn, slot.name(), other));
            menu.getItems().add(item);
        }
        menu.disableProperty().bind(thread.runningProperty().isNotNull());
        return menu;
    }
}
