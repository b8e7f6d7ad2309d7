package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.domain.Finding;
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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Plans that build an index for the statements of the workload, without blocking writers.
final class CreateIndexPlans {
    private final ReadSession session;
    private final IndexSteps steps;
    private final ToolContext context;

    CreateIndexPlans(ReadSession session, SqlLibrary sql, ToolContext context) {
        this.session = session;
        this.steps = new IndexSteps(sql, session.database());
        this.context = context;
    }

    ReadTool.Remedies of(List<Finding> findings) {
        var plans = new ArrayList<ChangePlan>();
        var skipped = new ArrayList<String>();
        for (var finding : findings) {
            if (finding.remedy() instanceof CreateIndex create) {
                try {
                    plans.add(plan(finding, create));
                } catch (OpsException e) {
                    if (PerDatabase.endsAll(e, context)) {
                        throw e;
                    }
                    skipped.add(
                            "no plan for %s: %s".formatted(finding.subject().display(), e.why()));
                }
            }
        }
        return new ReadTool.Remedies(plans, skipped);
    }

    private ChangePlan plan(Finding finding, CreateIndex create) {
        var wanted = create.index();
        var there = NamedIndex.of(session, List.of(wanted)).get(wanted);
        var acts = new ArrayList<Step>();
        // A build that failed leaves an invalid index of the same name: it goes first.
        var index = there != null && there.isUsable() ? IndexNames.another(wanted) : wanted;
        if (there != null && !there.isUsable()) {
            acts.add(steps.dropConcurrently(wanted, 0));
        }
        var name = index.parts().getLast();
        acts.add(
                steps.createConcurrently(name, create.tableIdent(), create.keys(), create.bytes()));
        var values = Map.of("schema_name", create.schema(), "table_name", create.table());
        var columns = session.query(IndexSql.TABLE_COLUMNS, values);
        if (columns.isEmpty()) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Planning index " + name,
                    "the table is gone",
                    "run the tool again");
        }
        var now = context.clock().instant();
        return new ChangePlan(
                context.target(),
                ToolDescriptor.name(DetectMissingIndexes.class),
                context.actor(),
                "Build index",
                "Build index %s on %s.%s".formatted(name, create.schema(), create.table()),
                finding.subject(),
                finding.summary(),
                acts,
                new Undo(
                        List.of(steps.dropConcurrently(index, 0)),
                        "drops the new index",
                        List.of(steps.gone(index))),
                new ExpectedEffect(
                        create.effect(), BuildIndexPlans.buildTime(create.bytes()), null),
                List.of(
                        new Precondition.SqlRows(
                                "table %s.%s has the same columns"
                                        .formatted(create.schema(), create.table()),
                                session.database(),
                                IndexSql.TABLE_COLUMNS.path(),
                                IndexSteps.table(create.schema(), create.table()),
                                columns),
                        steps.asPlanned(
                                index, NamedIndex.presence(index.equals(wanted) ? there : null))),
                List.of(steps.usable(index)),
                finding.evidence(),
                finding.fingerprint(),
                null,
                now,
                now.plus(IndexSteps.PLAN_LIFE));
    }
}
