package io.lakebaseops.cli;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;

/// Runs Local Lakebase in the foreground until it is told to stop.
@FunctionalInterface
public interface LocalUp {
    /// @param out for the one line of JSON that says where it listens
    /// @return the exit code
    int run(Options options, PrintWriter out);

    /// @param dir null = the usual place of this user
    /// @param port 0 = any free one
    /// @param stable keeps port and token for the next start
    /// @param tokenLife longest life of a credential; null = as asked for
    record Options(
            @Nullable Path dir,
            int port,
            Size size,
            boolean workload,
            boolean stable,
            @Nullable Duration tokenLife) {}

    enum Size {
        SMALL,
        MEDIUM,
        LARGE
    }
}
