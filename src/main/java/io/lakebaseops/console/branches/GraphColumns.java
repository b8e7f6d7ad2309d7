package io.lakebaseops.console.branches;

/// The columns of the graph, its axis and the life cycle below it, for one width.
///
/// @param narrow compute, size and owner are left out
record GraphColumns(double width, boolean narrow) {
    private static final double GAP = 10;

    double name() {
        return narrow ? 168 : 186;
    }

    double laneX() {
        return name() + GAP;
    }

    double laneWidth() {
        return Math.max(120, width - laneX() - right());
    }

    private double right() {
        return narrow ? 104 : 104 + 84 + 74 + 40;
    }

    double lifeX() {
        return laneX() + laneWidth() + GAP;
    }

    double lifeWidth() {
        return 94;
    }

    double computeEnd() {
        return lifeX() + lifeWidth() + 76;
    }

    double sizeEnd() {
        return computeEnd() + 74;
    }

    double ownerX() {
        return sizeEnd() + 14;
    }
}
