package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import java.time.Duration;
import java.util.Optional;

/// Which plan mends an index finding? Asked for after an index tool has run; a finding without a
/// plan (a constraint to drop, a table of another owner) is one for a person.
public final class IndexPlans {
    /// Waste below this is reported without alarm.
    static final long WASTE_FROM_BYTES = 1L << 20;

    /// Long enough for a night and a working day; what changes meanwhile, the preconditions catch.
    static final Duration PLAN_LIFE = Duration.ofHours(36);

    private final Targets targets;
    private final SqlLibrary sql;

    public IndexPlans(Targets targets, SqlLibrary sql) {
        this.targets = targets;
        this.sql = sql;
    }

    public Optional<ChangePlan> planFor(Finding finding, ToolContext context) {
        var subject = finding.subject();
        if (subject.database() == null || subject.schema() == null) {
            return Optional.empty();
        }
        return switch (finding.kind()) {
            case DetectDuplicateIndexes.KIND ->
                    drop(finding, subject.database(), subject.schema(), context);
            case DetectMissingFkIndexes.KIND -> {
                try (var session =
                        targets.read(context.target(), subject.database(), context.deadline())) {
                    yield new CreateIndexPlan(session, sql).of(finding, context);
                }
            }
            default -> Optional.empty();
        };
    }

    private Optional<ChangePlan> drop(
            Finding finding, String database, String schema, ToolContext context) {
        var keep = keeper(finding);
        if (keep.isEmpty()) {
            return Optional.empty();
        }
        try (var session = targets.read(context.target(), database, context.deadline())) {
            return new DropIndexPlan(session, sql)
                    .of(
                            finding,
                            Ident.of(schema, finding.subject().name()),
                            Ident.of(schema, keep.get()),
                            context);
        }
    }

    /// The evidence lists the superfluous index first and the one that stays second.
    private static Optional<String> keeper(Finding finding) {
        return finding.evidence().stream()
                .filter(e -> e.query().equals(IndexSql.SHAPES.path()) && e.rows().size() == 2)
                .map(e -> String.valueOf(e.rows().list().get(1).get("index_name")))
                .findFirst();
    }
}
