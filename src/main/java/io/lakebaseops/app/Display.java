package io.lakebaseops.app;

import java.util.Locale;

/// Tells whether there is a display to open a window on.
final class Display {
    private Display() {}

    /// macOS and Windows always have one; elsewhere the X server or Wayland says so.
    static boolean present() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.contains("mac") || os.contains("win")) {
            return true;
        }
        return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
    }

    private static boolean isSet(String variable) {
        var value = System.getenv(variable);
        return value != null && !value.isBlank();
    }
}
