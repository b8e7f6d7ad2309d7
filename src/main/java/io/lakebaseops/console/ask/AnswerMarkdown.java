package io.lakebaseops.console.ask;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerJson;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.Exhibit;
import io.lakebaseops.domain.answer.Exhibit.ResultCell;
import io.lakebaseops.domain.answer.Exhibit.ResultChart;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;
import io.lakebaseops.domain.answer.Exhibit.ResultText;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/// An answer as Markdown, with its tables and where each was read: for a ticket or a chat.
final class AnswerMarkdown {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ENGLISH);

    private final ZoneId zone;
    private final StringBuilder text = new StringBuilder();

    private AnswerMarkdown(ZoneId zone) {
        this.zone = zone;
    }

    /// @param server which the questions are about
    static String of(List<Turn> turns, String server, ZoneId zone) {
        var markdown = new AnswerMarkdown(zone);
        for (var turn : turns) {
            if (turn.answer() != null) {
                markdown.add(turn, server);
            }
        }
        return markdown.text.toString().strip() + "\n";
    }

    private void add(Turn turn, String server) {
        var answer = Objects.requireNonNull(turn.answer());
        text.append("## ").append(plain(turn.question())).append("\n\n");
        var verdict = AnswerJson.verdict(answer);
        if (!verdict.isEmpty()) {
            text.append(plain(verdict)).append("\n\n");
        }
        if (answer.trouble() != null) {
            text.append("**").append(plain(answer.trouble())).append("**\n\n");
        }
        if (answer.kind() == Answer.Kind.STOPPED) {
            text.append("Stopped half-way.\n\n");
        }
        answer.evidence().forEach(this::exhibit);
        list("Ruled out", answer.ruledOut());
        list("For", answer.reasonsFor());
        list("Against", answer.reasonsAgainst());
        steps(answer);
        text.append("_")
                .append(plain(server))
                .append(", ")
                .append(WHEN.format(answer.answeredAt().atZone(zone)))
                .append("_\n\n");
    }

    private void exhibit(Exhibit exhibit) {
        switch (exhibit) {
            case ResultTable table -> table(table);
            case ResultText words ->
                    text.append(
                            words.code()
                                    ? "```\n" + words.text() + "\n```\n\n"
                                    : plain(words.text()) + "\n\n");
            case ResultChart chart -> chart(chart);
        }
        text.append("Source: ")
                .append(plain(exhibit.source()))
                .append(exhibit.origin() == Source.SIMULATED ? " (generated)" : "")
                .append("\n\n");
    }

    private void table(ResultTable table) {
        var columns = table.columns();
        row(columns.stream().map(c -> c.name()).toList());
        row(columns.stream().map(c -> c.numeric() ? "---:" : "---").toList());
        table.rows().forEach(r -> row(r.stream().map(ResultCell::text).toList()));
        var total = table.total();
        if (total != null) {
            line(total.stream().map(c -> "**" + cell(c.text()) + "**").toList());
        }
        var rest = ResultGrid.rest(table, Integer.MAX_VALUE);
        text.append(rest.isEmpty() ? "\n" : "\n" + rest + "\n\n");
    }

    private void row(List<String> cells) {
        line(cells.stream().map(AnswerMarkdown::cell).toList());
    }

    private void line(List<String> cells) {
        text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String cell(String words) {
        return plain(words).replace("|", "\\|");
    }

    /// The first and the last value of each line; a picture does not fit into text.
    private void chart(ResultChart chart) {
        for (var series : chart.series()) {
            var points = series.points().stream().filter(p -> p.value() != null).toList();
            if (!points.isEmpty()) {
                text.append("- ")
                        .append(plain(chart.title()))
                        .append(", ")
                        .append(plain(series.name()))
                        .append(": ")
                        .append(value(chart, points.getFirst()))
                        .append(" → ")
                        .append(value(chart, points.getLast()))
                        .append("\n");
            }
        }
        text.append("\n");
    }

    private String value(ResultChart chart, Exhibit.TimePoint point) {
        return "%s %s (%s)"
                .formatted(
                        Format.digits(Objects.requireNonNull(point.value())),
                        chart.unit(),
                        WHEN.format(point.time().atZone(zone)));
    }

    private void list(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append(title).append(": ").append(plain(String.join("; ", lines))).append("\n\n");
        }
    }

    private void steps(Answer answer) {
        if (answer.steps().isEmpty()) {
            return;
        }
        row(List.of("Step", "queries", "rows", "time"));
        row(List.of("---", "---:", "---:", "---:"));
        for (var step : answer.steps()) {
            row(
                    List.of(
                            step.tool() + (step.failed() == null ? "" : ": " + step.failed()),
                            Format.grouped(step.queries()),
                            Format.grouped(step.rows()),
                            Format.duration(step.took())));
        }
        text.append("\n");
        for (var step : answer.steps()) {
            statement(step);
        }
    }

    private void statement(AnswerStep step) {
        if (step.sql() != null) {
            text.append("```sql\n").append(step.sql().strip()).append("\n```\n\n");
        }
    }

    /// Names from a database are text and no Markdown; an underscore within a word means nothing.
    private static String plain(String words) {
        return Format.printable(words)
                .replaceAll("([*`<\\[\\]#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))", "\\\\$1");
    }
}
