package io.lakebaseops.console.fx;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.testing.ScreenTest;

import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testfx.util.WaitForAsyncUtils;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

@ScreenTest
@Timeout(60)
final class FxToolkitUiTest {
    private final List<String> failures = new CopyOnWriteArrayList<>();

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
