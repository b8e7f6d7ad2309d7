package io.lakebaseops.console.parts;

import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// A row of buttons of which exactly one is chosen.
///
/// @param <K> what is chosen
public final class Segments<K> extends HBox {
    private final ToggleGroup group = new ToggleGroup();
    private final Map<K, ToggleButton> buttons = new HashMap<>();
    private Consumer<K> chosen = _ -> {};

    public Segments() {
        getStyleClass().add("segments");
        setMinWidth(Region.USE_PREF_SIZE);
    }

    public void add(K key, String text, String id) {
        var button = new ToggleButton(text);
        button.setMnemonicParsing(false);
        button.setId(id);
        button.getStyleClass().add("segment");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setToggleGroup(group);
        button.setOnAction(
                _ -> {
                    // A second click would leave nothing chosen.
                    button.setSelected(true);
                    chosen.accept(key);
                });
        buttons.put(key, button);
        getChildren().add(button);
    }

    public void text(K key, String text) {
        Objects.requireNonNull(buttons.get(key)).setText(text);
    }

    public void select(K key) {
        Objects.requireNonNull(buttons.get(key)).setSelected(true);
    }

    public void onChoice(Consumer<K> act) {
        chosen = act;
    }
}
