package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ToolContext;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The plan that applies the pending migrations.
record MigrationPlan(
        MigrationHistory history,
        List<MigrationFile> pending,
        List<Hazard> hazards,
        LiveTables live,
        FinishedStatements finished,
        MigrationSteps steps) {
    private static final Duration PLAN_LIFE = Duration.ofHours(24);

    ChangePlan of(ToolContext context) {
        var now = context.clock().instant();
        var last = pending.getLast().title();
        var database = steps.database();
        return new ChangePlan(
                context.target(),
                ApplySchemaMigration.NAME,
                context.actor(),
                "Apply migrations",
                "Apply %d migration%s to %s of %s, up to %s"
                        .formatted(
                                pending.size(),
                                pending.size() == 1 ? "" : "s",
                                database,
                                context.target(),
                                last),
                Subject.database(database),
                why(),
                allSteps(),
                Undo.none("a migration is taken back by another one, or by a branch of the past"),
                new ExpectedEffect("the schema stands at " + last, duration(), wouldWait()),
                List.of(unchanged(database)),
                proofs(database),
                List.of(),
                null,
                null,
                now,
                now.plus(PLAN_LIFE));
    }

    List<Step> allSteps() {
        var all = new ArrayList<Step>();
        if (!history.there()) {
            all.add(steps.createHistory());
        }
        int rank = history.nextRank();
        for (var file : pending) {
            all.addAll(steps.of(file, rank++, live, finished));
        }
        return all;
    }

    private String why() {
        var worst =
                hazards.stream()
                        .filter(h -> h.severity() != Severity.INFO)
                        .limit(3)
                        .map(h -> "%s line %d: %s".formatted(h.file(), h.line(), h.message()))
                        .collect(Collectors.joining("; "));
        return "%s %s not applied yet%s"
                .formatted(
                        pending.stream().map(MigrationFile::name).collect(Collectors.joining(", ")),
                        pending.size() == 1 ? "is" : "are",
                        worst.isEmpty() ? "" : "; " + worst);
    }

    private String duration() {
        double low = hazards.stream().mapToDouble(Hazard::secondsLow).sum();
        double high = hazards.stream().mapToDouble(Hazard::secondsHigh).sum();
        return high < 1 ? "a moment" : String.format(Locale.ROOT, "%.0f–%.0f s", low, high);
    }

    private @Nullable String wouldWait() {
        double queue =
                hazards.stream()
                        .mapToDouble(h -> h.wouldQueue() == null ? 0 : h.wouldQueue())
                        .max()
                        .orElse(0);
        return queue < 1
                ? null
                : String.format(Locale.ROOT, "some %.0f queries behind the worst lock", queue);
    }

    Precondition unchanged(String database) {
        var query = history.there() ? MigrationSql.HISTORY : MigrationSql.HISTORY_PRESENT;
        Rows expected = history.rows();
        return new Precondition.SqlRows(
                "The history of migrations is as it was",
                database,
                query.path(),
                List.of(),
                expected);
    }

    List<Postcondition> proofs(String database) {
        var indexes = ConcurrentIndexes.of(pending);
        return indexes.isEmpty()
                ? List.of(noted(database))
                : List.of(noted(database), built(database, indexes));
    }

    /// The history says applied also of an index whose build failed.
    private static Postcondition built(String database, List<String> indexes) {
        var names =
                indexes.stream()
                        .map(n -> '"' + n.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                        .collect(Collectors.joining(",", "{", "}"));
        return new Postcondition.SqlFigure(
                "The indexes built are valid: " + String.join(", ", indexes),
                database,
                MigrationSql.INDEXES_VALID.path(),
                List.of(new SqlParam("names", "text[]", names)),
                "found",
                Postcondition.Comparison.EQUAL,
                indexes.size());
    }

    private Postcondition noted(String database) {
        var ranks =
                IntStream.range(history.nextRank(), history.nextRank() + pending.size())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(",", "{", "}"));
        return new Postcondition.SqlFigure(
                "All are noted as applied",
                database,
                MigrationSql.APPLIED.path(),
                List.of(new SqlParam("ranks", "int4[]", ranks)),
                "found",
                Postcondition.Comparison.EQUAL,
                pending.size());
    }
}
