package io.lakebaseops.console;

import javafx.geometry.Rectangle2D;

import java.util.List;

/// The place of the window on the displays that are there now: never larger than the display, its
/// title bar always within reach.
///
/// @param x of the window with its frame, in the coordinates of all displays
record WindowPlace(double x, double y, double width, double height) {
    /// So much of the title bar must be on a display for a remembered place to count.
    private static final double REACH_WIDE = 160;

    private static final double REACH_HIGH = 30;

    /// @param displays what each display has left beside panels and docks, the primary one first
    static WindowPlace of(ConsoleMemory look, List<Rectangle2D> displays) {
        var primary = displays.getFirst();
        var x = look.x();
        var y = look.y();
        if (x == null || y == null) {
            return centred(look, primary);
        }
        return displays.stream()
                .filter(d -> reachable(d, x, y, look.width()))
                .findFirst()
                .map(d -> within(look, d, x, y))
                .orElseGet(() -> centred(look, primary));
    }

    private static boolean reachable(Rectangle2D display, double x, double y, double width) {
        double seen = Math.min(x + width, display.getMaxX()) - Math.max(x, display.getMinX());
        return seen >= Math.min(REACH_WIDE, width)
                && y >= display.getMinY() - REACH_HIGH
                && y + REACH_HIGH <= display.getMaxY();
    }

    private static WindowPlace within(ConsoleMemory look, Rectangle2D d, double x, double y) {
        double width = Math.min(look.width(), d.getWidth());
        double height = Math.min(look.height(), d.getHeight());
        return new WindowPlace(
                Math.clamp(x, d.getMinX(), d.getMaxX() - width),
                Math.clamp(y, d.getMinY(), d.getMaxY() - height),
                width,
                height);
    }

    private static WindowPlace centred(ConsoleMemory look, Rectangle2D d) {
        double width = Math.min(look.width(), d.getWidth());
        double height = Math.min(look.height(), d.getHeight());
        return new WindowPlace(
                d.getMinX() + (d.getWidth() - width) / 2,
                d.getMinY() + (d.getHeight() - height) / 2,
                width,
                height);
    }
}
