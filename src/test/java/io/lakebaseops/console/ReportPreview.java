package io.lakebaseops.console;

import io.lakebaseops.console.report.ReportDesk;
import io.lakebaseops.console.shell.ConsoleScreens;
import io.lakebaseops.report.ReportFiles;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/// Writes the report of the invented shop, to be looked at: `ReportPreview DIR`.
public final class ReportPreview {
    private ReportPreview() {}

    public static void main(String[] args) throws Exception {
        var dir = Path.of(args[0]);
        var memory = Files.createTempDirectory("console").resolve("memory.json");
        try (var background = Executors.newVirtualThreadPerTaskExecutor()) {
            var services = FakeShop.busyDay().services(background, memory);
            var desk = new ReportDesk(services, ConsoleScreens.of(services));
            try (var session = new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run)) {
                ReportFiles.write(
                        desk.whole(session), dir.resolve("report.html"), dir.resolve("report.pdf"));
            }
        }
    }
}
