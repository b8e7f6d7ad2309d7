package io.lakebaseops.ask.writing;

import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.answer.Answer.Tone;
import io.lakebaseops.domain.answer.Exhibit.ResultCell;
import io.lakebaseops.domain.answer.Exhibit.ResultColumn;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;
import io.lakebaseops.domain.answer.Exhibit.ScreenLink;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Makes tables of rows. Columns whose name begins with `x_` are for sentences and links alone.
public final class ResultTables {
    /// More is a screen's work.
    private static final int MOST = 25;

    private static final int FIRST = 5;

    private ResultTables() {}

    /// The first rows of a step, as "How this was answered" shows them.
    public static ResultTable first(
            String source,
            List<Map<String, @Nullable Object>> rows,
            Source origin,
            Display display) {
        return table(source, List.of(), rows, FIRST, source, origin, display, _ -> null);
    }

    static ResultTable of(
            String title,
            List<String> columns,
            List<Map<String, @Nullable Object>> rows,
            String source,
            Source origin,
            Display display,
            Function<Map<String, @Nullable Object>, @Nullable ScreenLink> link) {
        return table(title, columns, rows, MOST, source, origin, display, link);
    }

    private static ResultTable table(
            String title,
            List<String> wanted,
            List<Map<String, @Nullable Object>> rows,
            int most,
            String source,
            Source origin,
            Display display,
            Function<Map<String, @Nullable Object>, @Nullable ScreenLink> link) {
        var columns =
                !wanted.isEmpty()
                        ? wanted
                        : rows.getFirst().keySet().stream()
                                .filter(c -> !c.startsWith("x_"))
                                .toList();
        return new ResultTable(
                title,
                columns.stream().map(c -> column(c, rows)).toList(),
                rows.stream()
                        .limit(most)
                        .map(r -> cells(columns, r, display, link.apply(r)))
                        .toList(),
                null,
                rows.size(),
                source,
                origin);
    }

    private static ResultColumn column(String name, List<Map<String, @Nullable Object>> rows) {
        boolean numeric = rows.stream().anyMatch(r -> r.get(name) instanceof Number);
        var unit = Display.unit(name);
        return new ResultColumn(
                header(name), numeric && !unit.equals("number") ? unit : "", numeric);
    }

    static String header(String column) {
        var words = column.replaceFirst("_(bytes|ms|seconds|at|share)$", "").replace('_', ' ');
        return switch (words) {
            case "bytes" -> "size";
            case "at" -> "time";
            default -> words;
        };
    }

    private static List<ResultCell> cells(
            List<String> columns,
            Map<String, @Nullable Object> row,
            Display display,
            @Nullable ScreenLink link) {
        var tone = tone(row.get("severity"));
        return columns.stream()
                .map(
                        c -> {
                            var value = row.get(c);
                            return new ResultCell(
                                    display.of(c, value),
                                    value instanceof Number n ? n.doubleValue() : null,
                                    c.equals("severity") ? tone : null,
                                    c.equals(columns.getFirst()) ? link : null);
                        })
                .toList();
    }

    private static @Nullable Tone tone(@Nullable Object severity) {
        return switch (String.valueOf(severity)) {
            case "critical" -> Tone.CRITICAL;
            case "warning" -> Tone.WARNING;
            default -> null;
        };
    }
}
