package io.lakebaseops.cli;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.OutputJson;
import io.lakebaseops.framework.ToolReport;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A tool's report as a person reads it at a terminal.
final class ReportText {
    /// More than a person reads line by line.
    private static final int LISTED = 40;

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
        findings(out, report.findings());
        plans(out, report.plans());
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

    /// Alike ones stand in one line each when there are too many to read.
    private static void findings(PrintWriter out, List<Finding> findings) {
        if (findings.size() <= LISTED) {
            for (var finding : findings) {
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
            return;
        }
        grouped(findings, f -> f.kind() + in(f.subject()))
                .forEach(
                        (what, some) ->
                                out.printf(
                                        Locale.ROOT,
                                        "  %s  %s  %,d findings, for instance %s%n",
                                        some.stream()
                                                .map(Finding::severity)
                                                .max(Comparator.naturalOrder())
                                                .map(ReportText::word)
                                                .orElseThrow(),
                                        Format.printable(what),
                                        some.size(),
                                        Format.printable(some.getFirst().summary())));
    }

    private static String in(Subject subject) {
        return subject.schema() == null
                ? ""
                : " in %s.%s".formatted(subject.database(), subject.schema());
    }

    private static void plans(PrintWriter out, List<FiledPlan> plans) {
        if (plans.size() <= LISTED) {
            for (var filed : plans) {
                out.printf(
                        "  plan %s  %s risk  %s  %s%n",
                        filed.id(),
                        word(filed.risk().level()),
                        word(filed.state()),
                        Format.printable(filed.plan().title()));
            }
            return;
        }
        grouped(plans, p -> p.plan().verb() + in(p.plan().subject()))
                .forEach(
                        (what, some) ->
                                out.printf(
                                        Locale.ROOT,
                                        "  %,d plans  %s  `approvals list` names them%n",
                                        some.size(),
                                        Format.printable(what)));
    }

    private static <T> Map<String, List<T>> grouped(List<T> all, Function<T, String> by) {
        return all.stream()
                .collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
