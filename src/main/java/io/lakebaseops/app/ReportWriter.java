package io.lakebaseops.app;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.cli.Reports;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.report.ReportDesk;
import io.lakebaseops.console.shell.ConsoleScreens;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.report.ReportFiles;

import java.time.Duration;
import java.util.function.Supplier;

/// Writes the report of a server from the services of the console, without its window.
final class ReportWriter implements Reports {
    /// Rates and ratios need two rounds of measuring, which are a few seconds apart.
    private static final Duration MEASURING = Duration.ofSeconds(20);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Supplier<ConsoleServices> services;

    ReportWriter(Supplier<ConsoleServices> services) {
        this.services = services;
    }

    @Override
    public void write(TargetId target, Options options) {
        var made = services.get();
        var desk = new ReportDesk(made, ConsoleScreens.of(made));
        // Nothing is shown, so what would run on the screen's thread runs at once.
        try (var session = new ConsoleSession(made, target, Runnable::run)) {
            measure(made.health().board(), target);
            var screen = options.screen();
            ReportFiles.write(
                    screen == null ? desk.whole(session) : desk.one(session, screen),
                    options.html(),
                    options.pdf());
        }
    }

    /// Returns when all that can be measured is, when the server does not answer, or after a while:
    /// the report then says what is missing.
    private static void measure(HealthBoard board, TargetId target) {
        var end = Deadline.in(MEASURING);
        while (board.outage(target) == null && !measured(board, target) && !end.expired()) {
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OpsException(
                        OpsException.Kind.CANCELLED, "The report", "it was stopped", "", e);
            }
        }
    }

    private static boolean measured(HealthBoard board, TargetId target) {
        return board.latest(target)
                .filter(
                        r ->
                                r.metrics().values().stream()
                                        .noneMatch(
                                                m -> m.condition() == Metric.Condition.FIRST_ROUND))
                .isPresent();
    }
}
