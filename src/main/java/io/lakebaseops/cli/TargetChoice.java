package io.lakebaseops.cli;

import org.jspecify.annotations.Nullable;

/// The server that the command line asked for.
public sealed interface TargetChoice {
    /// The Local Lakebase that runs on this machine, or is started for it.
    ///
    /// @param branch `branch` or `project/branch`; null = the default branch
    record Local(@Nullable String branch) implements TargetChoice {}

    record Profile(String name, @Nullable String branch) implements TargetChoice {}

    /// @param jdbc `jdbc:postgresql://…`; may hold a password, so it is never printed
    record Url(String jdbc) implements TargetChoice {
        @Override
        public String toString() {
            return "Url[…]";
        }
    }
}
