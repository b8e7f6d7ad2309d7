package io.lakebaseops.agents.health.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.reconcile.DifferenceClass;
import io.lakebaseops.reconcile.DifferingKey;
import io.lakebaseops.reconcile.TablePair;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/// The plan that makes rows of PostgreSQL as Delta has them, for pairs whose truth is in Delta:
/// exactly these keys, and none that was changed since it was seen.
///
/// The other way round nothing is written: the pipeline is Delta's only writer, so what would mend
/// it is a statement for a person, see [MergeText].
public final class RepairPlans {
    private static final SqlName UPSERT = SqlName.of("sync/repair_upsert");
    private static final SqlName DELETE = SqlName.of("sync/repair_delete");
    private static final SqlName IDENTITY = SqlName.of("sync/table_columns");
    private static final SqlName DIFFERING = SqlName.of("sync/rows_not_as_wanted");
    private static final SqlName PRESENT = SqlName.of("sync/rows_present");

    /// Values were cut there for showing, and a plan must not write half of one.
    private static final int CUT = 2_000;

    private static final int MOST = 1_000;
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration LIFE = Duration.ofHours(24);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Targets targets;
    private final SqlLibrary sql;

    public RepairPlans(Targets targets, SqlLibrary sql) {
        this.targets = targets;
        this.sql = sql;
    }

    /// A plan, or why there is none.
    public sealed interface Answer {}

    public record Made(ChangePlan plan) implements Answer {}

    public record Refused(String why) implements Answer {}

    private record ColumnRow(
            String columnName, String typeName, boolean plain, boolean generated) {}

    Answer plan(RepairRemedy remedy, Finding finding, ToolContext context) {
        return plan(
                remedy.pair().pair(),
                remedy.columns(),
                remedy.keyColumns(),
                remedy.keys(),
                finding.fingerprint(),
                context.actor(),
                context.clock(),
                context.deadline());
    }

    /// @param columns of the keys' rows, in their order
    public Answer plan(
            TablePair pair,
            List<String> columns,
            List<String> keyColumns,
            List<DifferingKey> keys,
            @Nullable String findingFingerprint,
            Actor actor,
            Clock clock,
            Deadline deadline) {
        if (keys.size() > MOST) {
            return new Refused(
                    "%s rows are too many for a plan: load the table anew"
                            .formatted(Format.grouped(keys.size())));
        }
        var params =
                List.of(
                        new SqlParam("schema_name", "text", pair.schema()),
                        new SqlParam("table_name", "text", pair.table()));
        Rows identity;
        List<ColumnRow> known;
        try (var session = targets.read(pair.target(), pair.database(), deadline)) {
            Map<String, Object> values =
                    Map.of("schema_name", pair.schema(), "table_name", pair.table());
            identity = session.query(IDENTITY, values);
            known = session.query(IDENTITY, values, ColumnRow.class);
        }
        var odd =
                known.stream()
                        .filter(c -> columns.contains(c.columnName()) && !c.plain())
                        .map(c -> c.columnName() + " (" + c.typeName() + ")")
                        .toList();
        var absent =
                known.stream()
                        .filter(c -> !c.generated() && !columns.contains(c.columnName()))
                        .map(ColumnRow::columnName)
                        .toList();
        boolean inserts = keys.stream().anyMatch(k -> k.kind() == DifferenceClass.EXTRA);
        if (!odd.isEmpty()) {
            return new Refused("columns whose text is not their value: " + String.join(", ", odd));
        }
        if (inserts && !absent.isEmpty()) {
            return new Refused("rows cannot be made without " + String.join(", ", absent));
        }
        if (keys.stream().anyMatch(RepairPlans::cut)) {
            return new Refused("a value is longer than " + CUT + " characters: repair it by hand");
        }
        var written =
                columns.stream()
                        .filter(
                                c ->
                                        known.stream()
                                                .noneMatch(
                                                        k ->
                                                                k.columnName().equals(c)
                                                                        && k.generated()))
                        .toList();
        return new Made(
                made(
                        pair,
                        columns,
                        written,
                        keyColumns,
                        keys,
                        findingFingerprint,
                        actor,
                        params,
                        identity,
                        clock.instant()));
    }

    private static boolean cut(DifferingKey key) {
        return tooLong(key.source()) || tooLong(key.delta());
    }

    private static boolean tooLong(@Nullable List<@Nullable String> row) {
        return row != null && row.stream().anyMatch(v -> v != null && v.length() >= CUT);
    }

    private ChangePlan made(
            TablePair pair,
            List<String> columns,
            List<String> written,
            List<String> keyColumns,
            List<DifferingKey> keys,
            @Nullable String finding,
            Actor actor,
            List<SqlParam> table,
            Rows identity,
            Instant now) {
        Predicate<DifferingKey> goes = k -> k.kind() == DifferenceClass.MISSING;
        Predicate<DifferingKey> comes = k -> k.kind() == DifferenceClass.EXTRA;
        var gone = keys.stream().filter(goes).toList();
        var come = keys.stream().filter(comes).toList();
        var changed = keys.stream().filter(goes.or(comes).negate()).toList();
        var wanted = new ArrayList<>(changed);
        wanted.addAll(come);
        var steps = new ArrayList<Step>();
        var back = new ArrayList<Step>();
        if (!gone.isEmpty()) {
            steps.add(
                    delete(
                            pair,
                            keyColumns,
                            json(gone, columns, written, DifferingKey::source),
                            versions(gone),
                            gone.size()));
            back.add(
                    upsert(
                            pair,
                            written,
                            keyColumns,
                            json(gone, columns, written, DifferingKey::source),
                            null,
                            gone.size()));
        }
        if (!wanted.isEmpty()) {
            steps.add(
                    upsert(
                            pair,
                            written,
                            keyColumns,
                            json(wanted, columns, written, DifferingKey::delta),
                            versions(wanted),
                            wanted.size()));
        }
        if (!changed.isEmpty()) {
            back.add(
                    upsert(
                            pair,
                            written,
                            keyColumns,
                            json(changed, columns, written, DifferingKey::source),
                            null,
                            changed.size()));
        }
        if (!come.isEmpty()) {
            back.add(
                    delete(
                            pair,
                            keyColumns,
                            json(come, columns, written, DifferingKey::delta),
                            null,
                            come.size()));
        }
        var proofs = new ArrayList<Postcondition>();
        if (!wanted.isEmpty()) {
            proofs.add(
                    proof(
                            "every row is as Delta has it",
                            pair,
                            DIFFERING,
                            table,
                            json(wanted, columns, written, DifferingKey::delta)));
        }
        if (!gone.isEmpty()) {
            proofs.add(
                    proof(
                            "rows that Delta does not have are gone",
                            pair,
                            PRESENT,
                            table,
                            json(gone, columns, keyColumns, DifferingKey::source)));
        }
        var subject = SyncFindings.subject(pair);
        return new ChangePlan(
                pair.target(),
                "run_full_sync_validation",
                actor,
                "Repair rows",
                "Repair %s of %s from Delta"
                        .formatted(Format.count(keys.size(), "row"), pair.source()),
                subject,
                "%s differ from %s, which is the side that is right: %d changed, %d missing here, %d not in Delta"
                        .formatted(
                                Format.count(keys.size(), "row"),
                                pair.mirror(),
                                changed.size(),
                                come.size(),
                                gone.size()),
                steps,
                new Undo(back, "The rows become what they were.", List.of()),
                new ExpectedEffect(
                        "the rows are as in Delta; one that was changed since it was seen is left as"
                                + " it is",
                        "below a second",
                        null),
                List.of(
                        new Precondition.SqlRows(
                                pair.source() + " has the same columns",
                                pair.database(),
                                IDENTITY.path(),
                                table,
                                identity)),
                proofs,
                List.of(),
                finding,
                null,
                now,
                now.plus(LIFE));
    }

    private static List<String> versions(List<DifferingKey> keys) {
        return keys.stream()
                .map(DifferingKey::xmin)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .distinct()
                .toList();
    }

    private static String json(
            List<DifferingKey> keys,
            List<String> columns,
            List<String> wanted,
            Function<DifferingKey, @Nullable List<@Nullable String>> side) {
        ArrayNode rows = JSON.createArrayNode();
        for (var key : keys) {
            var values = Objects.requireNonNull(side.apply(key));
            var row = rows.addObject();
            wanted.forEach(c -> row.put(c, values.get(columns.indexOf(c))));
        }
        try {
            return JSON.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts are always JSON", e);
        }
    }

    private static Postcondition proof(
            String what, TablePair pair, SqlName query, List<SqlParam> table, String rows) {
        var params = new ArrayList<>(table);
        params.add(new SqlParam("rows", "jsonb", rows));
        return new Postcondition.SqlFigure(
                what,
                pair.database(),
                query.path(),
                params,
                "found",
                Postcondition.Comparison.EQUAL,
                0);
    }

    private Step upsert(
            TablePair pair,
            List<String> written,
            List<String> key,
            String rows,
            @Nullable List<String> versions,
            int count) {
        var rest = written.stream().filter(c -> !key.contains(c)).toList();
        // A table of keys alone has nothing to update; setting a key to itself changes nothing.
        var set = rest.isEmpty() ? key : rest;
        var text =
                sql.renderLists(
                        UPSERT,
                        Map.of(
                                "table", List.of(Ident.of(pair.schema(), pair.table())),
                                "columns", written.stream().map(Ident::of).toList(),
                                "key", key.stream().map(Ident::of).toList(),
                                "set", set.stream().map(Ident::of).toList(),
                                "new", set.stream().map(c -> Ident.of("excluded", c)).toList()));
        return step("Write " + Format.count(count, "row"), pair, text.text(), rows, versions);
    }

    private Step delete(
            TablePair pair,
            List<String> key,
            String rows,
            @Nullable List<String> versions,
            int count) {
        var text =
                sql.renderLists(
                        DELETE,
                        Map.of(
                                "table", List.of(Ident.of(pair.schema(), pair.table())),
                                "stored", key.stream().map(c -> Ident.of("t", c)).toList(),
                                "named", key.stream().map(c -> Ident.of("r", c)).toList()));
        return step("Delete " + Format.count(count, "row"), pair, text.text(), rows, versions);
    }

    private static Step step(
            String title,
            TablePair pair,
            String text,
            String rows,
            @Nullable List<String> versions) {
        return new Step.SqlStep(
                title,
                pair.database(),
                text,
                List.of(
                        new SqlParam("rows", "jsonb", rows),
                        new SqlParam(
                                "versions",
                                "text[]",
                                versions == null ? null : "{" + String.join(",", versions) + "}")),
                LockLevel.ROW_EXCLUSIVE,
                Reversibility.REVERSIBLE,
                true,
                LOCK_WAIT,
                LONGEST,
                0);
    }
}
