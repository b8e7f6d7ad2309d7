package io.lakebaseops.cli;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// Runs a game day on a throw-away Local Lakebase.
@FunctionalInterface
public interface GameDays {
    /// @param out for the table
    /// @return the exit code; 0 only when everything went as it should
    int run(Options options, PrintWriter out);

    /// @param scenarios names; empty for all
    /// @param json where to write the report; null = nowhere
    record Options(List<String> scenarios, long seed, @Nullable Path json) {
        public Options {
            scenarios = List.copyOf(scenarios);
        }
    }
}
