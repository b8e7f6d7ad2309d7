package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Precondition;
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
import java.util.Objects;
import java.util.stream.Collectors;

/// Plans that build an index without blocking writers, for statements of the workload or for a
/// foreign key. On a partitioned table part by part: the entry at the top first, each partition's
/// index concurrently, then attached; what an interrupted build left behind is used or cleared
/// away.
final class CreateIndexPlans {
    /// A sort and a write of the table; measured rates differ tenfold, so it is said as a range.
    private static final double FAST_BYTES_PER_SECOND = 100 << 20;

    private static final double SLOW_BYTES_PER_SECOND = 10 << 20;

    private final ReadSession session;
    private final IndexSteps steps;
    private final ToolContext context;

    CreateIndexPlans(ReadSession session, SqlLibrary sql, ToolContext context) {
        this.session = session;
        this.steps = new IndexSteps(sql, session.database());
        this.context = context;
    }

    /// As `indexes/foreign_key_definitions` returns it.
    private record Defined(long constraintOid, String definition) {}

    /// The statement a person would type.
    static String statement(
            SqlLibrary sql, boolean partitioned, String index, Ident table, List<String> columns) {
        return sql.renderLists(
                        partitioned ? IndexSql.CREATE : IndexSql.CREATE_CONCURRENTLY,
                        Map.of(
                                "index", List.of(Ident.of(index)),
                                "table", List.of(table),
                                "columns", columns.stream().map(Ident::of).toList()))
                .text();
    }

    ReadTool.Remedies of(List<Finding> findings) {
        var creates = new LinkedHashMap<Finding, CreateIndex>();
        for (var finding : findings) {
            if (finding.remedy() instanceof CreateIndex create) {
                creates.put(finding, create);
            }
        }
        if (creates.isEmpty()) {
            return new ReadTool.Remedies(List.of(), List.of());
        }
        var definitions =
                definitions(
                        creates.values().stream()
                                .map(CreateIndex::foreignKey)
                                .filter(Objects::nonNull)
                                .toList());
        var named =
                NamedIndex.of(session, creates.values().stream().map(CreateIndex::index).toList());
        var plans = new ArrayList<ChangePlan>();
        var skipped = new ArrayList<String>();
        creates.forEach(
                (finding, create) -> {
                    try {
                        plans.add(plan(finding, create, unchanged(create, definitions), named));
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

    private Map<Long, String> definitions(List<ForeignKey> keys) {
        var oids = keys.stream().map(ForeignKey::constraintOid).toList();
        return oids.isEmpty()
                ? Map.of()
                : session
                        .query(
                                IndexSql.FOREIGN_KEY_DEFINITIONS,
                                Map.of("constraint_oids", oids),
                                Defined.class)
                        .stream()
                        .collect(Collectors.toMap(Defined::constraintOid, Defined::definition));
    }

    /// What the index is for must be as it was when the plan runs.
    private Precondition unchanged(CreateIndex create, Map<Long, String> definitions) {
        var key = create.foreignKey();
        if (key != null) {
            var definition = definitions.get(key.constraintOid());
            if (definition == null) {
                throw gone(create, "it is gone");
            }
            return steps.keyUnchanged(key, definition);
        }
        var columns =
                session.query(
                        IndexSql.TABLE_COLUMNS,
                        Map.of("schema_name", create.schema(), "table_name", create.table()));
        if (columns.isEmpty()) {
            throw gone(create, "the table is gone");
        }
        return new Precondition.SqlRows(
                "table %s.%s has the same columns".formatted(create.schema(), create.table()),
                session.database(),
                IndexSql.TABLE_COLUMNS.path(),
                IndexSteps.table(create.schema(), create.table()),
                columns);
    }

    private static OpsException gone(CreateIndex create, String why) {
        return new OpsException(
                OpsException.Kind.NOT_FOUND,
                "Planning index " + create.index().parts().getLast(),
                why,
                "run the tool again");
    }

    private ChangePlan plan(
            Finding finding,
            CreateIndex create,
            Precondition unchanged,
            Map<Ident, NamedIndex> named) {
        var wanted = create.index();
        var there = named.get(wanted);
        var acts = new ArrayList<Step>();
        Ident index;
        var defined = create.defined();
        if (defined != null) {
            index = wanted;
            if (create.partitioned() || there != null) {
                throw new OpsException(
                        OpsException.Kind.CONFLICT,
                        "Planning index " + defined.name(),
                        there == null
                                ? "its table is partitioned"
                                : "an index of this name is there",
                        "build it by hand: " + defined.definition());
            }
            acts.add(steps.create(defined.name(), defined.definition(), create.bytes()));
        } else if (create.partitioned()) {
            index = new PartitionedBuild(session, steps, create).plan(acts);
        } else {
            index = free(wanted, there, acts);
            acts.add(
                    steps.createConcurrently(
                            index.parts().getLast(),
                            create.tableIdent(),
                            create.keys(),
                            create.bytes()));
        }
        var drop =
                create.partitioned()
                        ? steps.dropPartitioned(index, 0)
                        : steps.dropConcurrently(index, 0);
        var now = context.clock().instant();
        return new ChangePlan(
                context.target(),
                ToolDescriptor.name(
                        create.foreignKey() == null
                                ? DetectMissingIndexes.class
                                : DetectMissingFkIndexes.class),
                context.actor(),
                "Build index",
                "Build index %s on %s.%s"
                        .formatted(index.parts().getLast(), create.schema(), create.table()),
                finding.subject(),
                finding.summary(),
                acts,
                new Undo(List.of(drop), "drops the new index", List.of(steps.gone(index))),
                new ExpectedEffect(
                        create.effect(),
                        buildTime(create.bytes()),
                        create.partitioned()
                                ? "writers of the table, for a moment while parts are attached"
                                : null),
                List.of(
                        unchanged,
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

    private static String buildTime(double bytes) {
        return "%s to %s"
                .formatted(
                        Format.duration(seconds(bytes / FAST_BYTES_PER_SECOND)),
                        Format.duration(seconds(bytes / SLOW_BYTES_PER_SECOND)));
    }

    private static Duration seconds(double s) {
        return Duration.ofMillis((long) (s * 1000) + 100);
    }
}
