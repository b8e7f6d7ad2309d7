package io.lakebaseops.cli;

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
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.domain.answer.Sentence;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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
            description = "A file with a question in each line; those with # are left out")
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

    @Option(names = "--json", description = "Print one JSON object for each question")
    private boolean json;

    AskCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        var questions = questions();
        var answerer = show ? services.answers().plain() : answerer();
        // Opening the server takes as long as loading what answers are made with.
        answerer.prepare(questions);
        var id = services.target(target.choice());
        var out = spec.commandLine().getOut();
        int code = ExitCode.OK;
        if (show) {
            questions.forEach(
                    q -> out.println(services.answers().first().of(asked(q, id), time())));
            return code;
        }
        for (var question : questions) {
            var answer = answerer.answer(asked(question, id), AnswerProgress.SILENT, time());
            if (json) {
                out.println(AnswerJson.of(question, answer));
            } else {
                print(out, question, answer);
            }
            out.flush();
            if (answer.kind() == Answer.Kind.FAILED) {
                code = ExitCode.FAILED;
            }
        }
        return code;
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

    private List<String> questions() {
        var questions = new ArrayList<String>();
        if (file != null) {
            try {
                Files.readAllLines(file).stream()
                        .map(String::strip)
                        .filter(l -> !l.isEmpty() && !l.startsWith("#"))
                        .forEach(questions::add);
            } catch (IOException e) {
                throw new OpsException(
                        OpsException.Kind.INVALID_INPUT,
                        "File of questions",
                        "cannot be read: " + e.getMessage(),
                        "name a text file",
                        e);
            }
        }
        if (!words.isEmpty()) {
            questions.add(String.join(" ", words));
        }
        if (questions.isEmpty()) {
            throw new TargetOptions.Misuse("Ask something, or name a file with --file");
        }
        return questions;
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
            out.println("  next: " + action.label());
        }
        if (answer.trouble() != null) {
            out.println("  " + answer.trouble());
        }
        out.println("  " + answer.steps().size() + " steps, " + Format.duration(answer.took()));
        var use = answer.model();
        if (use != null) {
            out.println("  " + use.words());
        }
        out.println();
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
