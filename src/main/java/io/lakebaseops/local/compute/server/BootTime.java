package io.lakebaseops.local.compute.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The time since which the machine runs without a break. What was written since is all there,
/// whatever became of the processes that wrote it.
final class BootTime {
    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

    private BootTime() {}

    /// The same for all processes since the machine started; empty where it cannot be told.
    static String id() {
        try {
            if (Files.isReadable(LINUX)) {
                return Files.readString(LINUX).strip();
            }
        } catch (IOException e) {
            return "";
        }
        return ProcessHandle.of(1)
                .flatMap(init -> init.info().startInstant())
                .map(start -> "boot-" + start.getEpochSecond())
                .orElse("");
    }
}
