package io.lakebaseops.change;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Did a failed CREATE INDEX CONCURRENTLY leave an invalid index behind, and is it ours to remove?
/// (Manual, CREATE INDEX, "Building Indexes Concurrently".)
final class HalfBuiltIndexes {
    private final Targets targets;

    HalfBuiltIndexes(Targets targets) {
        this.targets = targets;
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
        if (!(step instanceof Step.SqlStep sql)
                || StatementClass.of(sql.sql()) != StatementClass.CREATE_INDEX_CONCURRENTLY) {
            return new Before(target, step, null, false);
        }
        var built = parse(sql.sql()).orElse(null);
        if (built == null) {
            return new Before(target, step, null, false);
        }
        try {
            return new Before(
                    target, step, built, valid(target, sql, built, deadline).isPresent());
        } catch (OpsException e) {
            // Not knowing, we must not remove anything afterwards; the step itself will tell why.
            return new Before(target, step, built, true);
        }
    }

    Found after(Before before, Deadline deadline) {
        var built = before.index();
        if (built == null || !(before.step() instanceof Step.SqlStep sql)) {
            return new Found.Nothing();
        }
        try {
            var valid = valid(before.target(), sql, built, deadline);
            if (valid.isEmpty() || valid.get()) {
                return new Found.Nothing();
            }
            return before.existed()
                    ? new Found.Foreign(built.ident())
                    : new Found.Ours(built.ident(), drop(sql, built));
        } catch (OpsException e) {
            return new Found.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Boolean> valid(
            TargetId target, Step.SqlStep step, Built built, Deadline deadline) {
        try (var session = targets.read(target, step.database(), deadline)) {
            var rows =
                    session.query(
                            ChangeSql.INDEX_STATE,
                            Map.of(
                                    "schema",
                                    built.schema(),
                                    "table",
                                    built.table(),
                                    "index",
                                    built.index()));
            return rows.list().stream()
                    .map(row -> Boolean.TRUE.equals(row.get("valid")))
                    .findFirst();
        }
    }

    private static Step.SqlStep drop(Step.SqlStep failed, Built built) {
        return new Step.SqlStep(
                "Remove the half-built index " + built.ident(),
                failed.database(),
                DROP + built.ident().sql(),
                List.of(),
                LockLevel.SHARE_UPDATE_EXCLUSIVE,
                Reversibility.HARMLESS,
                false,
                failed.lockTimeout(),
                Duration.ofMinutes(1),
                0);
    }

    /// Finds `name ON schema.table` behind CONCURRENTLY [IF NOT EXISTS].
    static Optional<Built> parse(String sql) {
        var tokens = SqlWords.of(sql).tokens();
        int at = tokens.indexOf("CONCURRENTLY") + 1;
        if (tokens.subList(at, Math.min(at + 3, tokens.size()))
                .equals(List.of("IF", "NOT", "EXISTS"))) {
            at += 3;
        }
        if (tokens.size() < at + 5 || !tokens.get(at + 1).equals("ON")) {
            return Optional.empty();
        }
        int table = tokens.get(at + 2).equals("ONLY") ? at + 3 : at + 2;
        if (tokens.size() < table + 3 || !tokens.get(table + 1).equals(".")) {
            return Optional.empty();
        }
        return Optional.of(
                new Built(
                        name(tokens.get(table)),
                        name(tokens.get(table + 2)),
                        name(tokens.get(at))));
    }

    /// Unquoted names are stored in lower case, quoted ones as they are.
    private static String name(String token) {
        return token.startsWith("\"")
                ? token.substring(1, token.length() - 1).replace("\"\"", "\"")
                : token.toLowerCase(Locale.ROOT);
    }
}
