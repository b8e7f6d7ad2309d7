package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Plans that drop superfluous indexes, and bring them back exactly as they were: everything is
/// read from the live indexes, once for all of them. Both the index and the one that stays must be
/// unchanged when a plan runs.
final class DropIndexPlans {
    private final ReadSession session;
    private final IndexSteps steps;
    private final ToolContext context;

    DropIndexPlans(ReadSession session, SqlLibrary sql, ToolContext context) {
        this.session = session;
        this.steps = new IndexSteps(sql, session.database());
        this.context = context;
    }

    /// As `indexes/partition_indexes` returns it.
    record Part(
            String schemaName,
            String indexName,
            @Nullable String parentSchema,
            @Nullable String parentIndex,
            boolean isLeaf,
            int level,
            String definition,
            long indexBytes) {
        Ident ident() {
            return Ident.of(schemaName, indexName);
        }
    }

    /// The statement a person would type.
    static String statement(SqlLibrary sql, IndexShape.Row index) {
        if (index.constraintName() != null) {
            return sql.render(
                            IndexSql.DROP_CONSTRAINT,
                            Map.of(
                                    "table", Ident.of(index.schemaName(), index.tableName()),
                                    "constraint", Ident.of(index.constraintName())))
                    .text();
        }
        var name = index.isPartitioned() ? IndexSql.DROP : IndexSql.DROP_CONCURRENTLY;
        return sql.render(name, Map.of("index", Ident.of(index.schemaName(), index.indexName())))
                .text();
    }

    ReadTool.Remedies of(List<Finding> findings) {
        var drops = new LinkedHashMap<Finding, DropIndex>();
        for (var finding : findings) {
            if (finding.remedy() instanceof DropIndex drop) {
                drops.put(finding, drop);
            }
        }
        var oids =
                drops.values().stream()
                        .flatMap(
                                d ->
                                        d.keep() == null
                                                ? Stream.of(d.indexOid())
                                                : Stream.of(d.indexOid(), d.keep().indexOid()))
                        .distinct()
                        .toList();
        var facts =
                oids.isEmpty()
                        ? Map.<Long, IndexFacts>of()
                        : session
                                .query(IndexSql.FACTS, Map.of("index_oids", oids), IndexFacts.class)
                                .stream()
                                .collect(
                                        Collectors.toMap(
                                                IndexFacts::indexOid, Function.identity()));
        var plans = new ArrayList<ChangePlan>();
        var skipped = new ArrayList<String>();
        drops.forEach(
                (finding, drop) -> {
                    var index = facts.get(drop.indexOid());
                    var keep = drop.keep() == null ? null : facts.get(drop.keep().indexOid());
                    if (index == null
                            || !index.free()
                            || drop.keep() != null && (keep == null || !keep.isUsable())) {
                        skipped.add(
                                "no plan for %s: it%s has changed meanwhile, or its table is locked"
                                        .formatted(
                                                finding.subject().display(),
                                                drop.keep() == null
                                                        ? ""
                                                        : " or "
                                                                + drop.keep()
                                                                        .index()
                                                                        .parts()
                                                                        .getLast()));
                        return;
                    }
                    try {
                        plans.add(plan(finding, drop, index, keep));
                    } catch (OpsException e) {
                        if (PerDatabase.endsAll(e, context)) {
                            throw e;
                        }
                        skipped.add(
                                "no plan for %s: %s"
                                        .formatted(finding.subject().display(), e.why()));
                    }
                });
        return new ReadTool.Remedies(plans, skipped);
    }

    private ChangePlan plan(
            Finding finding, DropIndex drop, IndexFacts facts, @Nullable IndexFacts kept) {
        var index = drop.index();
        var keep = drop.keep() == null ? null : drop.keep().index();
        var table = facts.tableSchema() + "." + facts.tableName();
        var now = context.clock().instant();
        return new ChangePlan(
                context.target(),
                ToolDescriptor.name(
                        keep == null ? DetectUnusedIndexes.class : DetectDuplicateIndexes.class),
                context.actor(),
                "Drop index",
                "Drop index %s on %s".formatted(facts.indexName(), table),
                finding.subject(),
                finding.summary(),
                List.of(
                        facts.isPartitioned()
                                ? steps.dropPartitioned(index, facts.indexBytes())
                                : steps.dropConcurrently(index, facts.indexBytes())),
                undo(index, facts),
                effect(facts, keep),
                preconditions(drop, facts.identity(), keep, kept),
                keep == null
                        ? List.of(steps.gone(index))
                        : List.of(steps.gone(index), steps.usable(keep)),
                finding.evidence(),
                finding.fingerprint(),
                null,
                now,
                now.plus(IndexSteps.PLAN_LIFE));
    }

    private List<Precondition> preconditions(
            DropIndex drop, Rows identity, @Nullable Ident keep, @Nullable IndexFacts kept) {
        var index = drop.index();
        var unchanged =
                steps.unchanged(
                        index.parts().getLast() + " is unchanged and nothing relies on it",
                        index,
                        identity);
        return keep == null || kept == null
                ? List.of(
                        unchanged,
                        steps.unscanned(index, new Rows(List.of(Map.of("scans", drop.scans())))))
                : List.of(
                        unchanged,
                        steps.unchanged(
                                keep.parts().getLast() + ", which stays, is unchanged and valid",
                                keep,
                                kept.identity()));
    }

    private static ExpectedEffect effect(IndexFacts facts, @Nullable Ident keep) {
        return new ExpectedEffect(
                "%s freed; writes to %s.%s maintain one index less; %s"
                        .formatted(
                                Format.size(facts.indexBytes()),
                                facts.tableSchema(),
                                facts.tableName(),
                                keep == null
                                        ? "no query that is known gets slower"
                                        : keep.parts().getLast() + " serves what used it"),
                "under a second once older transactions have ended",
                facts.isPartitioned()
                        ? "everyone on the table and its partitions, for that moment"
                        : null);
    }

    private Undo undo(Ident index, IndexFacts facts) {
        var back = new ArrayList<Step>();
        var proofs = new ArrayList<Postcondition>();
        var name = index.parts().getLast();
        if (facts.isPartitioned()) {
            var parts =
                    session.query(IndexSql.PARTITION_INDEXES, IndexSteps.values(index), Part.class);
            for (var part : parts) {
                back.add(
                        steps.rebuild(
                                part.indexName(),
                                part.definition(),
                                !part.isLeaf(),
                                part.indexBytes()));
            }
            for (var part : parts) {
                if (part.parentSchema() != null && part.parentIndex() != null) {
                    back.add(
                            steps.attach(
                                    Ident.of(part.parentSchema(), part.parentIndex()),
                                    part.ident()));
                }
            }
        } else {
            back.add(steps.rebuild(name, facts.definition(), false, facts.indexBytes()));
        }
        if (facts.commentStatement() != null) {
            back.add(steps.comment(name, facts.commentStatement()));
        }
        proofs.add(steps.usable(index));
        return new Undo(back, "builds the identical index again" + lost(facts), proofs);
    }

    private static String lost(IndexFacts facts) {
        var lost = new ArrayList<String>();
        if (facts.tablespaceName() != null) {
            lost.add("in the default tablespace instead of " + facts.tablespaceName());
        }
        if (facts.isClustered()) {
            lost.add("without the mark that the table is clustered by it");
        }
        return lost.isEmpty() ? "" : ", " + String.join(", ", lost);
    }
}
