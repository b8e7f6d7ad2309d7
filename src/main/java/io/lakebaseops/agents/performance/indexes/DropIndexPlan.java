package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How is a superfluous index dropped, and how does it come back exactly as it was? Everything is
/// read from the live index; both it and the one that stays must be unchanged when the plan runs.
final class DropIndexPlan {
    private final ReadSession session;
    private final IndexSteps steps;

    DropIndexPlan(ReadSession session, SqlLibrary sql) {
        this.session = session;
        this.steps = new IndexSteps(sql, session.database());
    }

    /// As `indexes/index_facts` returns it.
    record Facts(
            long indexOid,
            String tableSchema,
            String tableName,
            String definition,
            boolean isPartitioned,
            boolean isAttached,
            long indexBytes,
            boolean mayChange,
            @Nullable String commentStatement,
            @Nullable String tablespaceName,
            boolean isClustered) {}

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

    /// Empty when it cannot or need not be dropped by us: gone, backing a constraint, not ours.
    Optional<ChangePlan> of(Finding finding, Ident index, Ident keep, ToolContext context) {
        var facts = session.one(IndexSql.FACTS, IndexSteps.values(index), Facts.class);
        var identity = session.query(IndexSql.IDENTITY, IndexSteps.values(index));
        var kept = session.query(IndexSql.IDENTITY, IndexSteps.values(keep));
        if (facts == null || !facts.mayChange() || !free(identity) || !usable(kept)) {
            return Optional.empty();
        }
        var table = facts.tableSchema() + "." + facts.tableName();
        var name = index.parts().getLast();
        var now = context.clock().instant();
        return Optional.of(
                new ChangePlan(
                        context.target(),
                        "detect_duplicate_indexes",
                        context.actor(),
                        "Drop index",
                        "Drop index %s on %s".formatted(name, table),
                        finding.subject(),
                        finding.summary(),
                        List.of(
                                facts.isPartitioned()
                                        ? steps.dropPartitioned(index, facts.indexBytes())
                                        : steps.dropConcurrently(index, facts.indexBytes())),
                        undo(index, facts),
                        effect(facts, keep),
                        preconditions(index, identity, keep, kept),
                        List.of(steps.gone(index), steps.usable(keep)),
                        finding.evidence(),
                        finding.fingerprint(),
                        null,
                        now,
                        now.plus(IndexPlans.PLAN_LIFE)));
    }

    private List<Precondition> preconditions(Ident index, Rows identity, Ident keep, Rows kept) {
        return List.of(
                steps.unchanged(
                        index.parts().getLast() + " is unchanged and nothing relies on it",
                        index,
                        identity),
                steps.unchanged(
                        keep.parts().getLast() + ", which stays, is unchanged and valid",
                        keep,
                        kept));
    }

    private static ExpectedEffect effect(Facts facts, Ident keep) {
        return new ExpectedEffect(
                "%s freed; writes to %s.%s maintain one index less; %s serves what used it"
                        .formatted(
                                Format.size(facts.indexBytes()),
                                facts.tableSchema(),
                                facts.tableName(),
                                keep.parts().getLast()),
                "under a second once older transactions have ended",
                facts.isPartitioned() ? "everyone on the table, for that moment" : null);
    }

    private Undo undo(Ident index, Facts facts) {
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

    private static String lost(Facts facts) {
        var lost = new ArrayList<String>();
        if (facts.tablespaceName() != null) {
            lost.add("in the default tablespace instead of " + facts.tablespaceName());
        }
        if (facts.isClustered()) {
            lost.add("without the mark that the table is clustered by it");
        }
        return lost.isEmpty() ? "" : ", " + String.join(", ", lost);
    }

    private static boolean free(Rows identity) {
        return usable(identity)
                && Boolean.FALSE.equals(identity.list().getFirst().get("backs_constraint"))
                && Boolean.FALSE.equals(identity.list().getFirst().get("is_replica_identity"));
    }

    private static boolean usable(Rows identity) {
        return identity.size() == 1
                && Boolean.TRUE.equals(identity.list().getFirst().get("is_usable"));
    }
}
