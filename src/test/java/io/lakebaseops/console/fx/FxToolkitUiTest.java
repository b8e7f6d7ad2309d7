package io.lakebaseops.console.fx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.glass.ui.Application;

import io.lakebaseops.testing.ScreenTest;

import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testfx.util.WaitForAsyncUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

@ScreenTest
@Timeout(60)
final class FxToolkitUiTest {
    private final List<String> failures = new CopyOnWriteArrayList<>();

    /// Or the desktop shows the window beside its menu entry, under JavaFX's own icon.
    @Test
    void theDesktopKnowsTheWindowByTheNameInItsMenuEntry() throws IOException {
        FxToolkit.headless();
        FxToolkit.start();
        var name = FxToolkit.call(() -> Application.GetApplication().getName());
        assertThat(Files.readAllLines(Path.of("installers/linux/lakebaseops.desktop")))
                .contains("StartupWMClass=" + name);
    }

    @Test
    void aWindowBelowTheHeadlessPictureIsNoFailure() {
        FxToolkit.headless();
        FxToolkit.start();
        WaitForAsyncUtils.waitForFxEvents();
        var before = Thread.getDefaultUncaughtExceptionHandler();
        // Classes that run beside this one have failures of their own.
        Thread.setDefaultUncaughtExceptionHandler(
                (_, e) -> {
                    if (Platform.isFxApplicationThread()) {
                        failures.add(e.toString());
                    }
                });
        try {
            var stage =
                    FxToolkit.call(
                            () -> {
                                var window = new Stage();
                                window.setScene(new Scene(new Label("far down"), 200, 200));
                                window.setX(10);
                                window.setY(950);
                                window.show();
                                return window;
                            });
            WaitForAsyncUtils.waitForFxEvents();
            FxToolkit.call(
                    () -> {
                        stage.hide();
                        return stage;
                    });
            assertThat(failures).isEmpty();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }
}
