package io.lakebaseops.agents.health.operations;

import io.lakebaseops.agents.health.operations.CostLedger.DayLine;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.ToolContext;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells a branch that cost more than usual, and whether that rests on generated usage.
final class AnomalyFinding {
    private AnomalyFinding() {}

    static Finding of(
            CostAnomaly a,
            List<DayLine> lines,
            TrackCostAttribution.Output output,
            ToolContext context) {
        var currency = output.currency();
        var summary =
                a.fresh()
                        ? "%s is new since %s and cost %.2f %s in %d days"
                                .formatted(a.branch(), a.from(), a.cost(), currency, a.days())
                        : "%s cost %.2f %s on %d days since %s, %.2f more than expected"
                                .formatted(
                                        a.branch(),
                                        a.cost(),
                                        currency,
                                        a.days(),
                                        a.from(),
                                        a.more());
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("branch", a.branch());
        row.put("from", a.from());
        row.put("until", a.until());
        row.put("cost", a.cost());
        row.put("expected", a.fresh() ? null : a.expected());
        var now = context.clock().instant();
        return Finding.of(
                context.target(),
                TrackCostAttribution.KIND,
                Severity.WARNING,
                Subject.branch(a.branch()),
                isGenerated(lines, a) ? summary + " (generated usage)" : summary,
                new Confidence(
                        a.fresh() ? 0.5 : 0.9,
                        a.fresh()
                                ? "there is nothing to compare a new branch with"
                                : "compared with like days of the four weeks before"),
                null,
                null,
                List.of(
                        new Evidence(
                                "billing/usage",
                                Map.of("project", output.project(), "from", output.from()),
                                new Rows(List.of(row)),
                                now)),
                now);
    }

    private static boolean isGenerated(List<DayLine> lines, CostAnomaly a) {
        return lines.stream()
                .filter(l -> a.branch().equals(l.branch()) && !l.day().isBefore(a.from()))
                .anyMatch(DayLine::simulated);
    }
}
