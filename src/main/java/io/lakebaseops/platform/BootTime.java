package io.lakebaseops.platform;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// The time since which the machine runs without a break. What was written since is all there,
/// whatever became of the processes that wrote it.
public final class BootTime {
    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

    private BootTime() {}

    /// The same for all processes since the machine started; empty where it cannot be told.
    public static String id() {
        return switch (OperatingSystem.current()) {
            case LINUX -> linux();
            case MACOS -> firstProcess();
            case WINDOWS -> windows();
        };
    }

    private static String linux() {
        try {
            return Files.isReadable(LINUX) ? Files.readString(LINUX).strip() : firstProcess();
        } catch (IOException e) {
            return "";
        }
    }

    private static String firstProcess() {
        return ProcessHandle.of(1)
                .flatMap(init -> init.info().startInstant())
                .map(start -> "boot-" + start.getEpochSecond())
                .orElse("");
    }

    /// `GetTickCount64` of kernel32: milliseconds since the start, also those asleep.
    private static String windows() {
        try (var arena = Arena.ofConfined()) {
            var kernel = SymbolLookup.libraryLookup("kernel32", arena);
            var ticks =
                    Linker.nativeLinker()
                            .downcallHandle(
                                    kernel.findOrThrow("GetTickCount64"),
                                    FunctionDescriptor.of(ValueLayout.JAVA_LONG));
            return windows(Instant.now(), Duration.ofMillis((long) ticks.invokeExact()));
        } catch (Throwable e) { // boundary: MethodHandle.invokeExact declares Throwable
            return "";
        }
    }

    /// To the minute: both clocks are read one after the other, and one of them is corrected now
    /// and then. Two processes that round differently only share nothing.
    static String windows(Instant now, Duration up) {
        return "boot-" + (now.minus(up).getEpochSecond() + 30) / 60;
    }
}
