package io.lakebaseops.agents.performance.maintenance;

import java.util.Arrays;
import java.util.Random;

/// Rows of a table as they lie on its pages, drawn from the planner's statistics: column by column
/// with the alignment of each (manual 65.6), texts and numbers in the lengths that were sampled.
/// Every draw is stratified, so that shares of nulls and average widths come out as they are known,
/// and the same statistics always give the same rows.
///
/// @param bytes of each row, aligned to eight, with its header
/// @param uncertain how many bytes an average row may be larger or smaller
/// @param padding of an average row up to the eight
record RowSample(double[] bytes, double uncertain, double padding) {
    private static final int ROWS = 256;
    private static final int HEADER = 23;
    private static final int PAGE = 8192;
    static final int PAGE_HEADER = 24;
    static final int LINE_POINTER = 4;

    /// The most a value takes whose header is one byte; longer ones are aligned.
    private static final int SHORT = 127;

    /// No row is larger than a page.
    private static final double LARGEST = 8_160;

    /// Averages are stored without their fraction, and sampled.
    private static final double ROUNDED = 0.5;

    private static final double WIDTH_ERROR = 0.02;
    private static final double SAMPLED_ERROR = 0.01;

    /// @param spread lengths of which only the average is known are taken to vary
    static RowSample of(HeapBloat.Widths w, boolean spread) {
        // Columns are drawn apart from each other, always in the same way.
        var random = new Random(7);
        var offset = new double[ROWS];
        var nulls = new boolean[ROWS];
        double uncertain = 0;
        double noneNull = 1;
        double most = 0;
        double all = 0;
        for (int c = 0; c < w.lengths().size(); c++) {
            var column = ColumnWidths.of(w, c);
            var order = shuffled(random);
            int filled = (int) Math.round(ROWS * (1 - column.nulls()));
            for (int i = 0; i < ROWS; i++) {
                int at = order[i];
                if (at >= filled) {
                    nulls[i] = true;
                    continue;
                }
                double bytes =
                        spread ? column.at((at + 0.5) / filled) : column.alike((at + 0.5) / filled);
                boolean aligned = column.fixed() || bytes > SHORT;
                offset[i] = (aligned ? align(offset[i], column.alignment()) : offset[i]) + bytes;
            }
            noneNull *= 1 - column.nulls();
            most = Math.max(most, column.nulls());
            all += column.nulls();
            double present = 1 - column.nulls();
            uncertain +=
                    present
                            * (column.fixed()
                                    ? 0
                                    : column.sampled()
                                            ? SAMPLED_ERROR * column.mean()
                                            : ROUNDED + WIDTH_ERROR * column.mean());
        }
        boolean dropped = w.attributes() > w.lengths().size();
        double bitmap = align(HEADER + (w.attributes() + 7) / 8, 8) - align(HEADER, 8);
        double padding = 0;
        for (int i = 0; i < ROWS; i++) {
            double header = align(HEADER, 8) + (nulls[i] || dropped ? bitmap : 0);
            double raw = Math.min(offset[i], LARGEST - header);
            offset[i] = header + align(raw, 8);
            padding += align(raw, 8) - raw;
        }
        // Nulls that come together, or never do, need fewer or more bitmaps.
        uncertain +=
                bitmap * Math.max(1 - most - noneNull, noneNull - Math.max(0, 1 - all)) / 2
                        + w.droppedBytes() * 0.5;
        return new RowSample(offset, uncertain, padding / ROWS);
    }

    private static int[] shuffled(Random random) {
        var order = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    double mean() {
        return Arrays.stream(bytes).average().orElse(0);
    }

    /// Rows on a page that is filled row after row, as a rewrite does.
    double perPage(double fillfactor) {
        double reserve = PAGE * (100 - fillfactor) / 100;
        int pages = 0;
        int rows = 0;
        int onPage = 0;
        double free = PAGE - PAGE_HEADER;
        for (int i = 0; pages < 40 || i < ROWS; i++) {
            double row = bytes[i % ROWS];
            if (onPage > 0 && free - LINE_POINTER < row + reserve) {
                pages++;
                rows += onPage;
                onPage = 0;
                free = PAGE - PAGE_HEADER;
            }
            onPage++;
            free -= row + LINE_POINTER;
        }
        return Math.max(1, (double) rows / pages);
    }

    private static double align(double offset, int to) {
        return Math.ceil(offset / to - 1e-9) * to;
    }
}
