package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Impact;
import io.lakebaseops.domain.Remedy;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanSubmitter;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.DropCertificate;
import io.lakebaseops.state.IndexAdvice;
import io.lakebaseops.state.IndexSet;
import io.lakebaseops.state.IndexSet.Member;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Files the stored set of indexes of a database as plans: those to build, and of those to drop the
/// ones whose certificate still holds and speaks for it. The gate decides about each of them.
public final class IndexSetFiling {
    private static final String EVIDENCE = "planner twin: the best set of indexes";

    private final Targets targets;
    private final SqlLibrary sql;
    private final PlanSubmitter desk;
    private final IndexAdvice advice;
    private final Clock clock;

    public IndexSetFiling(
            Targets targets, SqlLibrary sql, PlanSubmitter desk, IndexAdvice advice, Clock clock) {
        this.targets = targets;
        this.sql = sql;
        this.desk = desk;
        this.advice = advice;
        this.clock = clock;
    }

    /// @param skipped what was not filed, with the reason
    public record Filed(List<FiledPlan> plans, List<String> skipped) {
        public Filed {
            plans = List.copyOf(plans);
            skipped = List.copyOf(skipped);
        }
    }

    /// Whether a certificate lets an index of the set go.
    public static boolean lets(@Nullable DropCertificate certificate) {
        return certificate != null
                && switch (certificate.grade()) {
                    case PROVEN, CHECK_THE_CODE -> true;
                    case INCONCLUSIVE, NEEDED -> false;
                };
    }

    public Filed file(IndexSet set, TargetId target, Actor actor, Deadline deadline) {
        var context =
                new ToolContext(
                        UUID.randomUUID(),
                        target,
                        actor,
                        deadline,
                        clock,
                        ToolContext.Progress.SILENT);
        var skipped = new ArrayList<String>();
        var plans = new ArrayList<FiledPlan>();
        try (var session = targets.read(context.target(), set.database(), context.deadline())) {
            var catalog = IndexCatalog.read(session);
            var findings = new ArrayList<Finding>();
            for (var table : set.tables()) {
                for (var member : table.members()) {
                    switch (member.role()) {
                        case BUILD ->
                                build(catalog, set, table, member, context, findings, skipped);
                        case DROP -> drop(catalog, set, table, member, context, findings, skipped);
                        case KEEP, REQUIRED -> {
                            // Nothing to do.
                        }
                    }
                }
            }
            for (var made : plans(session, findings, context)) {
                plans.addAll(desk.fileAll(made.plans()));
                skipped.addAll(made.skipped());
            }
        }
        return new Filed(plans, skipped);
    }

    private List<ReadTool.Remedies> plans(
            ReadSession session, List<Finding> findings, ToolContext context) {
        return List.of(
                new CreateIndexPlans(session, sql, context).of(findings),
                new DropIndexPlans(session, sql, context).of(findings));
    }

    private static void build(
            IndexCatalog catalog,
            IndexSet set,
            IndexSet.OfTable of,
            Member member,
            ToolContext context,
            List<Finding> findings,
            List<String> skipped) {
        var table =
                catalog.tables().values().stream()
                        .filter(t -> t.schemaName().equals(of.schema()))
                        .filter(t -> t.tableName().equals(of.table()))
                        .findFirst();
        if (table.isEmpty() || !table.get().mayChange()) {
            skipped.add(
                    "%s: %s"
                            .formatted(
                                    member.index(),
                                    table.isEmpty()
                                            ? "its table is gone"
                                            : "this login does not own the table"));
            return;
        }
        if (named(catalog, of, member).filter(i -> i.row().isUsable()).isPresent()) {
            skipped.add("%s is there already".formatted(member.index()));
            return;
        }
        var words = words(member);
        var remedy =
                new CreateIndex(
                        set.database(),
                        of.schema(),
                        of.table(),
                        table.get().isPartitioned(),
                        table.get().bytes(),
                        member.keys().isEmpty() ? List.of(member.index()) : member.keys(),
                        words,
                        null,
                        member.keys().isEmpty()
                                ? new CreateIndex.Defined(member.index(), member.definition())
                                : null);
        findings.add(
                finding(set, of, member, DetectMissingIndexes.KIND, words, context)
                        .worth(
                                new Impact(
                                        -member.bytes(),
                                        0,
                                        member.savedMsPerHour() - member.writeMsPerHour()))
                        .mendedBy(remedy));
    }

    private void drop(
            IndexCatalog catalog,
            IndexSet set,
            IndexSet.OfTable of,
            Member member,
            ToolContext context,
            List<Finding> findings,
            List<String> skipped) {
        var index = named(catalog, of, member);
        var kept =
                advice.certificate(context.target(), set.database(), of.schema(), member.index());
        var why =
                index.isEmpty()
                        ? "it is gone"
                        : kept.isEmpty()
                                ? "it has no certificate"
                                : !lets(kept.get().certificate())
                                        ? kept.get().certificate().verdict()
                                        : stale(catalog, index.get(), kept.get());
        if (why != null || index.isEmpty()) {
            skipped.add("%s is not dropped: %s".formatted(member.index(), why));
            return;
        }
        Remedy remedy = DropIndex.unused(set.database(), index.get());
        findings.add(
                finding(set, of, member, DetectUnusedIndexes.KIND, words(member), context)
                        .worth(new Impact(member.bytes(), 0, member.writeMsPerHour()))
                        .mendedBy(remedy));
    }

    private static Optional<IndexShape> named(
            IndexCatalog catalog, IndexSet.OfTable of, Member member) {
        return catalog.indexes().stream()
                .filter(i -> i.row().schemaName().equals(of.schema()))
                .filter(i -> i.row().indexName().equals(member.index()))
                .findFirst();
    }

    private static @Nullable String stale(
            IndexCatalog catalog, IndexShape index, IndexAdvice.Certified kept) {
        if (kept.voided() != null) {
            return "its certificate is void: " + kept.voided();
        }
        if (index.row().scans() == 0 && kept.certificate().since() == null) {
            return "since when it is watched without a scan is not known: search the set again";
        }
        return kept.basis().equals(CertificateBasis.of(catalog, index))
                ? null
                : "what its certificate was judged from has changed: search the set again";
    }

    private static Finding finding(
            IndexSet set,
            IndexSet.OfTable of,
            Member member,
            String kind,
            String words,
            ToolContext context) {
        return Finding.of(
                context.target(),
                kind,
                Severity.WARNING,
                Subject.index(set.database(), of.schema(), of.table(), member.index()),
                "%s.%s: %s. It belongs to the best set of indexes for %s"
                        .formatted(
                                of.schema(),
                                of.table(),
                                words,
                                Format.count(set.statements(), "known statement")),
                new Confidence(0.8, "computed in the planner twin, not measured"),
                member.role() == IndexSet.Role.BUILD ? member.definition() : null,
                null,
                List.of(evidence(set, member)),
                context.clock().instant());
    }

    private static String words(Member member) {
        return member.role() == IndexSet.Role.BUILD
                ? "index %s would save %s of execution an hour and cost %s of writing and %s of storage"
                        .formatted(
                                member.index(),
                                Format.seconds(member.savedMsPerHour() / 1000),
                                Format.seconds(member.writeMsPerHour() / 1000),
                                Format.size(member.bytes()))
                : "without index %s %s of writing an hour and %s of storage are saved, and no known statement gets noticeably slower"
                        .formatted(
                                member.index(),
                                Format.seconds(member.writeMsPerHour() / 1000),
                                Format.size(member.bytes()));
    }

    private static Evidence evidence(IndexSet set, Member member) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var use : member.uses().stream().limit(10).toList()) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("query", use.statement());
            row.put("saved_ms_per_hour", use.savedMsPerHour());
            row.put("origin", set.origin());
            rows.add(row);
        }
        var certificate = member.certificate();
        if (certificate != null) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("query", "certificate: " + certificate.verdict());
            row.put("saved_ms_per_hour", null);
            row.put("origin", certificate.origin());
            rows.add(row);
        }
        return new Evidence(EVIDENCE, Map.of(), new Rows(rows), set.at());
    }
}
