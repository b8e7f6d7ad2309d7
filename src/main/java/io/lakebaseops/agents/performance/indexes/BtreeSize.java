package io.lakebaseops.agents.performance.indexes;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// How many pages a B-tree needs when it is built anew, after PostgreSQL's own build (nbtsort.c,
/// nbtdedup.c): every key aligned by its type, equal keys merged into posting lists, leaf pages
/// filled to the fill factor.
final class BtreeSize {
    private static final int PAGE = 8192;

    /// Page header 24, special space 16, the line pointer of the high key and that of the next
    /// item.
    private static final int OVERHEAD = 24 + 16 + 8;

    private static final int LINE_POINTER = 4;
    private static final int TUPLE_HEADER = 8;

    /// With any null: header and a bitmap of 32 columns, aligned.
    private static final int HEADER_WITH_NULLS = 16;

    private static final int TUPLE_ID = 6;

    /// A tenth of a page less a line pointer, aligned down.
    private static final int LARGEST_POSTING = 808;

    /// Inner pages are filled to 70 %.
    private static final double INNER_FILL = 0.7;

    private final List<KeyStatistics> columns;
    private final double entries;
    private final int fillfactor;
    private final boolean merges;

    /// @param merges the index may hold posting lists: not unique, nothing included, not switched
    ///     off
    BtreeSize(List<KeyStatistics> columns, double entries, int fillfactor, boolean merges) {
        this.columns = List.copyOf(columns);
        this.entries = entries;
        this.fillfactor = fillfactor;
        this.merges = merges && columns.stream().allMatch(KeyStatistics::equalImage);
    }

    boolean merging() {
        return merges;
    }

    /// @param widths factor on the widths of varying length: sampled averages are off at times
    /// @param distinct factor on the number of distinct keys
    double pages(double widths, double distinct) {
        var leaf = leaf(widths, distinct);
        double usable = PAGE - OVERHEAD - PAGE * (100.0 - fillfactor) / 100;
        double leaves = 1;
        if (leaf.items() >= 1) {
            double item = leaf.bytes() / leaf.items();
            leaves = Math.ceil(leaf.items() / Math.max(1, Math.floor(usable / item)));
        }
        double pages = leaves;
        double fanout = Math.max(2, Math.floor(INNER_FILL * (PAGE - OVERHEAD) / pivot(widths)));
        for (double level = leaves; level > 1; ) {
            level = Math.ceil(level / fanout);
            pages += level;
        }
        return pages + 1;
    }

    /// What lies on the leaf pages, line pointers included.
    private record Leaf(double items, double bytes) {
        Leaf plus(Leaf other) {
            return new Leaf(items + other.items, bytes + other.bytes);
        }

        Leaf times(double n) {
            return new Leaf(items * n, bytes * n);
        }
    }

    private Leaf leaf(double widths, double distinct) {
        double plain = tuple(widths);
        if (!merges || entries < 1) {
            return new Leaf(entries, entries * (plain + LINE_POINTER));
        }
        var all = new Leaf(0, 0);
        double left = entries;
        double groups = groups(distinct);
        if (columns.size() == 1) {
            var only = columns.getFirst();
            // Nulls are equal to each other here, and hold no data.
            all = all.plus(group(entries * only.nulls(), HEADER_WITH_NULLS));
            left -= entries * only.nulls();
            for (double share : only.commonShares()) {
                all = all.plus(group(entries * share, plain));
                left -= entries * share;
                groups -= 1;
            }
        }
        if (left < 1) {
            return all;
        }
        groups = Math.clamp(groups, 1, left);
        return all.plus(group(left / groups, plain).times(groups));
    }

    /// One group of equal keys: full posting lists, then what is left.
    private static Leaf group(double size, double tuple) {
        if (size < 0.01) {
            return new Leaf(0, 0);
        }
        double most = Math.max(2, Math.floor((LARGEST_POSTING - tuple) / TUPLE_ID));
        double full = Math.floor(size / most);
        double rest = size - full * most;
        // Below two on average some keys stand alone and the others in pairs.
        double alone = rest < 1 ? rest : Math.max(0, 2 - rest);
        double merged = rest < 1 ? 0 : Math.min(1, rest - 1);
        return new Leaf(full, full * (posting(tuple, most) + LINE_POINTER))
                .plus(new Leaf(alone, alone * (tuple + LINE_POINTER)))
                .plus(
                        new Leaf(
                                merged,
                                merged * (posting(tuple, Math.max(2, rest)) + LINE_POINTER)));
    }

    private static double posting(double tuple, double ids) {
        return align(tuple + TUPLE_ID * ids, 8);
    }

    /// Of several columns at least as many as the most varied has; correlated ones do not multiply.
    private double groups(double factor) {
        double most = 1;
        double product = 1;
        for (var c : columns) {
            double d = c.distinct(entries) + (c.nulls() > 0 ? 1 : 0);
            most = Math.max(most, d);
            product = Math.min(entries, product * d);
        }
        return Math.clamp(product * factor, Math.min(most, entries), Math.max(1, entries));
    }

    /// Average bytes of a tuple, aligned to eight.
    private double tuple(double widths) {
        double withoutNulls = 1;
        for (var c : columns) {
            withoutNulls *= 1 - c.nulls();
        }
        double full = body(widths, TUPLE_HEADER, false);
        return withoutNulls > 0.999 || columns.size() == 1
                ? full
                : withoutNulls * full + (1 - withoutNulls) * body(widths, HEADER_WITH_NULLS, true);
    }

    private double pivot(double widths) {
        return body(widths, TUPLE_HEADER, false) + LINE_POINTER;
    }

    private double body(double widths, int header, boolean thinned) {
        var varying = columns.stream().filter(c -> c.lengths() != null).findFirst();
        if (varying.isEmpty()) {
            return align(offset(header, widths, thinned, null, 0), 8);
        }
        // The mean of aligned sizes, not the aligned mean.
        var sampled = varying.get();
        var lengths = sampled.lengths();
        if (lengths == null || lengths.isEmpty()) {
            return align(offset(header, widths, thinned, null, 0), 8);
        }
        double sum = 0;
        for (int length : lengths) {
            double shown = length * widths;
            sum += align(offset(header, widths, thinned, sampled, shown), 8);
        }
        return sum / lengths.size();
    }

    private double offset(
            double header,
            double widths,
            boolean thinned,
            @Nullable KeyStatistics sampled,
            double shown) {
        double at = header;
        for (var c : columns) {
            double bytes =
                    c == sampled
                            ? shown
                            : c.length() > 0
                                    ? c.length()
                                    : (c.width() == null ? 8 : c.width()) * widths;
            double padded = align(at, c.alignment(bytes));
            double present = thinned ? 1 - c.nulls() : 1;
            at += (padded - at + bytes) * present;
        }
        return at;
    }

    private static double align(double bytes, int to) {
        return Math.ceil(bytes / to - 1e-9) * to;
    }
}
