package io.lakebaseops.ask.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.ask.meaning.Intent.PlanStep;
import io.lakebaseops.ask.writing.Display;
import io.lakebaseops.ask.writing.ResultTables;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.OutputJson;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolKind;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.postgres.SqlFile;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Runs the steps of a plan one after the other: read tools as ordinary recorded runs, named
/// queries in a read session, the history and our own state. A step that fails is named and leaves
/// those before it.
public final class PlanRunner {
    /// One step may not use up the time of all.
    private static final int LATEST_MAJOR = 17;

    private final Supplier<AgentFramework> framework;
    private final Targets targets;
    private final SqlLibrary sql;
    private final HistorySteps history;
    private final StateSteps state;
    private final Executor background;
    private final Clock clock;

    public PlanRunner(
            Supplier<AgentFramework> framework,
            Targets targets,
            SqlLibrary sql,
            HistorySteps history,
            StateSteps state,
            Executor background,
            Clock clock) {
        this.framework = framework;
        this.targets = targets;
        this.sql = sql;
        this.history = history;
        this.state = state;
        this.background = background;
        this.clock = clock;
    }

    /// Loads what the first step would wait for.
    public void prepareTools() {
        Objects.requireNonNull(framework.get());
    }

    /// Opens the history, which takes a second of processor time in a fresh process.
    public void prepareHistory() {
        history.open();
    }

    /// Lets the tools of a plan that is likely to be run soon begin what they wait for.
    public void prepare(List<PlanStep> steps, TargetId target, Deadline deadline) {
        steps.stream()
                .map(PlanStep::tool)
                .filter(Objects::nonNull)
                .flatMap(name -> framework.get().catalog().find(name).stream())
                .filter(ReadTool.class::isInstance)
                .map(ReadTool.class::cast)
                .forEach(tool -> tool.prepare(target, clock, deadline));
    }

    /// What is stored is read while the watched server is asked.
    public List<StepResult> run(
            List<PlanStep> steps, Asked asked, AnswerProgress progress, Deadline deadline) {
        Map<PlanStep, CompletableFuture<StepResult>> stored = new HashMap<>();
        if (steps.stream().anyMatch(s -> s.tool() != null)) {
            steps.stream()
                    .filter(s -> !s.live())
                    .forEach(
                            s ->
                                    stored.put(
                                            s,
                                            CompletableFuture.supplyAsync(
                                                    () -> one(s, asked, deadline), background)));
        }
        var results = new ArrayList<StepResult>();
        for (var step : steps) {
            if (step.live() && !asked.awake()) {
                continue;
            }
            if (deadline.cancelled()) {
                break;
            }
            progress.started(words(step));
            var read = stored.get(step);
            var result = read == null ? one(step, asked, deadline) : read.join();
            progress.ended(result.step());
            results.add(result);
        }
        return results;
    }

    private StepResult one(PlanStep step, Asked asked, Deadline deadline) {
        var at = clock.instant();
        long begin = System.nanoTime();
        try {
            if (step.tool() != null) {
                return tool(step.tool(), step, asked, deadline);
            }
            if (step.query() != null) {
                return query(SqlName.of(step.query()), step, asked, at, begin, deadline);
            }
            var found =
                    step.history() != null
                            ? history.read(step.history(), asked, deadline)
                            : state.read(step.reads(), step, asked);
            var rows = found.rows();
            return new StepResult(
                    step.name(),
                    done(
                            step,
                            found.queries(),
                            rows,
                            began(begin),
                            null,
                            at,
                            found.source(),
                            asked),
                    rows,
                    found.facts(),
                    null,
                    List.of());
        } catch (OpsException e) {
            return failed(step, String.valueOf(e.getMessage()), at, began(begin));
        }
    }

    private StepResult tool(String name, PlanStep step, Asked asked, Deadline deadline) {
        var found = framework.get().catalog().find(name);
        if (found.isEmpty() || found.get().descriptor().kind() == ToolKind.CHANGE) {
            throw new OpsException(
                    OpsException.Kind.UNSUPPORTED,
                    name,
                    "it is no tool that reads",
                    "ask for a plan instead");
        }
        var report =
                framework
                        .get()
                        .run(name, input(step, asked), asked.target(), asked.actor(), deadline);
        if (report.status() != ToolReport.Status.OK || report.data() == null) {
            return failed(
                    step, String.valueOf(report.error()), report.startedAt(), report.duration());
        }
        var output = OutputJson.tree(report.data());
        var facts = new LinkedHashMap<>(Flat.facts(output));
        facts.put("findings", (long) report.findings().size());
        if (!report.findings().isEmpty()) {
            facts.put("summary", report.findings().getFirst().summary());
        }
        var rows =
                step.rows() == null ? findings(report.findings()) : Flat.rows(output, step.rows());
        return new StepResult(
                step.name(),
                done(
                        step,
                        1,
                        rows,
                        report.duration(),
                        null,
                        report.startedAt(),
                        report.source(),
                        asked),
                rows,
                facts,
                report.data(),
                report.caveats());
    }

    static List<Map<String, @Nullable Object>> findings(List<Finding> findings) {
        return findings.stream()
                .map(
                        f -> {
                            var row = new LinkedHashMap<String, @Nullable Object>();
                            row.put("severity", f.severity().name().toLowerCase(Locale.ROOT));
                            row.put("object", f.subject().display());
                            row.put("finding", f.summary());
                            return (Map<String, @Nullable Object>) row;
                        })
                .toList();
    }

    private static JsonNode input(PlanStep step, Asked asked) {
        var node = JsonNodeFactory.instance.objectNode();
        if (step.input() != null) {
            var variables = asked.variables();
            step.input()
                    .forEach(
                            (key, value) -> {
                                var filled = filled(value, variables);
                                if (filled != null) {
                                    node.set(key, OutputJson.tree(filled));
                                }
                            });
        }
        return node;
    }

    /// `{slot}` becomes its value; null when the question has none.
    private static @Nullable Object filled(Object value, Map<String, @Nullable Object> variables) {
        if (value instanceof String text && text.startsWith("{") && text.endsWith("}")) {
            var found = variables.get(text.substring(1, text.length() - 1));
            return found instanceof Long id && text.equals("{queryid}") ? id.toString() : found;
        }
        return value;
    }

    private StepResult query(
            SqlName name, PlanStep step, Asked asked, Instant at, long begin, Deadline deadline) {
        var file = sql.file(name, LATEST_MAJOR);
        var variables = asked.variables();
        var values = new HashMap<String, @Nullable Object>();
        for (var param : file.params()) {
            values.put(param.name(), variables.getOrDefault(param.name(), usual(param)));
        }
        var database = asked.database();
        try (var session =
                database == null
                        ? targets.read(asked.target(), deadline)
                        : targets.read(asked.target(), database, deadline)) {
            var rows = session.query(name, values).list().stream().map(QueryRow::plain).toList();
            return new StepResult(
                    step.name(),
                    done(step, 1, rows, began(begin), file.body(), at, Source.LIVE, asked),
                    rows,
                    Map.of("database_name", session.database()),
                    null,
                    List.of());
        }
    }

    /// What a parameter is when the question says nothing about it.
    private static @Nullable Object usual(SqlFile.Param param) {
        if (param.name().equals("limit")) {
            return 10L;
        }
        return param.type().equals("text") ? "" : null;
    }

    private static AnswerStep done(
            PlanStep step,
            int queries,
            List<Map<String, @Nullable Object>> rows,
            Duration took,
            @Nullable String sql,
            Instant at,
            Source source,
            Asked asked) {
        return new AnswerStep(
                step.reads(),
                words(step),
                queries,
                rows.size(),
                took,
                sql,
                rows.isEmpty()
                        ? null
                        : ResultTables.first(
                                step.reads(), rows, source, new Display(asked.now(), asked.zone())),
                at,
                source,
                null);
    }

    private static StepResult failed(PlanStep step, String why, Instant at, Duration took) {
        return new StepResult(
                step.name(),
                new AnswerStep(
                        step.reads(),
                        words(step),
                        0,
                        0,
                        took,
                        null,
                        null,
                        at,
                        Source.UNAVAILABLE,
                        why),
                List.of(),
                Map.of(),
                null,
                List.of());
    }

    private static Duration began(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static String words(PlanStep step) {
        return step.words() != null ? step.words() : step.name().replace('_', ' ');
    }
}
