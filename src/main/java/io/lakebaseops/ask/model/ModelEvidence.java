package io.lakebaseops.ask.model;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.ask.plan.Flat;
import io.lakebaseops.ask.writing.Display;
import io.lakebaseops.ask.writing.ResultTables;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.domain.answer.Answer.Tone;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.Exhibit;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;
import io.lakebaseops.domain.answer.ModelUse;
import io.lakebaseops.domain.answer.NextStep;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.domain.answer.Reading;
import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.framework.ToolReport;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a model's functions returned, as the steps, tables and next steps of an answer.
final class ModelEvidence {
    /// More than these are read in the pane beside the answer.
    private static final int TABLES = 3;

    private final Question question;
    private final Clock clock;
    private final UUID id;
    private final Instant begun;
    private final List<AnswerStep> steps = new ArrayList<>();
    private final List<ResultTable> tables = new ArrayList<>();
    private Tone tone = Tone.INFO;

    ModelEvidence(UUID id, Question question, Clock clock) {
        this.id = id;
        this.question = question;
        this.clock = clock;
        begun = clock.instant();
    }

    List<AnswerStep> steps() {
        return steps;
    }

    AnswerStep add(Functions.Called called, JsonNode json) {
        var report = called.report();
        if (report == null) {
            throw new IllegalArgumentException("Nothing was run: " + called.name());
        }
        boolean ok = report.status() == ToolReport.Status.OK;
        var rows = rows(json);
        var table = rows.isEmpty() ? null : table(called.name(), rows, report.source());
        var step =
                new AnswerStep(
                        called.name(),
                        words(called),
                        1,
                        rows.size(),
                        report.duration(),
                        null,
                        table,
                        report.startedAt(),
                        ok ? report.source() : Source.UNAVAILABLE,
                        ok ? null : Format.printable(String.valueOf(report.error())));
        steps.add(step);
        if (table != null) {
            tables.add(table);
        }
        report.findings().forEach(f -> tone = worse(tone, f.severity()));
        return step;
    }

    private static String words(Functions.Called called) {
        return called.arguments().isEmpty()
                ? called.name().replace('_', ' ')
                : "%s with %s"
                        .formatted(
                                called.name().replace('_', ' '),
                                Format.printable(called.arguments().toString()));
    }

    /// Its findings, else the longest list of its data.
    private static List<Map<String, @Nullable Object>> rows(JsonNode json) {
        var findings = json.path("findings");
        if (!findings.isEmpty()) {
            return Flat.rows(json, "/findings");
        }
        var best = "";
        int most = 0;
        for (var path : lists(json.path("data"), "/data", 0)) {
            var list = json.at(path);
            if (list.size() > most && list.get(0).isObject()) {
                best = path;
                most = list.size();
            }
        }
        return most == 0 ? List.of() : Flat.rows(json, best);
    }

    private static List<String> lists(JsonNode node, String path, int depth) {
        var paths = new ArrayList<String>();
        for (var entry : node.properties()) {
            var at = path + "/" + entry.getKey().replace("~", "~0").replace("/", "~1");
            if (entry.getValue().isArray()) {
                paths.add(at);
            } else if (entry.getValue().isObject() && depth < 3) {
                paths.addAll(lists(entry.getValue(), at, depth + 1));
            }
        }
        return paths;
    }

    private ResultTable table(
            String tool, List<Map<String, @Nullable Object>> rows, Source origin) {
        return ResultTables.first(
                tool, rows, origin, new Display(question.askedAt(), question.zone()));
    }

    private static Tone worse(Tone tone, Severity severity) {
        var its =
                switch (severity) {
                    case CRITICAL -> Tone.CRITICAL;
                    case WARNING -> Tone.WARNING;
                    case INFO -> Tone.INFO;
                };
        return its.compareTo(tone) > 0 ? its : tone;
    }

    Answer answer(
            Kind kind,
            List<Sentence> sentences,
            Functions functions,
            ModelUse use,
            @Nullable String trouble) {
        var shown = tables.subList(Math.max(0, tables.size() - TABLES), tables.size());
        var now = clock.instant();
        return new Answer(
                id,
                kind,
                new Reading(Reading.BY_MODEL, use.name(), 1, List.of(), "live", null),
                sentences,
                tone,
                List.<Exhibit>copyOf(shown),
                List.of(),
                functions.filed().stream()
                        .<NextStep>map(
                                p ->
                                        new NextStep.OpenScreen(
                                                "Plan: " + Format.printable(p.plan().title()),
                                                "approvals",
                                                p.id().toString()))
                        .toList(),
                List.of(),
                steps,
                List.of(),
                List.of(),
                null,
                use,
                trouble == null ? null : Format.printable(trouble),
                now,
                Duration.between(begun, now));
    }
}
