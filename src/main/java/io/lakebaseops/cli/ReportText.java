package io.lakebaseops.cli;

import io.lakebaseops.domain.Format;
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
            out.println("  " + Format.printable(report.error()));
        }
        for (var finding : report.findings()) {
            out.printf(
                    "  %s  %s  %s%n",
                    word(finding.severity()),
                    Format.printable(finding.subject().display()),
                    Format.printable(finding.summary()));
            if (finding.ddl() != null) {
                Format.printableLines(finding.ddl())
                        .lines()
                        .forEach(l -> out.println("      " + l));
            }
        }
        for (var filed : report.plans()) {
            out.printf(
                    "  plan %s  %s risk  %s  %s%n",
                    filed.id(),
                    word(filed.risk().level()),
                    word(filed.state()),
                    Format.printable(filed.plan().title()));
        }
        report.caveats().forEach(c -> out.println("  note: " + Format.printable(c)));
        OutputJson.tree(report.data())
                .properties()
                .forEach(
                        e ->
                                out.println(
                                        "  "
                                                + e.getKey()
                                                + ": "
                                                + Format.printable(e.getValue().toString())));
        out.flush();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
