package io.lakebaseops.console.ask;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.Reading;
import io.lakebaseops.domain.answer.Reading.Slot;

import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.FlowPane;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a question was understood, as chips: choosing another value answers it again in place.
final class ReadingChips extends FlowPane {
    static final String TIME = "time";

    private static final Map<String, Duration> RANGES = ranges();

    private static Map<String, Duration> ranges() {
        var ranges = new LinkedHashMap<String, Duration>();
        ranges.put("last hour", Duration.ofHours(1));
        ranges.put("last 6 hours", Duration.ofHours(6));
        ranges.put("last 24 hours", Duration.ofHours(24));
        ranges.put("last 7 days", Duration.ofDays(7));
        ranges.put("last 30 days", Duration.ofDays(30));
        return ranges;
    }

    ReadingChips(AskThread thread, Turn turn, Reading reading) {
        super(6, 4);
        getStyleClass().add("reading-chips");
        getChildren().addAll(Nodes.label(label(reading), "row-sub"), chip(reading.words()));
        for (var slot : reading.slots()) {
            var others = others(slot, turn.askedAt());
            getChildren()
                    .add(others.isEmpty() ? chip(slot.words()) : menu(thread, turn, slot, others));
        }
    }

    private static String label(Reading reading) {
        return reading.intent().equals(Reading.BY_MODEL)
                ? Texts.of("Worded by")
                : Texts.of("Understood as");
    }

    /// Other values by what the menu says; for a time, ranges that end when it was asked.
    private static Map<String, String> others(Slot slot, Instant asked) {
        var others = new LinkedHashMap<String, String>();
        slot.others().forEach(o -> others.put(o, o));
        if (slot.name().equals(TIME)) {
            RANGES.forEach((words, back) -> others.put(words, range(asked.minus(back), asked)));
        }
        return others;
    }

    /// As a slot of time is written.
    static String range(Instant from, Instant until) {
        return from + "/" + until;
    }

    private static Node chip(String words) {
        return Nodes.label(words, "reading-chip");
    }

    private static Node menu(AskThread thread, Turn turn, Slot slot, Map<String, String> others) {
        var menu = new MenuButton(Format.printable(slot.words()));
        menu.setMnemonicParsing(false);
        menu.setId("slot-%d-%s".formatted(turn.number(), slot.name()));
        menu.getStyleClass().addAll("chip-menu", "slot-chip");
        menu.setMinWidth(USE_PREF_SIZE);
        Nodes.tip(
                menu, Texts.of("Another %s; the answer runs again", slot.name().replace('_', ' ')));
        others.forEach(
                (words, value) -> {
                    var item = new MenuItem(Format.printable(words));
                    item.setMnemonicParsing(false);
                    item.setOnAction(_ -> thread.change(turn, slot.name(), value));
                    menu.getItems().add(item);
                });
        menu.disableProperty().bind(thread.runningProperty().isNotNull());
        return menu;
    }
}
