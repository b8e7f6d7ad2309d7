package io.lakebaseops.console.parts;

import eu.hansolo.tilesfx.Tile;

import io.lakebaseops.console.Texts;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.Skin;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A TilesFX tile that shows one watched figure with our own skin.
public final class GaugeTile extends Tile {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    /// Where the warning and the critical limit stand on every arc.
    static final double[] MARKS = {0.5, 0.75};

    /// @param share of the arc to fill, from 0, good, to 1; every limit stands at the same share
    /// @param text the number as shown, `–` when there is none
    /// @param available false draws no arc
    /// @param verdict the severity in words and against which limit
    /// @param strip the state over the chosen range
    public record Reading(
            double share,
            boolean available,
            String text,
            String unit,
            String detail,
            Role role,
            String verdict,
            List<StateStrip.Slot> strip) {
        public Reading {
            strip = List.copyOf(strip);
        }

        /// The same with a word more below.
        public Reading noting(String word) {
            return new Reading(
                    share, available, text, unit, detail, role, verdict + " · " + word, strip);
        }

        public Reading strip(List<StateStrip.Slot> next) {
            return new Reading(share, available, text, unit, detail, role, verdict, next);
        }

        static final Reading NONE =
                new Reading(
                        0,
                        false,
                        "–",
                        "",
                        "",
                        Role.UNAVAILABLE,
                        Texts.of("not measured yet"),
                        List.of());
    }

    private final ReadOnlyObjectWrapper<Reading> reading =
            new ReadOnlyObjectWrapper<>(Reading.NONE);

    public GaugeTile(String title) {
        setTitle(title);
        setAnimated(false);
        setMinValue(0);
        setMaxValue(1);
        getStyleClass().setAll("gauge-tile", "card");
        setFocusTraversable(true);
        show(Reading.NONE);
    }

    public void show(Reading next) {
        setValue(Math.clamp(next.share(), 0, 1));
        setText(next.text());
        setUnit(next.unit());
        setDescription(next.detail());
        setAccessibleText(
                getTitle() + " " + next.text() + " " + next.unit() + ", " + next.verdict());
        Nodes.role(this, next.role());
        reading.set(next);
    }

    /// Marks the tile whose evidence is open.
    public void chosen(boolean on) {
        pseudoClassStateChanged(CHOSEN, on);
    }

    Reading reading() {
        return reading.get();
    }

    ReadOnlyObjectProperty<Reading> readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /// TilesFX looks its stylesheet up beside the subclass; our skin takes nothing from it.
    @Override
    public @Nullable String getUserAgentStylesheet() {
        return null;
    }

    @Override
    protected Skin<?> createDefaultSkin() {
        return new GaugeSkin(this);
    }
}
