package io.lakebaseops.ask.writing;

import io.lakebaseops.ask.plan.StepResult;
import io.lakebaseops.domain.answer.Exhibit;
import io.lakebaseops.domain.answer.Exhibit.ResultCell;
import io.lakebaseops.domain.answer.Exhibit.ResultColumn;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The table of those figures in a verdict that stand in no row of another table, each with the
/// step it came from: nobody has to believe a sentence.
final class Figures {
    private Figures() {}

    /// What is longer is a sentence, which the verdict says whole.
    private static final int NAME = 60;

    static Optional<Exhibit> of(List<String> said, List<StepResult> results, Display display) {
        Map<String, List<ResultCell>> rows = new LinkedHashMap<>();
        StepResult first = null;
        for (var sentence : said) {
            for (var match : SentenceWriter.values(sentence)) {
                var path = match.group(1);
                var step = source(path, results);
                var column = path.substring(path.indexOf('.') + 1);
                if (step == null || shown(step, column)) {
                    continue;
                }
                var value = step.value(column);
                if (value instanceof String words && words.length() > NAME) {
                    continue;
                }
                var text =
                        match.group(2) == null
                                ? display.of(column, value)
                                : display.as(match.group(2), value);
                first = first == null ? step : first;
                rows.put(
                        step.name() + column,
                        List.of(
                                ResultCell.of(column.replaceFirst("^x_", "").replace('_', ' ')),
                                ResultCell.of(text),
                                ResultCell.of(step.step().tool())));
            }
        }
        if (first == null) {
            return Optional.empty();
        }
        return Optional.of(
                new ResultTable(
                        "Other figures",
                        List.of(
                                new ResultColumn("figure", "", false),
                                new ResultColumn("value", "", true),
                                new ResultColumn("from", "", false)),
                        List.copyOf(rows.values()),
                        null,
                        rows.size(),
                        first.step().tool(),
                        first.step().origin()));
    }

    private static @Nullable StepResult source(String path, List<StepResult> results) {
        int dot = path.indexOf('.');
        var column = path.substring(dot + 1);
        return results.stream()
                .filter(r -> !r.failed())
                .filter(
                        r ->
                                dot < 0
                                        ? r.value(column) != null
                                        : r.name().equals(path.substring(0, dot)))
                .findFirst()
                .orElse(null);
    }

    private static boolean shown(StepResult step, String column) {
        return !step.facts().containsKey(column)
                && !column.startsWith("x_")
                && !step.rows().isEmpty()
                && step.rows().getFirst().containsKey(column);
    }
}
