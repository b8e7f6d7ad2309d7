package io.lakebaseops.cli;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.nio.file.Path;

/// Runs the five phases on Local Lakebase.
@FunctionalInterface
public interface Demo {
    /// @param out for the progress as text
    /// @return the exit code; 0 only if all phases worked
    int run(Options options, PrintWriter out);

    /// @param json where to write the report; null = nowhere
    /// @param shots folder for a picture per screen and the report of the state; null = none
    record Options(@Nullable Path json, @Nullable Path shots) {}
}
