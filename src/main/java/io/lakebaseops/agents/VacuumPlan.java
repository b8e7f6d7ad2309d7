package io.lakebaseops.agents;

import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Subject;
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
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The plan that vacuums and analyses one table, and proves that it helped. The same plan serves
/// the nightly job and the operating procedure for dead rows.
///
/// @param note what a person should know beside the usual; null for nothing
public record VacuumPlan(
        SqlLibrary sql,
        VacuumKind kind,
        String tool,
        @Nullable String alertId,
        @Nullable String note) {
    public VacuumPlan(SqlLibrary sql, VacuumKind kind, String tool, @Nullable String alertId) {
        this(sql, kind, tool, alertId, null);
    }

    /// Row of evidence and proof alike.
    public static final SqlName DEAD_ROWS = SqlName.of("maintenance/table_dead_rows");

    private static final SqlName IDENTITY = SqlName.of("maintenance/table_identity");

    /// VACUUM gives way: it would rather not start than make others queue behind it.
    private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

    private static final Duration LIFE = Duration.ofHours(4);

    /// Read and written once, indexes too; what one core does with data partly in memory.
    private static final double BYTES_PER_SECOND = 100 << 20;

    /// Empty when the table is gone, not ours to vacuum, or being vacuumed already.
    public Optional<ChangePlan> of(
            ReadSession session,
            Subject table,
            String why,
            @Nullable String findingFingerprint,
            ToolContext context) {
        var schema = table.schema();
        if (schema == null) {
            return Optional.empty();
        }
        var values = Map.of("schema_name", schema, "table_name", table.name());
        var params =
                List.of(
                        new SqlParam("schema_name", "text", schema),
                        new SqlParam("table_name", "text", table.name()));
        var identity = session.query(IDENTITY, values);
        var before = session.query(DEAD_ROWS, values);
        if (identity.isEmpty()
                || before.isEmpty()
                || !Boolean.TRUE.equals(identity.list().getFirst().get("may_maintain"))
                || Boolean.TRUE.equals(identity.list().getFirst().get("vacuum_running"))) {
            return Optional.empty();
        }
        var row = before.list().getFirst();
        var now = context.clock().instant();
        return Optional.of(
                new ChangePlan(
                        context.target(),
                        tool,
                        context.actor(),
                        kind.verb(),
                        kind.act() + " " + table.display(),
                        table,
                        why,
                        List.of(
                                step(
                                        session.database(),
                                        Ident.of(schema, table.name()),
                                        table,
                                        (long) number(row.get("total_bytes")))),
                        Undo.none(
                                "nothing is lost that anyone could read; there is nothing to take"
                                        + " back"),
                        effect(row),
                        List.of(
                                new Precondition.SqlRows(
                                        table.display()
                                                + " is the same table and nobody vacuums it",
                                        session.database(),
                                        IDENTITY.path(),
                                        params,
                                        identity)),
                        proofs(session.database(), params, row),
                        List.of(new Evidence(DEAD_ROWS.path(), Map.copyOf(values), before, now)),
                        findingFingerprint,
                        alertId,
                        now,
                        now.plus(LIFE)));
    }

    private Step step(String database, Ident ident, Subject table, long bytes) {
        return new Step.SqlStep(
                kind.act() + " " + table.display(),
                database,
                sql.render(kind.statement(), Map.of("table", ident)).text(),
                List.of(),
                kind == VacuumKind.FULL
                        ? LockLevel.ACCESS_EXCLUSIVE
                        : LockLevel.SHARE_UPDATE_EXCLUSIVE,
                Reversibility.HARMLESS,
                false,
                LOCK_WAIT,
                kind.longest(),
                bytes);
    }

    private ExpectedEffect effect(Map<String, @Nullable Object> row) {
        var time = number(row.get("total_bytes")) / BYTES_PER_SECOND * 1000 + 200;
        var duration = "about " + Format.duration(Duration.ofMillis((long) time));
        return switch (kind) {
            case ANALYZE ->
                    new ExpectedEffect(
                            "up to %s dead rows removed, their space free for new rows, statistics renewed"
                                    .formatted(Format.grouped(number(row.get("dead_rows")))),
                            duration,
                            null);
            case STATISTICS ->
                    new ExpectedEffect(
                            "the planner knows how the rows of all partitions together are spread",
                            "some seconds for each partition",
                            null);
            case FREEZE ->
                    new ExpectedEffect(
                            "the oldest row version is %s transactions old; afterwards it is as young as the oldest open transaction"
                                    .formatted(Format.grouped(number(row.get("xid_age")))),
                            duration,
                            "other maintenance and ALTER on this table, until it is done");
            case FULL ->
                    new ExpectedEffect(
                            "the table and its indexes are written anew without their free space; meanwhile the disk holds both"
                                    + (note == null ? "" : "; " + note),
                            duration,
                            "everybody on this table, readers too, until it is done");
        };
    }

    private List<Postcondition> proofs(
            String database, List<SqlParam> params, Map<String, @Nullable Object> before) {
        var proofs = new ArrayList<Postcondition>();
        if (kind == VacuumKind.STATISTICS) {
            return List.of(
                    proof(
                            database,
                            params,
                            "it was analysed",
                            "analyses",
                            Postcondition.Comparison.AT_LEAST,
                            number(before.get("analyses")) + 1));
        }
        if (kind != VacuumKind.FULL) {
            // VACUUM FULL is not counted among them.
            proofs.add(
                    proof(
                            database,
                            params,
                            "it was vacuumed",
                            "vacuums",
                            Postcondition.Comparison.AT_LEAST,
                            number(before.get("vacuums")) + 1));
        }
        double dead = number(before.get("dead_rows"));
        double age = number(before.get("xid_age"));
        switch (kind) {
            case ANALYZE -> {
                if (dead > 0) {
                    proofs.add(
                            proof(
                                    database,
                                    params,
                                    "fewer dead rows than the %s before"
                                            .formatted(Format.grouped(dead)),
                                    "dead_rows",
                                    Postcondition.Comparison.LESS_THAN,
                                    dead));
                }
            }
            case STATISTICS -> {
                // Told above.
            }
            case FREEZE ->
                    proofs.add(
                            proof(
                                    database,
                                    params,
                                    "younger than the %s transactions before"
                                            .formatted(Format.grouped(age)),
                                    "xid_age",
                                    Postcondition.Comparison.LESS_THAN,
                                    age));
            case FULL -> {
                double bytes = number(before.get("total_bytes"));
                proofs.add(
                        proof(
                                database,
                                params,
                                "smaller than the %s before".formatted(Format.size(bytes)),
                                "total_bytes",
                                Postcondition.Comparison.LESS_THAN,
                                bytes));
            }
        }
        return proofs;
    }

    private static Postcondition proof(
            String database,
            List<SqlParam> params,
            String what,
            String column,
            Postcondition.Comparison comparison,
            double value) {
        return new Postcondition.SqlFigure(
                what, database, DEAD_ROWS.path(), params, column, comparison, value);
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number n ? n.doubleValue() : 0;
    }
}
