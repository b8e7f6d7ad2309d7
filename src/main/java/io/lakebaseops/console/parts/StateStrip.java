package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;

import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

import java.util.ArrayList;
import java.util.List;

/// A row of boxes with the state of something over time: coloured by role, taller where it is
/// worse, hatched where nobody watched.
public final class StateStrip extends Region {
    private final double gap;
    private final List<Region> boxes = new ArrayList<>();
    private List<Slot> slots = List.of();

    /// @param weight its share of the width
    /// @param role `OK`, `INFO`, `WARNING` or `CRITICAL`; `UNAVAILABLE` for not watched
    /// @param tip from when to when and what was so
    public record Slot(double weight, Role role, String tip) {}

    /// @param gap between two boxes, 0 for a line without breaks
    public StateStrip(double gap, double height) {
        this.gap = gap;
        getStyleClass().add("state-strip");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinHeight(height);
        setPrefHeight(height);
        setMaxHeight(height);
        setMinWidth(0);
    }

    public void show(List<Slot> next) {
        if (next.equals(slots)) {
            return;
        }
        slots = List.copyOf(next);
        while (boxes.size() < slots.size()) {
            var box = new Region();
            box.setManaged(false);
            boxes.add(box);
            getChildren().add(box);
        }
        for (int i = 0; i < boxes.size(); i++) {
            var box = boxes.get(i);
            box.setVisible(i < slots.size());
            if (i < slots.size()) {
                var slot = slots.get(i);
                box.getStyleClass().setAll("state-slot", slot.role().css());
                if (!slot.tip().isEmpty()) {
                    Nodes.tip(box, slot.tip());
                } else {
                    Tooltip.uninstall(box, null);
                }
            }
        }
        setAccessibleText(spoken());
        requestLayout();
    }

    private String spoken() {
        long bad =
                slots.stream()
                        .filter(s -> s.role() == Role.WARNING || s.role() == Role.CRITICAL)
                        .count();
        return Texts.of("%s of %s not ok", bad, slots.size());
    }

    @Override
    protected void layoutChildren() {
        double all = slots.stream().mapToDouble(Slot::weight).sum();
        double room = getWidth() - gap * Math.max(0, slots.size() - 1);
        double x = 0;
        for (int i = 0; i < slots.size() && all > 0; i++) {
            double w = Math.max(0.5, slots.get(i).weight() / all * room);
            double h = getHeight() * height(slots.get(i).role());
            boxes.get(i).resizeRelocate(x, getHeight() - h, w, h);
            x += w + gap;
        }
    }

    private static double height(Role role) {
        return switch (role) {
            case CRITICAL -> 1;
            case WARNING -> 0.8;
            case OK, INFO, SIMULATED, UNAVAILABLE -> 0.55;
            case MUTED -> 0.2;
        };
    }
}
