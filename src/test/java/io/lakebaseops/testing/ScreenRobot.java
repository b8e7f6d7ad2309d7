package io.lakebaseops.testing;

import org.testfx.api.FxRobot;

/// The one robot of all tests of screens. On the headless platform each robot keeps the window it
/// last saw, and each window its robot: a robot per test would keep every window with its pictures
/// until the process ends.
public final class ScreenRobot {
    private static final FxRobot ROBOT = new FxRobot();

    private ScreenRobot() {}

    public static FxRobot shared() {
        return ROBOT;
    }
}
