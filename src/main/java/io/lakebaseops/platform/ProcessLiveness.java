package io.lakebaseops.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Tells whether a process still runs. One that ended but was not yet collected by its parent does
/// not: a server outlives who started it, and the first process of a container may collect late or
/// never.
public final class ProcessLiveness {
    private static final Duration POLL = Duration.ofMillis(10);

    private ProcessLiveness() {}

    public static boolean is(ProcessHandle process) {
        return process.isAlive() && !ended(process.pid());
    }

    /// Polled, because `onExit` of a process that is not our child looks only every second or so.
    public static boolean endsWithin(ProcessHandle process, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (is(process) && System.nanoTime() < deadline) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !is(process);
    }

    /// The state is the word after the name, which may itself hold spaces and parentheses. (Manual
    /// page proc_pid_stat(5); other systems have no such file.)
    private static boolean ended(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
        } catch (IOException e) {
            // No such file here, not for us, or collected meanwhile: the handle's own word stands.
            return false;
        }
    }
}
