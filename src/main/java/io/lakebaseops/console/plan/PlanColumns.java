package io.lakebaseops.console.plan;

/// Widths of the plan tree's columns, shared by its heads and its lines. A column that would be
/// empty for every node leaves its room to the nodes.
final class PlanColumns {
    /// In the order in which they stand after the node.
    enum Column {
        MEASURED(122, 92),
        ROWS(142, 140),
        LOOPS(62, 46),
        BUFFERS(122, 64),
        EXTRAS(118, 92);

        private final double wide;
        private final double narrow;

        Column(double wide, double narrow) {
            this.wide = wide;
            this.narrow = narrow;
        }
    }

    private double zoom = 1;
    private boolean narrow;
    private boolean loops = true;
    private boolean buffers = true;
    private boolean extras = true;

    /// @param anyLoops the statement was run
    void has(boolean anyLoops, boolean anyBuffers, boolean anyExtras) {
        loops = anyLoops;
        buffers = anyBuffers;
        extras = anyExtras;
    }

    boolean analyzed() {
        return loops;
    }

    void zoom(double next) {
        zoom = next;
    }

    double zoom() {
        return zoom;
    }

    /// A window with little room: smaller indent and bars.
    void narrow(boolean on) {
        narrow = on;
    }

    boolean narrow() {
        return narrow;
    }

    boolean shows(Column column) {
        return switch (column) {
            case MEASURED, ROWS -> true;
            case LOOPS -> loops;
            case BUFFERS -> buffers;
            case EXTRAS -> extras;
        };
    }

    double width(Column column) {
        return scaled(narrow ? column.narrow : column.wide);
    }

    double scaled(double width) {
        return width * zoom;
    }

    double indent() {
        return scaled(narrow ? 12 : 18);
    }

    double bar() {
        return scaled(narrow ? 24 : 54);
    }
}
