package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Plans that build the index of a foreign key without blocking writers. On a partitioned table
/// part by part: the entry at the top first, each partition's index concurrently, then attached;
/// what an interrupted build left behind is used or cleared away.
final class BuildIndexPlans {
    /// A sort and a write of the table; measured rates differ tenfold, so it is said as a range.
    private static final double FAST_BYTES_PER_SECOND = 100 << 20;

    private static final double SLOW_BYTES_PER_SECOND = 10 << 20;

    private final ReadSession session;
    private final IndexSteps steps;
    private final ToolContext context;

    BuildIndexPlans(ReadSession session, SqlLibrary sql, ToolContext context) {
        this.session = session;
        this.steps = new IndexSteps(sql, session.database());
        this.context = context;
    }

    /// As `indexes/foreign_key_definitions` returns it.
    private record Defined(long constraintOid, String definition) {}

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

    ReadTool.Remedies of(List<Finding> findings) {
        var builds = new LinkedHashMap<Finding, ForeignKeyCover.Missing>();
        for (var finding : findings) {
            if (finding.remedy() instanceof BuildIndex build) {
                builds.put(finding, build.missing());
            }
        }
        var keys = builds.values().stream().map(ForeignKeyCover.Missing::key).toList();
        var definitions = definitions(keys);
        var named = NamedIndex.of(session, keys.stream().map(BuildIndexPlans::wanted).toList());
        var plans = new ArrayList<ChangePlan>();
        var skipped = new ArrayList<String>();
        builds.forEach(
                (finding, missing) -> {
                    var definition = definitions.get(missing.key().constraintOid());
                    if (definition == null) {
                        skipped.add(
                                "no plan for %s: it is gone".formatted(finding.subject().name()));
                        return;
                    }
                    try {
                        plans.add(plan(finding, missing, definition, named));
                    } catch (OpsException e) {
                        if (PerDatabase.endsAll(e, context)) {
                            throw e;
                        }
                        skipped.add(
                                "no plan for %s: %s".formatted(finding.subject().name(), e.why()));
                    }
                });
        return new ReadTool.Remedies(plans, skipped);
    }

    private Map<Long, String> definitions(List<ForeignKey> keys) {
        var oids = keys.stream().map(ForeignKey::constraintOid).toList();
        return session
                .query(
                        IndexSql.FOREIGN_KEY_DEFINITIONS,
                        Map.of("constraint_oids", oids),
                        Defined.class)
                .stream()
                .collect(Collectors.toMap(Defined::constraintOid, Defined::definition));
    }

    private static Ident wanted(ForeignKey key) {
        return Ident.of(key.schemaName(), IndexNames.of(key.tableName(), key.columns()));
    }

    private ChangePlan plan(
            Finding finding,
            ForeignKeyCover.Missing missing,
            String definition,
            Map<Ident, NamedIndex> named) {
        var key = missing.key();
        var table = Ident.of(key.schemaName(), key.tableName());
        var wanted = wanted(key);
        var there = named.get(wanted);
        var acts = new ArrayList<Step>();
        Ident index;
        if (key.isPartitioned()) {
            var tree = new PartitionedBuild(session, steps, key);
            index = tree.plan(acts);
        } else {
            index = free(wanted, there, acts);
            acts.add(
                    steps.createConcurrently(
                            index.parts().getLast(), table, key.columns(), missing.childBytes()));
        }
        var drop =
                key.isPartitioned()
                        ? steps.dropPartitioned(index, 0)
                        : steps.dropConcurrently(index, 0);
        var name = index.parts().getLast();
        var now = context.clock().instant();
        return new ChangePlan(
                context.target(),
                ToolDescriptor.name(DetectMissingFkIndexes.class),
                context.actor(),
                "Build index",
                "Build index %s on %s.%s".formatted(name, key.schemaName(), key.tableName()),
                finding.subject(),
                finding.summary(),
                acts,
                new Undo(List.of(drop), "drops the new index", List.of(steps.gone(index))),
                effect(key, missing),
                List.of(
                        steps.keyUnchanged(key, definition),
                        steps.asPlanned(
                                index, NamedIndex.presence(index.equals(wanted) ? there : null))),
                List.of(steps.usable(index)),
                finding.evidence(),
                finding.fingerprint(),
                null,
                now,
                now.plus(IndexSteps.PLAN_LIFE));
    }

    /// A build that failed leaves an invalid index of the same name: it goes first. A valid one of
    /// that name on other columns keeps it.
    private Ident free(Ident wanted, @Nullable NamedIndex there, List<Step> acts) {
        if (there == null) {
            return wanted;
        }
        if (there.isUsable()) {
            return IndexNames.another(wanted);
        }
        acts.add(steps.dropConcurrently(wanted, 0));
        return wanted;
    }

    private static ExpectedEffect effect(ForeignKey key, ForeignKeyCover.Missing missing) {
        double bytes = missing.childBytes();
        return new ExpectedEffect(
                "a delete or update in %s.%s finds its rows here instead of reading %s"
                        .formatted(key.parentSchema(), key.parentTable(), Format.size(bytes)),
                buildTime(bytes),
                key.isPartitioned()
                        ? "writers of the table, for a moment while parts are attached"
                        : null);
    }

    /// @param bytes of the table
    static String buildTime(double bytes) {
        return "%s to %s"
                .formatted(
                        Format.duration(seconds(bytes / FAST_BYTES_PER_SECOND)),
                        Format.duration(seconds(bytes / SLOW_BYTES_PER_SECOND)));
    }

    private static Duration seconds(double s) {
        return Duration.ofMillis((long) (s * 1000) + 100);
    }
}
