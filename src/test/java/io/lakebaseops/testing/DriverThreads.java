package io.lakebaseops.testing;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// Does a thread hang in the PostgreSQL driver? Other tests' threads come and go there at the same
/// time, so one that was seen outside of it once is none of those asked for.
public final class DriverThreads {
    private final Set<Thread> suspects = inside();

    private DriverThreads() {}

    /// Those in the driver now.
    public static DriverThreads now() {
        return new DriverThreads();
    }

    /// Whether each of them has left it since; ask again until it is so.
    public boolean allLeft() {
        suspects.retainAll(inside());
        return suspects.isEmpty();
    }

    private static Set<Thread> inside() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> Arrays.stream(e.getValue()).anyMatch(DriverThreads::driver))
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean driver(StackTraceElement frame) {
        return frame.getClassName().startsWith("org.postgresql.core");
    }
}
