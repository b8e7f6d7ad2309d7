package io.lakebaseops.cli;

import io.lakebaseops.framework.OutputJson;
import io.lakebaseops.framework.ToolReport;

import java.io.PrintWriter;
import java.util.Locale;

/// A tool's report as a person reads it at a terminal.
final class ReportText {
    private ReportText() {}

    static void print(PrintWriter out, ToolReport report) {
        out.printf(
                Locale.ROOT,
                "%s on %s: %s in %d ms (%s)%n",
                report.tool(),
                report.target(),
                word(report.status()),
                report.duration().toMillis(),
                word(report.source()));
        if (report.error() != null) {
            out.println("  " + report.error());
        }
        for (var finding : report.findings()) {
            out.printf(
                    "  %s  %s  %s%n",
                    word(finding.severity()), finding.subject().display(), finding.summary());
            if (finding.ddl() != null) {
                out.println("      " + finding.ddl());
            }
        }
        for (var filed : report.plans()) {
            out.printf(
                    "  plan %s  %s risk  %s  %s%n",
                    filed.id(),
                    word(filed.risk().level()),
                    word(filed.state()),
                    filed.plan().title());
        }
        report.caveats().forEach(c -> out.println("  note: " + c));
        OutputJson.tree(report.data())
                .properties()
                .forEach(e -> out.println("  " + e.getKey() + ": " + e.getValue()));
        out.flush();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
