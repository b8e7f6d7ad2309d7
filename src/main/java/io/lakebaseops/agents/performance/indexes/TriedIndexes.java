package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.performance.indexes.DetectMissingIndexes.Workload;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.state.DropCertificate;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The verdict of the check on missing indexes, with what the planner twin expects of the first
/// ones.
record TriedIndexes(
        Workload workload, List<WhatIf> tried, List<Finding> findings, List<String> caveats)
        implements IndexCheck.Verdict {
    private static final String EVIDENCE = "planner twin: statements planned with the index";

    TriedIndexes {
        tried = List.copyOf(tried);
        findings = List.copyOf(findings);
        caveats = List.copyOf(caveats);
    }

    static TriedIndexes of(
            Workload workload,
            @Nullable IndexTwin twin,
            int most,
            IndexCatalog catalog,
            ReadSession session,
            ToolContext context) {
        var answer =
                twin == null || most <= 0
                        ? new IndexTwin.Answer<WhatIf>(List.of(), List.of())
                        : twin.tried(
                                catalog,
                                session,
                                workload.missing().stream().limit(most).toList(),
                                context);
        return new TriedIndexes(
                workload,
                answer.list(),
                workload.findings().stream().map(f -> shown(f, answer.list())).toList(),
                Stream.concat(workload.caveats().stream(), answer.caveats().stream()).toList());
    }

    static DetectMissingIndexes.Output output(List<TriedIndexes> all) {
        return DetectMissingIndexes.output(
                all.stream().map(TriedIndexes::workload).toList(),
                all.stream().flatMap(t -> t.tried().stream()).toList());
    }

    @Override
    public boolean covers(String kind) {
        return workload.covers(kind);
    }

    private static Finding shown(Finding finding, List<WhatIf> tried) {
        return tried.stream()
                .filter(
                        t ->
                                t.index().equals(finding.subject().name())
                                        && t.table().equals(finding.subject().table())
                                        && t.schema().equals(finding.subject().schema()))
                .findFirst()
                .map(t -> finding.shown(evidence(t), confidence(t)))
                .orElse(finding);
    }

    private static Confidence confidence(WhatIf tried) {
        return tried.used()
                ? new Confidence(
                        0.85, "the planner takes it in the planner twin; computed, not measured")
                : new Confidence(0.3, "the planner would not take it in the planner twin");
    }

    private static Evidence evidence(WhatIf tried) {
        return new Evidence(
                EVIDENCE,
                Map.of(),
                new Rows(
                        Stream.concat(
                                        tried.statements().stream().limit(10).map(s -> row(s)),
                                        tried.others().stream().map(TriedIndexes::row))
                                .toList()),
                tried.at());
    }

    private static Map<String, @Nullable Object> row(WhatIf.Statement s) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("query", s.statement());
        row.put("cost_before", s.before());
        row.put("cost_after", s.after());
        row.put("takes_it", s.used());
        row.put("otherwise_for", String.join(", ", s.values()));
        row.put("origin", DropCertificate.ORIGIN);
        return row;
    }

    private static Map<String, @Nullable Object> row(WhatIf.Variant v) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("query", v.kind() + ": " + v.definition());
        row.put("cost_before", 1.0);
        row.put("cost_after", v.after());
        row.put("takes_it", null);
        row.put("otherwise_for", "");
        row.put("origin", DropCertificate.ORIGIN);
        return row;
    }
}
