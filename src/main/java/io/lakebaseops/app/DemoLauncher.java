package io.lakebaseops.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.lakebaseops.cli.Demo;
import io.lakebaseops.cli.Reports;
import io.lakebaseops.console.Screens;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.local.compute.files.FileTree;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Runs the five phases on a Local Lakebase of its own and reports what really happened.
final class DemoLauncher implements Demo {
    private static final Logger LOG = LoggerFactory.getLogger(DemoLauncher.class);
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    /// The main job where there is no display: report and pictures into the build's folder.
    static int withPictures() {
        var dir = Path.of(System.getProperty("lakebaseops.demo.dir", "lakebaseops-demo"));
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        return new DemoLauncher()
                .run(new Options(dir.resolve("report.json"), dir.resolve("screens")), out);
    }

    @Override
    public int run(Options options, PrintWriter out) {
        var started = Instant.now();
        Path dir = fresh();
        List<DemoPhase> phases;
        try (var wiring = new Wiring(new Home(dir), LocalOptions.defaults());
                var demo = new DemoRun(wiring, out)) {
            phases = demo.run();
            if (options.shots() != null) {
                pictures(wiring, demo.target(), options.shots(), out);
            }
        } finally {
            delete(dir);
        }
        boolean ok = phases.stream().allMatch(DemoPhase::ok);
        var took = Duration.between(started, Instant.now());
        write(options.json(), ok, took, phases, out);
        var log = LogFile.current(Home.ofThisProcess());
        if (Files.isRegularFile(log)) {
            out.println("  log     " + log);
        }
        out.printf(
                "%s in %.1f s%n",
                ok ? "All five phases worked" : "NOT everything worked", took.toMillis() / 1e3);
        return ok ? 0 : 1;
    }

    private static void pictures(
            Wiring wiring, @Nullable TargetId target, Path dir, PrintWriter out) {
        if (target == null) {
            out.println("No pictures: there is no target to draw");
            return;
        }
        if (!Display.present()) {
            FxToolkit.headless();
        }
        var services = wiring.consoleServices(List.of());
        for (var theme : Theme.values()) {
            for (var file : Screens.snapshot(services, target, dir, theme, 1600, 900)) {
                out.println("  picture " + file);
            }
        }
        var state =
                new Reports.Options(null, dir.resolve("report.html"), dir.resolve("report.pdf"));
        new ReportWriter(() -> services).write(target, state);
        out.println("  report  " + state.html());
        out.println("  report  " + state.pdf());
    }

    private static void write(
            @Nullable Path file,
            boolean ok,
            Duration took,
            List<DemoPhase> phases,
            PrintWriter out) {
        if (file == null) {
            return;
        }
        try {
            var parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            JSON.writeValue(
                    file.toFile(),
                    new Report(
                            ok,
                            took.toMillis(),
                            Runtime.version().toString(),
                            phases.stream().map(DemoPhase::report).toList()));
            out.println("  report  " + file);
        } catch (IOException e) {
            throw new UncheckedIOException("The report cannot be written to " + file, e);
        }
    }

    private static Path fresh() {
        try {
            return Files.createTempDirectory("lakebaseops-demo");
        } catch (IOException e) {
            throw new OpsException(
                    OpsException.Kind.INTERNAL,
                    "The demo",
                    "there is no temporary folder: " + e.getMessage(),
                    "free some space or set java.io.tmpdir",
                    e);
        }
    }

    private record Report(
            boolean ok, long durationMs, String java, List<DemoPhase.Report> phases) {}

    private static void delete(Path dir) {
        try {
            FileTree.delete(dir);
        } catch (IOException e) {
            LOG.warn("{} could not be removed", dir, e);
        }
    }
}
