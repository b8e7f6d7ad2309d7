package io.lakebaseops.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.config.ModelFile;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerJson;
import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.Answerer;
import io.lakebaseops.domain.answer.Exhibit;
import io.lakebaseops.domain.answer.NextStep;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.domain.plan.FiledPlan;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `ask "…"`: answers questions in plain words from read-only looks and the history.
@Command(
        name = "ask",
        description = "Answer a question about the server, reading only",
        mixinStandardHelpOptions = true)
final class AskCommand implements Callable<Integer> {
    /// Long enough for a tool that compares whole tables.
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final int ROWS = 12;

    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "QUESTION", description = "In plain words")
    private final List<String> words = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "QUESTIONS",
            description =
                    "A file with a question in each line; those with # are left out, and a line that"
                            + " is none is named with its number")
    private @Nullable Path file;

    @Mixin private final TargetOptions target = new TargetOptions();

    @Option(
            names = "--model",
            description = "Let the language model of the settings word the answer")
    private boolean model;

    @Option(
            names = "--agree",
            description = "With --model: agree, now and later, to what its server is sent")
    private boolean agree;

    @Option(
            names = "--show-request",
            description = "Print what the language model would be sent, and send nothing")
    private boolean show;

    @Option(
            names = "--plan",
            description =
                    "File the plan of the first next step that has one: of low risk it runs at once,"
                            + " as policy allows; else a person approves it first")
    private boolean plan;

    @Option(names = "--json", description = "Print one JSON object for each question")
    private boolean json;

    AskCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        var lines = lines();
        var questions =
                lines.stream()
                        .filter(l -> l.trouble() == null)
                        .map(QuestionsFile.Line::text)
                        .toList();
        var answerer = show ? services.answers().plain() : answerer();
        // Opening the server takes as long as loading what answers are made with.
        answerer.prepare(questions);
        var id = services.target(target.choice());
        var out = spec.commandLine().getOut();
        int code = ExitCode.OK;
        for (var line : lines) {
            if (line.trouble() != null) {
                refused(out, line, line.trouble());
                code = code == ExitCode.OK ? ExitCode.USAGE : code;
            } else if (show) {
                out.println(services.answers().first().of(asked(line.text(), id), time()));
            } else if (!answered(out, answerer, line, id)) {
                code = ExitCode.FAILED;
            }
            out.flush();
        }
        return code;
    }

    /// Also of a question that cannot be answered: those behind it are still asked.
    private boolean answered(
            PrintWriter out, Answerer answerer, QuestionsFile.Line line, TargetId id) {
        Answer answer;
        List<FiledPlan> filed;
        try {
            answer = answerer.answer(asked(line.text(), id), AnswerProgress.SILENT, time());
            filed = plan ? filed(answer, id) : List.of();
        } catch (OpsException e) {
            if (file == null) {
                throw e;
            }
            refused(out, line, String.valueOf(e.getMessage()));
            return false;
        }
        if (json) {
            var object = AnswerJson.of(line.text(), answer);
            if (line.number() > 0) {
                object.put("line", line.number());
            }
            if (plan) {
                var plans = object.putArray("filed");
                filed.forEach(p -> plans.add(PlanJson.of(p)));
            }
            out.println(object);
        } else {
            print(out, line.text(), answer);
            for (var one : filed) {
                out.println(
                        "  filed: "
                                + Format.printable(one.plan().title())
                                + ", plan "
                                + one.id()
                                + ", "
                                + ReportText.word(one.state()));
            }
            if (plan && filed.isEmpty()) {
                out.println("  filed: nothing, no next step has a plan");
            }
            out.println();
        }
        return answer.kind() != Answer.Kind.FAILED;
    }

    /// At the gate, as from the window: nothing else changes anything.
    private List<FiledPlan> filed(Answer answer, TargetId id) {
        var step =
                answer.actions().stream()
                        .filter(NextStep.FilePlan.class::isInstance)
                        .map(NextStep.FilePlan.class::cast)
                        .findFirst();
        if (step.isEmpty()) {
            return List.of();
        }
        var tool = step.get().tool();
        var report =
                Settled.of(
                        services.framework().run(tool, step.get().input(), id, services.person()),
                        services.approvals());
        if (report.plans().isEmpty() && report.error() != null) {
            throw new OpsException(
                    OpsException.Kind.INTERNAL,
                    "Filing the plan of " + tool,
                    report.error(),
                    "nothing was filed or changed");
        }
        return report.plans();
    }

    private void refused(PrintWriter out, QuestionsFile.Line line, String why) {
        var place = line.number() == 0 ? "" : "%s, line %d: ".formatted(file, line.number());
        var err = spec.commandLine().getErr();
        err.println(Format.printable(place + why));
        err.flush();
        if (json) {
            var object = JsonNodeFactory.instance.objectNode().put("line", line.number());
            out.println(object.put("question", line.text()).put("error", why));
        }
    }

    /// With a model only where it was asked for here and agreed to.
    private Answerer answerer() {
        var answers = services.answers();
        if (!model) {
            return answers.plain();
        }
        var settings = answers.desk().settings();
        if (!settings.on()) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Answer with a language model",
                    answers.desk().troubles().stream().findFirst().orElse("none is switched on"),
                    "choose one in Settings or in " + ModelFile.NAME);
        }
        if (agree) {
            answers.desk().agree(true);
        } else if (!settings.consented()) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Answer with a language model",
                    "nobody has agreed yet that questions go to " + settings.server(),
                    "see what that is with --show-request, then add --agree");
        }
        return answers.worded();
    }

    private static Question asked(String question, TargetId id) {
        return Question.of(question, id, Instant.now());
    }

    private static Deadline time() {
        return Deadline.in(LONGEST);
    }

    private List<QuestionsFile.Line> lines() {
        var lines = new ArrayList<QuestionsFile.Line>();
        if (file != null) {
            lines.addAll(QuestionsFile.read(file));
        }
        if (!words.isEmpty()) {
            lines.add(new QuestionsFile.Line(0, String.join(" ", words), null));
        }
        if (lines.isEmpty()) {
            throw new TargetOptions.Misuse(
                    file == null
                            ? "Ask something, or name a file with --file"
                            : "There is no question in " + file);
        }
        return lines;
    }

    private static void print(PrintWriter out, String question, Answer answer) {
        out.println("? " + question);
        answer.verdict().stream()
                .filter(s -> s.struck() == null)
                .map(Sentence::text)
                .forEach(out::println);
        for (var exhibit : answer.evidence()) {
            if (exhibit instanceof Exhibit.ResultTable table) {
                print(out, table);
            }
        }
        for (var other : answer.clarify()) {
            out.println("  could mean: " + other.words());
        }
        for (var action : answer.actions()) {
            out.println("  next: " + action.label() + how(action));
        }
        if (answer.trouble() != null) {
            out.println("  " + answer.trouble());
        }
        out.println("  " + answer.steps().size() + " steps, " + Format.duration(answer.took()));
        var use = answer.model();
        if (use != null) {
            out.println("  " + use.words());
        }
    }

    /// The command that does it.
    private static String how(NextStep step) {
        return switch (step) {
            case NextStep.FilePlan file ->
                    " (--plan, or: tool " + file.tool() + " --input '" + file.input() + "')";
            case NextStep.AskFurther further -> " (ask \"" + further.question() + "\")";
            case NextStep.OpenScreen _ -> "";
        };
    }

    private static void print(PrintWriter out, Exhibit.ResultTable table) {
        out.println("  " + table.title() + " (" + table.source() + ")");
        var rows = new ArrayList<List<String>>();
        rows.add(table.columns().stream().map(Exhibit.ResultColumn::name).toList());
        table.rows().stream()
                .limit(ROWS)
                .forEach(r -> rows.add(r.stream().map(Exhibit.ResultCell::text).toList()));
        OutputWriter.table(out, rows);
    }
}
