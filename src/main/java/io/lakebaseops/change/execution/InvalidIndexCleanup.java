package io.lakebaseops.change.execution;

import io.lakebaseops.change.risk.StatementClass;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.sqltext.StatementKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Did a failed CREATE INDEX CONCURRENTLY leave an invalid index behind, and is it ours to remove?
/// (Manual, CREATE INDEX, "Building Indexes Concurrently".)
final class InvalidIndexCleanup {
    private static final SqlName STATE = SqlName.of("change/index_state");
    private static final SqlName DROP = SqlName.of("change/drop_half_built_index");

    private final Targets targets;
    private final SqlLibrary sql;

    InvalidIndexCleanup(Targets targets, SqlLibrary sql) {
        this.targets = targets;
        this.sql = sql;
    }

    /// What was there before the step. Null index: the step builds none that has a name.
    record Before(TargetId target, Step step, @Nullable Built index, boolean existed) {}

    /// The index a statement builds; it lands in the schema of its table.
    record Built(String schema, String table, String index) {
        Ident ident() {
            return Ident.of(schema, index);
        }
    }

    /// What is there after the step failed.
    sealed interface Found {
        record Nothing() implements Found {}

        record Unknown(String why) implements Found {}

        record Foreign(Ident index) implements Found {}

        record Ours(Ident index, Step.SqlStep drop) implements Found {}
    }

    Before before(TargetId target, Step step, Deadline deadline) {
        var build = alone(step);
        if (build == null
                || StatementClass.of(build.sql()) != StatementClass.CREATE_INDEX_CONCURRENTLY) {
            return new Before(target, step, null, false);
        }
        var built = parse(build.sql()).orElse(null);
        if (built == null) {
            return new Before(target, step, null, false);
        }
        try {
            return new Before(
                    target, step, built, state(target, build, built, deadline).found() > 0);
        } catch (OpsException e) {
            // Not knowing, we must not remove anything afterwards; the step itself will tell why.
            return new Before(target, step, built, true);
        }
    }

    /// A script of one statement outside a transaction is that statement.
    private static Step.@Nullable SqlStep alone(Step step) {
        if (step instanceof Step.SqlStep sql) {
            return sql;
        }
        return step instanceof Step.ScriptStep s && !s.transactional() && s.statements().size() == 1
                ? new Step.SqlStep(
                        s.title(),
                        s.database(),
                        s.statements().getFirst().sql(),
                        List.of(),
                        s.lock(),
                        s.reversibility(),
                        false,
                        s.lockTimeout(),
                        s.statementTimeout(),
                        s.bytesTouched())
                : null;
    }

    /// Looks on a connection of its own: the one that failed may be gone.
    Found after(Before before, Deadline deadline) {
        var built = before.index();
        var build = alone(before.step());
        if (built == null || build == null) {
            return new Found.Nothing();
        }
        try {
            var state = state(before.target(), build, built, deadline);
            if (state.found() == 0 || state.valid() > 0) {
                return new Found.Nothing();
            }
            return before.existed()
                    ? new Found.Foreign(built.ident())
                    : new Found.Ours(built.ident(), drop(build, built));
        } catch (OpsException e) {
            return new Found.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private State state(TargetId target, Step.SqlStep step, Built built, Deadline deadline) {
        try (var session = targets.read(target, step.database(), deadline)) {
            var params =
                    Map.of(
                            "schema",
                            built.schema(),
                            "table",
                            built.table(),
                            "index",
                            built.index());
            return session.query(STATE, params, State.class).getFirst();
        }
    }

    /// @param definition null when there is none
    record State(long found, long valid, @Nullable String definition) {}

    private Step.SqlStep drop(Step.SqlStep failed, Built built) {
        return new Step.SqlStep(
                "Remove the half-built index " + built.ident(),
                failed.database(),
                sql.render(DROP, Map.of("index", built.ident())).text(),
                List.of(),
                LockLevel.SHARE_UPDATE_EXCLUSIVE,
                Reversibility.HARMLESS,
                false,
                failed.lockTimeout(),
                Duration.ofMinutes(1),
                0);
    }

    /// The index a statement builds under a name of its own, on a table named with its schema.
    static Optional<Built> parse(String sql) {
        var statement = SqlParser.parse(sql).single();
        if (statement == null || statement.kind() != StatementKind.CREATE_INDEX) {
            return Optional.empty();
        }
        var index = statement.tree().text("idxname");
        var table = statement.tree().field("relation");
        return index.isEmpty() || !table.has("schemaname")
                ? Optional.empty()
                : Optional.of(new Built(table.text("schemaname"), table.text("relname"), index));
    }
}
