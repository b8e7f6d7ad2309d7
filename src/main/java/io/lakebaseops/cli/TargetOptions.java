package io.lakebaseops.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/// The options that say which server is meant; one of `--url` and `--profile`, or neither.
final class TargetOptions {
    @Option(names = "--url", paramLabel = "JDBC", description = "A plain PostgreSQL server")
    @Nullable String url;

    @Option(names = "--profile", paramLabel = "P", description = "A connection profile")
    @Nullable String profile;

    @Option(
            names = "--branch",
            paramLabel = "B",
            description = "branch or project/branch; else the default branch")
    @Nullable String branch;

    TargetChoice choice() {
        if (url != null && (profile != null || branch != null)) {
            throw new Misuse("--url names a server by itself; leave out --profile and --branch");
        }
        if (url != null) {
            return new TargetChoice.Url(url);
        }
        return profile != null
                ? new TargetChoice.Profile(profile, branch)
                : new TargetChoice.Local(branch);
    }

    /// Options that do not go together.
    static final class Misuse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(message);
        }
    }
}
