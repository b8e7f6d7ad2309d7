package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Impact;

import java.util.List;
import java.util.stream.IntStream;

/// How much storage an index takes that is not there yet.
final class NewIndexSize {
    private static final int PAGE = 8192;
    private static final int FILLFACTOR = 90;

    /// Of a column without statistics: that of most keys.
    private static final int USUAL_WIDTH = 8;

    private NewIndexSize() {}

    /// @param msPerHour it saves
    static Impact impact(double rows, List<KeyStatistics> columns, double msPerHour) {
        double most = pages(rows, columns, 1) * PAGE;
        double least = pages(rows, columns, 0.5) * PAGE;
        return new Impact(-(long) most, (long) ((most - least) / 2), msPerHour);
    }

    private static double pages(double rows, List<KeyStatistics> columns, double distinct) {
        return new BtreeSize(columns, rows, FILLFACTOR, true).pages(1, distinct);
    }

    /// Columns of which nothing is known but how many: equal keys may or may not be merged.
    static List<KeyStatistics> unknown(int columns) {
        return IntStream.rangeClosed(1, columns)
                .mapToObj(
                        i ->
                                new KeyStatistics(
                                        0,
                                        i,
                                        true,
                                        USUAL_WIDTH,
                                        "d",
                                        USUAL_WIDTH,
                                        0.0,
                                        null,
                                        List.of(),
                                        null,
                                        false))
                .toList();
    }
}
