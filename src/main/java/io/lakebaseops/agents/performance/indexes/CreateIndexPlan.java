package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How is a foreign key's index built without blocking writers? On a partitioned table part by
/// part: the entry at the top first, each partition's index concurrently, then attached.
final class CreateIndexPlan {
    /// A sort and a write of the table; measured rates differ tenfold, so it is said as a range.
    private static final double FAST_BYTES_PER_SECOND = 100 << 20;

    private static final double SLOW_BYTES_PER_SECOND = 10 << 20;

    private final ReadSession session;
    private final IndexSteps steps;

    CreateIndexPlan(ReadSession session, SqlLibrary sql) {
        this.session = session;
        this.steps = new IndexSteps(sql, session.database());
    }

    private record Present(long present, long usable) {}

    /// The statement a person would type.
    static String statement(SqlLibrary sql, ForeignKey key) {
        return sql.renderLists(
                        key.isPartitioned() ? IndexSql.CREATE : IndexSql.CREATE_CONCURRENTLY,
                        Map.of(
                                "index",
                                        List.of(
                                                Ident.of(
                                                        IndexNames.of(
                                                                key.tableName(), key.columns()))),
                                "table", List.of(Ident.of(key.schemaName(), key.tableName())),
                                "columns", key.columns().stream().map(Ident::of).toList()))
                .text();
    }

    /// Empty when the key is gone, served by now, or the table is not ours to change.
    Optional<ChangePlan> of(Finding finding, ToolContext context) {
        var missing =
                ForeignKeyCover.missing(
                        session.query(IndexSql.FOREIGN_KEY_COVER, Map.of(), ForeignKey.class));
        var s = finding.subject();
        return missing.stream()
                .filter(
                        m ->
                                m.key().constraintName().equals(s.name())
                                        && m.key().tableName().equals(s.table())
                                        && m.key().schemaName().equals(s.schema()))
                .filter(m -> m.key().mayChange())
                .findFirst()
                .map(m -> plan(finding, m, context));
    }

    private ChangePlan plan(Finding finding, ForeignKeyCover.Missing missing, ToolContext context) {
        var key = missing.key();
        var table = Ident.of(key.schemaName(), key.tableName());
        var acts = new ArrayList<Step>();
        var name = free(key.schemaName(), IndexNames.of(key.tableName(), key.columns()), acts);
        var index = Ident.of(key.schemaName(), name);
        if (key.isPartitioned()) {
            inParts(key, name, table, acts);
        } else {
            acts.add(steps.createConcurrently(name, table, key.columns(), missing.childBytes()));
        }
        var drop =
                key.isPartitioned()
                        ? steps.dropPartitioned(index, 0)
                        : steps.dropConcurrently(index, 0);
        var now = context.clock().instant();
        return new ChangePlan(
                context.target(),
                "detect_missing_fk_indexes",
                context.actor(),
                "Build index",
                "Build index %s on %s.%s".formatted(name, key.schemaName(), key.tableName()),
                finding.subject(),
                finding.summary(),
                acts,
                new Undo(List.of(drop), "drops the new index", List.of(steps.gone(index))),
                effect(key, missing),
                List.of(keyUnchanged(key), notThere(index)),
                List.of(steps.usable(index)),
                finding.evidence(),
                finding.fingerprint(),
                null,
                now,
                now.plus(IndexPlans.PLAN_LIFE));
    }

    /// A build that failed leaves an invalid index of the same name: it goes first. A valid one of
    /// that name on other columns keeps it.
    private String free(String schema, String wanted, List<Step> acts) {
        var index = Ident.of(schema, wanted);
        var there = session.one(IndexSql.PRESENT, IndexSteps.values(index), Present.class);
        if (there == null || there.present() == 0) {
            return wanted;
        }
        if (there.usable() > 0) {
            return IndexNames.of(wanted, List.of("2"));
        }
        acts.add(steps.dropConcurrently(index, 0));
        return wanted;
    }

    private void inParts(ForeignKey key, String name, Ident table, List<Step> acts) {
        var parts =
                session.query(
                        IndexSql.PARTITION_TABLES,
                        Map.of("schema_name", key.schemaName(), "table_name", key.tableName()),
                        PartitionTable.class);
        acts.add(steps.createOnParent(name, table, key.columns()));
        var attach = new ArrayList<Step>();
        for (var part : parts) {
            if (part.level() == 0 || part.parentSchema() == null || part.parentTable() == null) {
                continue;
            }
            var own = IndexNames.of(part.tableName(), key.columns());
            acts.add(
                    part.isLeaf()
                            ? steps.createConcurrently(
                                    own, part.ident(), key.columns(), part.tableBytes())
                            : steps.createOnParent(own, part.ident(), key.columns()));
            var above =
                    part.level() == 1
                            ? Ident.of(key.schemaName(), name)
                            : Ident.of(
                                    part.parentSchema(),
                                    IndexNames.of(part.parentTable(), key.columns()));
            // The deepest first: a partitioned part is valid only once all of its own are attached.
            attach.addFirst(steps.attach(above, Ident.of(part.schemaName(), own)));
        }
        acts.addAll(attach);
    }

    private Precondition keyUnchanged(ForeignKey key) {
        var params =
                List.of(
                        new SqlParam("schema_name", "text", key.schemaName()),
                        new SqlParam("table_name", "text", key.tableName()),
                        new SqlParam("constraint_name", "text", key.constraintName()));
        var values =
                Map.of(
                        "schema_name", key.schemaName(),
                        "table_name", key.tableName(),
                        "constraint_name", key.constraintName());
        return new Precondition.SqlRows(
                "foreign key " + key.constraintName() + " is unchanged",
                session.database(),
                IndexSql.FOREIGN_KEY_IDENTITY.path(),
                params,
                session.query(IndexSql.FOREIGN_KEY_IDENTITY, values));
    }

    private Precondition notThere(Ident index) {
        return new Precondition.SqlRows(
                "index " + index.parts().getLast() + " is as it was when this was planned",
                session.database(),
                IndexSql.PRESENT.path(),
                IndexSteps.named(index),
                session.query(IndexSql.PRESENT, IndexSteps.values(index)));
    }

    private static ExpectedEffect effect(ForeignKey key, ForeignKeyCover.Missing missing) {
        double bytes = missing.childBytes();
        return new ExpectedEffect(
                "a delete or update in %s.%s finds its rows here instead of reading %s"
                        .formatted(key.parentSchema(), key.parentTable(), Format.size(bytes)),
                "%s to %s"
                        .formatted(
                                Format.duration(seconds(bytes / FAST_BYTES_PER_SECOND)),
                                Format.duration(seconds(bytes / SLOW_BYTES_PER_SECOND))),
                key.isPartitioned()
                        ? "writers of the table, for a moment while parts are attached"
                        : null);
    }

    private static Duration seconds(double s) {
        return Duration.ofMillis((long) (s * 1000) + 100);
    }
}
