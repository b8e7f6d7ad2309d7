package io.lakebaseops.agents.performance.maintenance;

import java.util.List;

/// The share of a table's file that is neither live rows nor wanted free space. An estimate from
/// the planner's statistics, with bounds: rows are laid out column by column with their alignment
/// (manual 65.6), and the average widths behind it are samples.
///
/// @param low share of the file, 0 to 1, that is wasted at least
/// @param high at most
record HeapBloat(double low, double high) {
    private static final int PAGE = 8192;
    private static final int PAGE_HEADER = 24;
    private static final int LINE_POINTER = 4;
    private static final int TUPLE_HEADER = 23;

    /// Sampled widths and null shares are off by this much at times.
    private static final double WIDTH_ERROR = 0.05;

    /// As `maintenance/row_widths` returns it.
    record Widths(
            long tableOid,
            List<Integer> lengths,
            List<String> alignments,
            List<Integer> widths,
            List<Double> nullShares) {
        Widths {
            lengths = List.copyOf(lengths);
            alignments = List.copyOf(alignments);
            widths = List.copyOf(widths);
            nullShares = List.copyOf(nullShares);
        }
    }

    static HeapBloat of(Widths w, long liveRows, long fileBytes, double fillfactor) {
        double row = rowBytes(w);
        double pages = fileBytes / (double) PAGE;
        return new HeapBloat(
                wasted(row * (1 + WIDTH_ERROR), liveRows, pages, fillfactor),
                wasted(row * (1 - WIDTH_ERROR), liveRows, pages, fillfactor));
    }

    private static double wasted(double row, long rows, double pages, double fillfactor) {
        if (pages < 1) {
            return 0;
        }
        double perPage = Math.max(1, Math.floor((PAGE - PAGE_HEADER) * fillfactor / 100 / row));
        return Math.clamp(1 - rows / perPage / pages, 0, 1);
    }

    private static double rowBytes(Widths w) {
        boolean nulls = w.nullShares().stream().anyMatch(s -> s > 0);
        int header = TUPLE_HEADER + (nulls ? (w.lengths().size() + 7) / 8 : 0);
        double offset = 0;
        for (int i = 0; i < w.lengths().size(); i++) {
            double width = w.lengths().get(i) > 0 ? w.lengths().get(i) : w.widths().get(i);
            // Short variable-length values carry a one-byte header and need no alignment.
            boolean aligned = w.lengths().get(i) > 0 || width > 126;
            double padded = aligned ? align(offset, bytes(w.alignments().get(i))) : offset;
            double present = 1 - w.nullShares().get(i);
            offset += (padded - offset + width) * present;
        }
        return align(align(header, 8) + offset, 8) + LINE_POINTER;
    }

    private static double align(double offset, int to) {
        return Math.ceil(offset / to) * to;
    }

    private static int bytes(String alignment) {
        return switch (alignment) {
            case "d" -> 8;
            case "i" -> 4;
            case "s" -> 2;
            default -> 1;
        };
    }
}
