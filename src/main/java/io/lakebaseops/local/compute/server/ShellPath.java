package io.lakebaseops.local.compute.server;

import io.lakebaseops.platform.OperatingSystem;

import java.nio.file.Path;

/// Refuses paths that `pg_ctl` cannot hand to the system's shell inside double quotes.
public final class ShellPath {
    private ShellPath() {}

    public static void check(Path path) {
        check(OperatingSystem.current(), path.toString());
    }

    /// The shell of Windows puts variables in between percent signs, also there.
    static void check(OperatingSystem system, String path) {
        var meant = system == OperatingSystem.WINDOWS ? "%\"\n" : "$`\"\\\n";
        if (path.chars().anyMatch(c -> meant.indexOf(c) >= 0)) {
            throw new ComputeException(
                    "PostgreSQL cannot be started in "
                            + path
                            + ": name a directory without "
                            + (system == OperatingSystem.WINDOWS
                                    ? "%"
                                    : "$, `, \", \\ and line breaks"));
        }
    }
}
