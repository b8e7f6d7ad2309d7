package io.lakebaseops.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.lakebaseops.cli.GameDays;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.gameday.GameDay;
import io.lakebaseops.gameday.GameDayReport;
import io.lakebaseops.gameday.Scenario;
import io.lakebaseops.gameday.Scenarios;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.local.compute.files.FileTree;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs a game day in a home folder of its own, which is gone at the end, also after Ctrl+C.
final class GameDayLauncher implements GameDays {
    private static final Logger log = LoggerFactory.getLogger(GameDayLauncher.class);
    private static final String STDOUT = "-";

    private static final Duration LAST_WRITES = Duration.ofSeconds(10);

    /// Longest life of a credential: many end within one game day.
    private static final Duration CREDENTIAL = Duration.ofSeconds(60);

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    @Override
    public int run(Options options, PrintWriter out) {
        List<Scenario> scenarios =
                options.scenarios().isEmpty()
                        ? Scenarios.all()
                        : options.scenarios().stream().map(Scenarios::of).toList();
        boolean table = options.json() == null || !options.json().toString().equals(STDOUT);
        var started = Instant.now();
        var report = report(scenarios, options.seed(), started, table ? out : null);
        if (table) {
            report.printTotals(out);
        }
        if (options.json() != null) {
            write(options.json(), report, out);
        }
        return report.passed() ? 0 : 1;
    }

    private static GameDayReport report(
            List<Scenario> scenarios, long seed, Instant started, @Nullable PrintWriter table) {
        var dir = fresh();
        var local =
                LocalOptions.defaults()
                        .withDemo(LocalOptions.Demo.NONE, false)
                        .withTokenTtl(CREDENTIAL);
        var wiring = new Wiring(new Home(dir), local);
        var ended = new AtomicBoolean();
        var hook = new Thread(() -> end(wiring, dir, ended), "end of the game day");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            if (table != null) {
                GameDayReport.printHead(table);
            }
            var grades =
                    new GameDay(GameDayGround.graded(wiring), seed, GameDay.Pace.USUAL)
                            .run(
                                    scenarios,
                                    grade -> {
                                        if (table != null) {
                                            GameDayReport.print(grade, table);
                                        }
                                    });
            return GameDayReport.of(
                    seed, Duration.between(started, Instant.now()), grades, scenarios);
        } finally {
            end(wiring, dir, ended);
        }
    }

    private static void end(Wiring wiring, Path dir, AtomicBoolean ended) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        wiring.close();
        // After Ctrl+C servers end in hooks of their own and still write while they do.
        var deadline = Deadline.in(LAST_WRITES);
        while (!deleted(dir, deadline.expired())) {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// @param last whether it is the last attempt, whose failure is told
    private static boolean deleted(Path dir, boolean last) {
        try {
            FileTree.delete(dir);
            return true;
        } catch (IOException e) {
            if (last) {
                log.warn("{} could not be removed", dir, e);
            }
            return last;
        }
    }

    private static Path fresh() {
        try {
            return Files.createTempDirectory("lakebaseops-gameday");
        } catch (IOException e) {
            throw new UncheckedIOException("There is no temporary folder for the game day", e);
        }
    }

    private static void write(Path file, GameDayReport report, PrintWriter out) {
        try {
            if (file.toString().equals(STDOUT)) {
                out.println(JSON.writeValueAsString(report));
            } else {
                JSON.writeValue(file.toFile(), report);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The report cannot be written to " + file, e);
        }
    }
}
