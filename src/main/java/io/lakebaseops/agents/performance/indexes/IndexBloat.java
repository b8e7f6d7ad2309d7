package io.lakebaseops.agents.performance.indexes;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// How much smaller a B-tree index would be if it were built anew, with the bounds of the estimate.
///
/// @param bytes it has
/// @param expected bytes after a rebuild, by estimate or, where `measured`, by its real density
/// @param low bound of `expected`
/// @param high bound of `expected`
record IndexBloat(
        IndexShape index, long bytes, double expected, double low, double high, boolean measured) {
    private static final int PAGE = 8192;

    /// Sampled widths are off by this much at times, row counts by half of it.
    private static final double WIDTH_ERROR = 0.03;

    private static final double COUNT_ERROR = 0.015;

    /// A sampled number of distinct values may be half or twice the real one.
    private static final double DISTINCT_ERROR = 2;

    /// What a page of a just built index keeps free by default, in percent of it.
    private static final int FILLFACTOR = 90;

    /// As `indexes/measured_index` returns it.
    record Measured(
            long leafPages,
            long internalPages,
            long emptyPages,
            long deletedPages,
            double leafDensity) {}

    /// Null where it cannot be estimated: a column without statistics.
    static @Nullable IndexBloat estimate(IndexShape index, List<KeyStatistics> columns) {
        if (columns.isEmpty() || columns.stream().anyMatch(c -> c.width() == null)) {
            return null;
        }
        var row = index.row();
        boolean merges =
                !row.isUnique()
                        && columns.stream().allMatch(KeyStatistics::isKey)
                        && !option(index, "deduplicate_items", "on").matches("off|false|no|0");
        var size = new BtreeSize(columns, row.entries(), fillfactor(index), merges);
        double expected = size.pages(1, 1) * PAGE;
        double low = expected;
        double high = expected;
        for (double width : new double[] {1 - WIDTH_ERROR, 1 + WIDTH_ERROR}) {
            for (double distinct : new double[] {1 / DISTINCT_ERROR, 1, DISTINCT_ERROR}) {
                double pages = size.pages(width, size.merging() ? distinct : 1) * PAGE;
                low = Math.min(low, pages);
                high = Math.max(high, pages);
            }
        }
        return new IndexBloat(
                index,
                row.indexBytes(),
                expected,
                low * (1 - COUNT_ERROR),
                high * (1 + COUNT_ERROR),
                false);
    }

    /// The same with what pgstattuple found on its pages.
    IndexBloat measuredAs(Measured m) {
        double leaves = m.leafPages() * m.leafDensity() / fillfactor(index);
        double inner = m.internalPages() * Math.min(1, leaves / Math.max(1, m.leafPages()));
        double pages = Math.max(1, leaves) + inner + 1;
        // Merging equal keys could make it smaller still; the density does not show that.
        return new IndexBloat(
                index, bytes, pages * PAGE, Math.min(low, pages * PAGE), pages * PAGE * 1.02, true);
    }

    /// Actual over expected size.
    double ratio() {
        return bytes / Math.max(PAGE, expected);
    }

    /// The same if the estimate is as wrong as it may be.
    double leastRatio() {
        return bytes / Math.max(PAGE, high);
    }

    /// Share of the file, 0 to 1.
    double wasted() {
        return Math.clamp(1 - expected / bytes, 0, 1);
    }

    double leastWasted() {
        return Math.clamp(1 - high / bytes, 0, 1);
    }

    double mostWasted() {
        return Math.clamp(1 - low / bytes, 0, 1);
    }

    long wastedBytes() {
        return Math.max(0, bytes - (long) expected);
    }

    /// How far that may be off to either side.
    long errorBytes() {
        return (long) ((high - low) / 2);
    }

    static int fillfactor(IndexShape index) {
        return Integer.parseInt(option(index, "fillfactor", String.valueOf(FILLFACTOR)));
    }

    private static String option(IndexShape index, String name, String otherwise) {
        for (var option : index.options().split(",")) {
            if (option.startsWith(name + "=")) {
                return option.substring(name.length() + 1);
            }
        }
        return otherwise;
    }
}
