package io.lakebaseops.agents.performance.maintenance;

import java.util.List;

/// The share of a table's file that a rewrite would give back: neither live rows nor free space
/// that is wanted. An estimate from the planner's statistics, or what pgstattuple found, with
/// bounds.
///
/// @param expected share of the file, 0 to 1
/// @param low wasted at least
/// @param high at most
record HeapBloat(double expected, double low, double high, boolean measured) {
    private static final double PAGE = 8192;

    /// Rows of so many bytes fill pages differently when they vary; of more only two or three fit.
    private static final double WIDE = 400;

    private static final double WIDEST = 2_000;

    /// The server's own count of live rows is off by this much at times.
    private static final double COUNT_ERROR = 0.015;

    /// Of the free space map, and of rows that change while they are counted.
    private static final double MEASURED_ERROR = 0.01;

    /// As `maintenance/row_widths` returns it.
    ///
    /// @param attributes of a row, dropped columns included
    /// @param droppedBytes that rows older than the drop may still carry
    /// @param unseenBytes of pages that are not all visible
    /// @param sampled `bytes:share` of sampled values, empty where unknown
    record Widths(
            long tableOid,
            int attributes,
            int droppedBytes,
            long unseenBytes,
            List<Integer> lengths,
            List<String> alignments,
            List<Integer> widths,
            List<Double> nullShares,
            List<String> sampled) {
        Widths {
            lengths = List.copyOf(lengths);
            alignments = List.copyOf(alignments);
            widths = List.copyOf(widths);
            nullShares = List.copyOf(nullShares);
            sampled = List.copyOf(sampled);
        }
    }

    /// As `maintenance/measured_table` and `maintenance/sampled_table` return it.
    record Measured(
            long fileBytes, long liveRows, long liveBytes, long deadBytes, long freeBytes) {}

    static HeapBloat of(Widths w, long liveRows, long fileBytes, double fillfactor) {
        double pages = fileBytes / PAGE;
        if (pages < 1) {
            return new HeapBloat(0, 0, 0, false);
        }
        var rows = RowSample.of(w, true);
        double perPage = rows.perPage(fillfactor);
        double row = rows.mean() + RowSample.LINE_POINTER;
        // Of wide rows it depends on their spread how many fit on a page.
        double alike = row < WIDE ? perPage : RowSample.of(w, false).perPage(fillfactor);
        double needed = liveRows / (row < WIDEST ? perPage : alike);
        double packing = Math.abs(liveRows / perPage - liveRows / alike);
        double error = needed * (rows.uncertain() / row + COUNT_ERROR) + packing;
        return of(1 - Math.ceil(needed) / pages, error / pages, 1 / pages, false);
    }

    private static HeapBloat of(double expected, double error, double page, boolean measured) {
        return new HeapBloat(
                clamped(expected),
                clamped(expected - error - page),
                clamped(expected + error + page),
                measured);
    }

    private static double clamped(double share) {
        return Math.clamp(share, 0, 1);
    }

    /// With all of its pages read: the live rows and their bytes are known.
    static HeapBloat measured(Widths w, Measured m, double fillfactor) {
        double pages = Math.max(1, m.fileBytes() / PAGE);
        var rows = RowSample.of(w, true);
        double real = m.liveRows() == 0 ? 0 : (double) m.liveBytes() / m.liveRows();
        // As many go on a page as of the rows estimated, less or more by their real size.
        double perPage =
                rows.perPage(fillfactor)
                        * (rows.mean() + RowSample.LINE_POINTER)
                        / (real + rows.padding() + RowSample.LINE_POINTER);
        double needed = Math.ceil(m.liveRows() / Math.max(1, perPage));
        return of(1 - needed / pages, MEASURED_ERROR, 1 / pages, true);
    }

    /// With only those pages read that are not all visible: of the others their free space is
    /// known, but not how much of the rest are line pointers of rows that are gone.
    static HeapBloat sampled(Widths w, Measured m, double fillfactor) {
        double pages = Math.max(1, m.fileBytes() / PAGE);
        var rows = RowSample.of(w, true);
        double perPage = rows.perPage(fillfactor);
        double full = perPage * (rows.mean() + RowSample.LINE_POINTER) + RowSample.PAGE_HEADER;
        double taken = m.fileBytes() - (double) m.freeBytes() - m.deadBytes();
        double gone = Math.max(0, pages * perPage - m.liveRows());
        double pointers = Math.min(gone * RowSample.LINE_POINTER, taken) / m.fileBytes();
        double least = 1 - taken / full / pages;
        return of(least + pointers / 2, pointers / 2 + MEASURED_ERROR, 1 / pages, true);
    }

    /// `22 % ± 3`.
    String bar() {
        return "%d %% ± %d"
                .formatted(
                        Math.round(50 * (low + high)), Math.max(1, Math.round(50 * (high - low))));
    }
}
