package io.lakebaseops.console.parts;

import javafx.css.PseudoClass;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/// A row of buttons of which exactly one is chosen.
///
/// @param <K> what is chosen
public final class Segments<K> extends HBox {
    private static final PseudoClass OFF = PseudoClass.getPseudoClass("off");

    private final ToggleGroup group = new ToggleGroup();
    private final Map<K, ToggleButton> buttons = new HashMap<>();
    private final Set<K> off = new HashSet<>();
    private @Nullable K current;
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
        button.setMaxHeight(Double.MAX_VALUE);
        button.setToggleGroup(group);
        button.setOnAction(
                _ -> {
                    if (off.contains(key)) {
                        select(current);
                        return;
                    }
                    // A second click would leave nothing chosen.
                    button.setSelected(true);
                    current = key;
                    chosen.accept(key);
                });
        buttons.put(key, button);
        getChildren().add(button);
    }

    /// Leaves one out that nothing belongs to.
    public void offer(K key, boolean on) {
        var button = Objects.requireNonNull(buttons.get(key));
        button.setVisible(on);
        button.setManaged(on);
    }

    public void text(K key, String text) {
        Objects.requireNonNull(buttons.get(key)).setText(text);
    }

    /// @param role of a dot before the text; null for none
    public void dot(K key, @Nullable Role role) {
        var dot = new Region();
        if (role != null) {
            dot.getStyleClass().addAll("dot", role.css());
        }
        Objects.requireNonNull(buttons.get(key)).setGraphic(role == null ? null : dot);
    }

    public void select(@Nullable K key) {
        current = key;
        if (key == null) {
            group.selectToggle(null);
        } else {
            Objects.requireNonNull(buttons.get(key)).setSelected(true);
        }
    }

    /// @param why it cannot be chosen, said in its tooltip; null when it can
    public void enable(K key, @Nullable String why) {
        var button = Objects.requireNonNull(buttons.get(key));
        button.pseudoClassStateChanged(OFF, why != null);
        button.setAccessibleHelp(why);
        // A disabled button would not show its tooltip.
        button.setTooltip(why == null ? null : Nodes.tooltip(why));
        if (why == null) {
            off.remove(key);
        } else {
            off.add(key);
        }
    }

    public void onChoice(Consumer<K> act) {
        chosen = act;
    }
}
