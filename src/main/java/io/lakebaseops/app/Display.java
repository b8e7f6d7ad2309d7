package io.lakebaseops.app;

import io.lakebaseops.platform.OperatingSystem;

/// Tells whether there is a display to open a window on.
final class Display {
    private Display() {}

    /// macOS and Windows always have one; elsewhere the X server or Wayland says so.
    static boolean present() {
        if (OperatingSystem.current() != OperatingSystem.LINUX) {
            return true;
        }
        return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
    }

    private static boolean isSet(String variable) {
        var value = System.getenv(variable);
        return value != null && !value.isBlank();
    }
}
