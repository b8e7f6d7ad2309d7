package io.lakebaseops.console.indexes;

import io.lakebaseops.console.Messages;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.state.Findings;

import org.jspecify.annotations.Nullable;

/// A finding towards the gate: what is said when no plan came of it, and how it was set aside.
final class FilingWords {
    private FilingWords() {}

    /// Null when a plan was filed.
    static @Nullable String of(FindingLine line, ToolReport report) {
        var error = report.error();
        if (error != null) {
            return error;
        }
        if (!report.plans().isEmpty()) {
            return null;
        }
        boolean there =
                report.findings().stream()
                        .anyMatch(f -> f.fingerprint().equals(line.fingerprint()));
        return there
                ? Messages.of("indexes.no.plan", line.object(), String.join("; ", report.caveats()))
                : Messages.of("indexes.gone", line.object());
    }

    /// What was set aside, as the gate keeps it.
    static HeldBack held(Findings.Ignored ignored) {
        return new HeldBack(
                ignored.finding().summary(),
                ignored.finding().target().key(),
                null,
                ignored.finding().fingerprint(),
                ignored.by(),
                ignored.at(),
                ignored.reason(),
                ignored.until());
    }
}
