package io.lakebaseops.console.parts;

import eu.hansolo.tilesfx.Section;
import eu.hansolo.tilesfx.Tile;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Skin;
import javafx.scene.paint.Color;

import org.jspecify.annotations.Nullable;

/// A TilesFX tile that shows one watched figure with our own skin.
public final class GaugeTile extends Tile {

    /// @param text the number as shown, `–` when there is none
    /// @param available false draws no arc
    /// @param verdict the severity in words and against which limit
    public record Reading(
            double value,
            boolean available,
            String text,
            String unit,
            String detail,
            Role role,
            String verdict) {
        static final Reading NONE =
                new Reading(0, false, "–", "", "", Role.UNAVAILABLE, "not measured yet");
    }

    private final ReadOnlyObjectWrapper<Reading> reading =
            new ReadOnlyObjectWrapper<>(Reading.NONE);

    private final double[] marks;

    /// @param min where the scale begins, in the metric's unit
    public GaugeTile(String title, double min, double max, double warning, double critical) {
        marks = new double[] {warning, critical};
        setTitle(title);
        setAnimated(false);
        setMinValue(min);
        setMaxValue(max);
        // For TilesFX's own sense of the scale; it sorts them, so our skin reads the marks.
        setSections(
                new Section(warning, max, Color.TRANSPARENT),
                new Section(critical, max, Color.TRANSPARENT));
        getStyleClass().setAll("gauge-tile", "card");
        setFocusTraversable(true);
        show(Reading.NONE);
    }

    public void show(Reading next) {
        setValue(Math.clamp(next.value(), getMinValue(), getMaxValue()));
        setText(next.text());
        setUnit(next.unit());
        setDescription(next.detail());
        setAccessibleText(
                getTitle() + " " + next.text() + " " + next.unit() + ", " + next.verdict());
        Nodes.role(this, next.role());
        reading.set(next);
    }

    /// Warning, then critical.
    double mark(int i) {
        return marks[i];
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
