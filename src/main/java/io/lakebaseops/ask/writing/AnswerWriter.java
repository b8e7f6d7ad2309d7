package io.lakebaseops.ask.writing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.ask.meaning.Intent;
import io.lakebaseops.ask.meaning.Intent.ActionTemplate;
import io.lakebaseops.ask.meaning.Intent.ExhibitTemplate;
import io.lakebaseops.ask.plan.Asked;
import io.lakebaseops.ask.plan.StepResult;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.Answer.Tone;
import io.lakebaseops.domain.answer.Exhibit;
import io.lakebaseops.domain.answer.Exhibit.ResultChart;
import io.lakebaseops.domain.answer.Exhibit.ResultSeries;
import io.lakebaseops.domain.answer.Exhibit.ResultText;
import io.lakebaseops.domain.answer.Exhibit.ScreenLink;
import io.lakebaseops.domain.answer.Exhibit.TimePoint;
import io.lakebaseops.domain.answer.NextStep;
import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.framework.OutputJson;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Fills an intent's sentences, tables and next steps with the results of its plan. Every figure it
/// writes comes from a result.
public final class AnswerWriter {
    private final Intent intent;
    private final List<StepResult> results;
    private final Scope scope;
    private final Display display;

    public AnswerWriter(Intent intent, Asked asked, List<StepResult> results) {
        this.intent = intent;
        this.results = results;
        scope = new Scope(results, asked.variables(), Map.of());
        display = new Display(asked.now(), asked.zone());
    }

    public List<Sentence> verdict() {
        return intent.verdict().stream()
                .filter(s -> Condition.holds(s.when(), scope))
                .map(s -> SentenceWriter.sentence(s.say(), scope, display))
                .toList();
    }

    /// The gravest tone of what is said.
    public Tone tone() {
        return intent.verdict().stream()
                .filter(s -> Condition.holds(s.when(), scope))
                .map(s -> s.tone() == null ? Tone.INFO : s.tone())
                .max(Tone::compareTo)
                .orElse(Tone.INFO);
    }

    /// What the intent shows; else a table of every step that gave rows.
    public List<Exhibit> evidence() {
        var exhibits = new ArrayList<Exhibit>();
        var shown = new HashSet<String>();
        for (var template : intent.show()) {
            shown.add(template.of());
            scope.step(template.of())
                    .filter(r -> !r.rows().isEmpty() || template.code() != null)
                    .map(r -> exhibit(template, r))
                    .ifPresent(exhibits::add);
        }
        for (var result : results) {
            if (!shown.contains(result.name()) && !result.rows().isEmpty()) {
                exhibits.add(table(result, title(result.name()), List.of(), null));
            }
        }
        var said =
                intent.verdict().stream()
                        .filter(s -> Condition.holds(s.when(), scope))
                        .map(Intent.SentenceTemplate::say)
                        .toList();
        Figures.of(said, results, display).ifPresent(exhibits::add);
        return exhibits;
    }

    private @Nullable Exhibit exhibit(ExhibitTemplate template, StepResult result) {
        var title = template.title() == null ? title(result.name()) : template.title();
        if (template.code() != null) {
            var text = scope.value(template.code());
            return text == null
                    ? null
                    : new ResultText(
                            title,
                            Format.printableLines(text.toString()),
                            true,
                            result.step().tool(),
                            result.step().origin());
        }
        return template.time() == null
                ? table(result, title, template.columns(), template)
                : chart(result, title, template, template.time());
    }

    private Exhibit table(
            StepResult result,
            String title,
            List<String> columns,
            @Nullable ExhibitTemplate template) {
        return ResultTables.of(
                title,
                columns,
                result.rows(),
                result.step().tool(),
                result.step().origin(),
                display,
                row -> link(template, row));
    }

    private @Nullable ScreenLink link(
            @Nullable ExhibitTemplate template, Map<String, @Nullable Object> row) {
        if (template == null || template.screen() == null) {
            return null;
        }
        return new ScreenLink(
                template.screen(),
                template.item() == null
                        ? null
                        : SentenceWriter.fill(template.item(), scope.with(row), display));
    }

    private static Exhibit chart(
            StepResult result, String title, ExhibitTemplate template, String time) {
        var series = new ArrayList<ResultSeries>();
        for (var column : template.columns()) {
            var points = new ArrayList<TimePoint>();
            for (var row : result.rows()) {
                if (row.get(time) instanceof Instant at) {
                    points.add(
                            new TimePoint(
                                    at,
                                    row.get(column) instanceof Number n ? n.doubleValue() : null));
                }
            }
            series.add(new ResultSeries(column.replace('_', ' '), points, false));
        }
        return new ResultChart(
                title,
                template.unit() == null ? "" : template.unit(),
                series,
                List.of(),
                result.step().tool(),
                result.step().origin());
    }

    private static String title(String name) {
        var words = name.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    public List<NextStep> actions() {
        return intent.next().stream()
                .filter(a -> Condition.holds(a.when(), scope))
                .map(this::action)
                .toList();
    }

    private NextStep action(ActionTemplate template) {
        var label = SentenceWriter.fill(template.label(), scope, display);
        if (template.open() != null) {
            return new NextStep.OpenScreen(
                    label,
                    template.open(),
                    template.item() == null
                            ? null
                            : SentenceWriter.fill(template.item(), scope, display));
        }
        if (template.question() != null) {
            return new NextStep.AskFurther(
                    label, SentenceWriter.fill(template.question(), scope, display));
        }
        var input = JsonNodeFactory.instance.objectNode();
        if (template.input() != null) {
            template.input()
                    .forEach(
                            (key, value) -> {
                                var filled = filled(value);
                                if (filled != null) {
                                    input.set(key, OutputJson.tree(filled));
                                }
                            });
        }
        return new NextStep.FilePlan(label, Objects.requireNonNull(template.file(), label), input);
    }

    /// `{name}` alone keeps its type; lists and maps are filled one by one.
    private @Nullable Object filled(Object value) {
        if (value instanceof Map<?, ?> map) {
            var filled = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, v) -> filled.put(key.toString(), filled(v)));
            return filled;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(v -> filled(v == null ? "" : v)).toList();
        }
        if (value instanceof String text && text.startsWith("{") && text.endsWith("}")) {
            return scope.value(text.substring(1, text.length() - 1));
        }
        return value;
    }
}
