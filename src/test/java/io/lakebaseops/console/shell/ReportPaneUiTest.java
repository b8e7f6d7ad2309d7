package io.lakebaseops.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.report.ReportDesk;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;

import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A report is saved where the person says, of what the person chose; a failure is said.
@ScreenTest
final class ReportPaneUiTest {
    @TempDir Path dir;
    private final List<String> names = new ArrayList<>();

    /// @param clicks selectors of buttons, one after the other
    private String said(Path file, String screen, String... clicks) {
        FxToolkit.headless();
        FxToolkit.start();
        return FxToolkit.call(
                () -> {
                    var services =
                            FakeShop.busyDay().services(Runnable::run, dir.resolve("memory.json"));
                    var screens = ConsoleScreens.of(services);
                    try (var session =
                            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run)) {
                        var shown =
                                screens.stream()
                                        .filter(s -> s.id().equals(screen))
                                        .findFirst()
                                        .orElseThrow();
                        var pane =
                                new ReportPane(
                                        session,
                                        new ReportDesk(services, screens),
                                        shown,
                                        shown.factory().apply(session).model(),
                                        name -> {
                                            names.add(name);
                                            return file;
                                        },
                                        () -> {});
                        var scene = new Scene(pane);
                        for (var click : clicks) {
                            var button = (ButtonBase) scene.lookup(click);
                            if (button instanceof ToggleButton toggle) {
                                toggle.fire();
                            } else {
                                button.fire();
                            }
                        }
                        return ((Label) scene.lookup("#report-says")).getText();
                    }
                });
    }

    @Test
    void the_whole_state_or_the_screen_shown_becomes_a_file() throws Exception {
        var html = dir.resolve("state.html");
        assertThat(said(html, "vacuum", "#save-html")).contains("state.html");
        assertThat(Files.readString(html)).contains("State of storefront-prod / production");
        var pdf = dir.resolve("vacuum.pdf");
        assertThat(said(pdf, "vacuum", "#report-screen", "#save-pdf")).contains("vacuum.pdf");
        try (var read = Loader.loadPDF(pdf.toFile())) {
            assertThat(read.getDocumentInformation().getTitle()).startsWith("Vacuum of ");
        }
        assertThat(names)
                .containsExactly(
                        "lakebaseops-storefront-prod-production-2026-11-22.html",
                        "lakebaseops-storefront-prod-production-vacuum-2026-11-22.pdf");
        try (var files = Files.list(dir)) {
            assertThat(files).noneMatch(f -> f.toString().endsWith(".part"));
        }
    }

    @Test
    void a_failure_is_said_and_what_stood_there_stays() throws Exception {
        assertThat(said(dir.resolve("none/a.html"), "vacuum", "#save-html"))
                .contains("Writing", "choose another place");
        // A screen without a report: the choice cannot be taken, so it is of the whole state.
        var kept = dir.resolve("kept.html");
        said(kept, "connections", "#report-screen", "#save-html");
        assertThat(Files.readString(kept)).contains("State of storefront-prod / production");
    }
}
