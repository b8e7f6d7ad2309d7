package io.lakebaseops.testing;

import javafx.application.Platform;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// The one robot of all tests of screens. On the headless platform each robot keeps the window it
/// last saw, and each window its robot: a robot per test would keep every window with its pictures
/// until the process ends.
public final class ScreenRobot {
    private static final Logger LOG = LoggerFactory.getLogger(ScreenRobot.class);
    private static final FxRobot ROBOT = new FxRobot();

    static {
        hearsOfScreensOnly();
    }

    private ScreenRobot() {}

    /// TestFX fails the next test of a screen for what any thread of the process did not catch;
    /// beside screens the process runs tests that end connections and servers.
    private static void hearsOfScreensOnly() {
        WaitForAsyncUtils.clearExceptions();
        var noticed = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> {
                    if (Platform.isFxApplicationThread()) {
                        noticed.uncaughtException(thread, failure);
                    } else {
                        LOG.warn("Not caught on {}", thread, failure);
                    }
                });
    }

    public static FxRobot shared() {
        return ROBOT;
    }
}
