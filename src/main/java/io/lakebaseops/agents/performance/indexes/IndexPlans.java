package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import java.util.ArrayList;
import java.util.List;

/// The plans of index findings, whichever check found them: what is dropped, built and built anew.
/// One session, and a few statements for all of them.
final class IndexPlans {
    private IndexPlans() {}

    static ReadTool.Remedies of(
            Targets targets,
            SqlLibrary sql,
            String database,
            List<Finding> findings,
            ToolContext context) {
        try (var session = targets.read(context.target(), database, context.deadline())) {
            var plans = new ArrayList<ChangePlan>();
            var skipped = new ArrayList<String>();
            for (var some :
                    List.of(
                            new DropIndexPlans(session, sql, context).of(findings),
                            new RepairIndexPlans(session, sql, context).of(findings),
                            new CreateIndexPlans(session, sql, context).of(findings))) {
                plans.addAll(some.plans());
                skipped.addAll(some.skipped());
            }
            return new ReadTool.Remedies(plans, skipped);
        }
    }
}
