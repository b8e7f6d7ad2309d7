package io.lakebaseops.local.compute.server;

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
                    "LD_LIBRARY_PATH",
                    "DYLD_LIBRARY_PATH");

    private ChildEnvironment() {}

    public static ProcessBuilder cleared(ProcessBuilder command) {
        command.environment().keySet().removeIf(name -> !kept(name.toUpperCase(Locale.ROOT)));
        return command;
    }

    private static boolean kept(String name) {
        return KEPT.contains(name) || name.startsWith("LC_");
    }
}
