package io.lakebaseops.platform;

import java.io.File;
import java.util.Locale;
import java.util.Set;

/// The environment given to child processes: what a program needs to run and nothing else. Ours
/// holds tokens and passwords, and a server's superuser can read the environment of its processes.
public final class ChildEnvironment {
    private static final Set<String> KEPT =
            Set.of(
                    "PATH",
                    "HOME",
                    "USER",
                    "LOGNAME",
                    "LANG",
                    "TZ",
                    "TMPDIR",
                    "TEMP",
                    "TMP",
                    "SYSTEMROOT",
                    "SYSTEMDRIVE",
                    "COMSPEC",
                    "PATHEXT",
                    "WINDIR",
                    "USERNAME",
                    "USERPROFILE",
                    "LD_LIBRARY_PATH",
                    "DYLD_LIBRARY_PATH");

    /// Standard input of a child that reads nothing.
    public static final ProcessBuilder.Redirect NO_INPUT =
            ProcessBuilder.Redirect.from(
                    new File(
                            OperatingSystem.current() == OperatingSystem.WINDOWS
                                    ? "NUL"
                                    : "/dev/null"));

    private ChildEnvironment() {}

    public static ProcessBuilder cleared(ProcessBuilder command) {
        command.environment().keySet().removeIf(name -> !kept(name.toUpperCase(Locale.ROOT)));
        return command;
    }

    private static boolean kept(String name) {
        return KEPT.contains(name) || name.startsWith("LC_");
    }
}
