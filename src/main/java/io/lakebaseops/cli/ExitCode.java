package io.lakebaseops.cli;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.TestResult;
import io.lakebaseops.framework.ToolReport;

/// What a script learns without reading anything.
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;

    /// Wrong command line or input: running it again the same way is pointless.
    static final int USAGE = 2;

    /// The answer cannot be had here: a right, an extension or a feature is missing.
    static final int UNAVAILABLE = 3;

    private ExitCode() {}

    /// A test that did not pass is a failure, though the tool did its work.
    static int of(ToolReport report) {
        return report.data() instanceof TestResult test && !test.passed()
                ? FAILED
                : of(report.status());
    }

    static int of(ToolReport.Status status) {
        return switch (status) {
            case OK -> OK;
            case FAILED, CANCELLED -> FAILED;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }

    static int of(OpsException failure) {
        return switch (failure.kind()) {
            case INVALID_INPUT, NOT_FOUND -> USAGE;
            case DENIED, UNSUPPORTED -> UNAVAILABLE;
            case UNREACHABLE, TIMEOUT, CANCELLED, CONFLICT, INTERNAL -> FAILED;
        };
    }
}
