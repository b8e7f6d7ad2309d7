package io.lakebaseops.domain.answer;

import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.answer.Answer.Tone;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// What shows that a verdict is true: a table, a chart or a text, each with where it comes from.
public sealed interface Exhibit {
    String title();

    /// Where it was read, for the line below it: `pg_stat_user_tables`, `detect_unused_indexes`.
    String source();

    Source origin();

    /// Rows of figures and names.
    ///
    /// @param total its last row, which sums the others; null when they have no sum
    /// @param rowsInAll how many there are; `rows` may be the first of them
    record ResultTable(
            String title,
            List<ResultColumn> columns,
            List<List<ResultCell>> rows,
            @Nullable List<ResultCell> total,
            long rowsInAll,
            String source,
            Source origin)
            implements Exhibit {
        public ResultTable {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            total = total == null ? null : List.copyOf(total);
        }
    }

    /// @param unit in which the numbers of its cells are, empty for words
    /// @param numeric set to the right
    record ResultColumn(String name, String unit, boolean numeric) {}

    /// @param text as shown, already made safe
    /// @param number the value behind it, in the column's unit
    /// @param tone null where it means nothing
    /// @param link what a click opens
    record ResultCell(
            String text, @Nullable Double number, @Nullable Tone tone, @Nullable ScreenLink link) {
        public static ResultCell of(String text) {
            return new ResultCell(text, null, null, null);
        }
    }

    /// A screen of the console, by its id, and what to select there.
    record ScreenLink(String screen, @Nullable String item) {}

    /// Values over time.
    record ResultChart(
            String title,
            String unit,
            List<ResultSeries> series,
            List<TimeMark> marks,
            String source,
            Source origin)
            implements Exhibit {
        public ResultChart {
            series = List.copyOf(series);
            marks = List.copyOf(marks);
        }
    }

    /// @param dashed what it is compared with
    record ResultSeries(String name, List<TimePoint> points, boolean dashed) {
        public ResultSeries {
            points = List.copyOf(points);
        }
    }

    /// @param value null where nothing was measured: a gap
    record TimePoint(Instant time, @Nullable Double value) {}

    /// A moment named on the time axis.
    record TimeMark(Instant time, String words) {}

    /// A statement, an execution plan, a definition, or a paragraph.
    ///
    /// @param code set in the font of code
    record ResultText(String title, String text, boolean code, String source, Source origin)
            implements Exhibit {}
}
