package io.lakebaseops.agents.health.archival;

import static io.lakebaseops.domain.plan.Postcondition.ArchivedRows.Place.IN_ARCHIVE;
import static io.lakebaseops.domain.plan.Postcondition.ArchivedRows.Place.IN_TABLE;
import static io.lakebaseops.domain.plan.Postcondition.ArchivedRows.Place.NOT_IN_ARCHIVE;
import static io.lakebaseops.domain.plan.Postcondition.ArchivedRows.Place.NOT_IN_TABLE;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.ArchiveOrder.Direction;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.state.Archival;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Plans that move rows to the archive, continue a move that stopped, and bring rows back.
public final class ArchivalPlans {
    private static final String TOOL = "archive_cold_data_to_delta";
    private static final Duration PLAN_LIFE = Duration.ofDays(7);
    private static final Duration LOCK_WAIT = Duration.ofSeconds(3);
    private static final Duration STATEMENT = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofHours(24);

    private final SqlLibrary sql;
    private final Clock clock;

    public ArchivalPlans(SqlLibrary sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /// @throws OpsException when something stands against it
    ChangePlan archive(
            ReadSession session,
            TargetId target,
            ColdCandidate candidate,
            Instant before,
            int days,
            Actor by,
            @Nullable String finding) {
        if (!candidate.ready()) {
            throw refused(candidate, String.join("; ", candidate.obstacles()));
        }
        if (candidate.coldRows() == 0) {
            throw refused(candidate, "no row of it is older than %d days".formatted(days));
        }
        var facts = TableFacts.read(session, candidate.schema(), candidate.table());
        if (facts == null) {
            throw refused(candidate, "the table is gone");
        }
        var partitions =
                candidate.partitions() == 0
                        ? List.<TableFacts.PartitionRow>of()
                        : facts.partitions().stream().filter(p -> p.isColdAt(before)).toList();
        var order =
                new ArchiveOrders(sql)
                        .archive(session, facts, candidate.timeColumn(), before, days, partitions);
        var what =
                partitions.isEmpty()
                        ? "%s rows older than %d days"
                                .formatted(Format.grouped(candidate.coldRows()), days)
                        : "%d partitions older than %d days".formatted(partitions.size(), days);
        var columns =
                session.query(
                        ColdSql.COLUMNS,
                        Map.of("schema_name", facts.schema(), "table_name", facts.table()));
        return plan(
                target,
                session.database(),
                order,
                candidate.freedBytes(),
                "Archive",
                "Archive %s of %s".formatted(what, candidate.name()),
                "%s of %s rows have a %s before %s; they go to %s, readable by any Delta reader"
                        .formatted(
                                Format.grouped(candidate.coldRows()),
                                Format.grouped(candidate.rows()),
                                candidate.timeColumn(),
                                Format.utc(before),
                                order.archiveTable()),
                new ExpectedEffect(
                        "frees %s%s"
                                        .formatted(
                                                Format.size(candidate.freedBytes()),
                                                partitions.isEmpty()
                                                        ? " for new rows once vacuumed"
                                                        : " at once")
                                + (candidate.publications().isEmpty()
                                        ? ""
                                        : "; publication %s passes the deletions on"
                                                .formatted(candidate.publications())),
                        null,
                        partitions.isEmpty()
                                ? null
                                : "queries on the table for the moment of each detach"),
                unchanged(session.database(), order, columns),
                by,
                finding);
    }

    /// The same step again: it goes on from what the journal says.
    public ChangePlan continuation(Archival archival, Actor by) {
        var step = archival.archiveStep();
        return plan(
                archival.target(),
                archival.database(),
                step.order(),
                archival.bytesBefore(),
                "Continue archival",
                "Continue archival %d of %s.%s"
                        .formatted(archival.number(), archival.schema(), archival.table()),
                "It stopped%s; %s"
                        .formatted(
                                archival.error() == null ? "" : ": " + archival.error(),
                                standing(archival)),
                new ExpectedEffect("the rest of the rows is archived", null, null),
                List.of(),
                by,
                null);
    }

    /// @param keys as the archive's `_key` writes them; empty = every row of the archival
    public ChangePlan restore(Archival archival, List<String> keys, Actor by) {
        var order = ArchiveOrders.restore(archival.archiveStep().order(), keys);
        var what =
                keys.isEmpty()
                        ? "%s rows".formatted(Format.grouped(archival.rowsDeleted()))
                        : "%d chosen rows".formatted(keys.size());
        return plan(
                archival.target(),
                archival.database(),
                order,
                archival.bytesBefore(),
                "Restore",
                "Restore %s of archival %d to %s.%s"
                        .formatted(what, archival.number(), archival.schema(), archival.table()),
                "Rows come back from %s with the values they had; then they leave the archive"
                        .formatted(archival.archiveTable()),
                new ExpectedEffect(what + " are in the table again", null, null),
                List.of(),
                by,
                null);
    }

    static String standing(Archival archival) {
        return archival.hasDeleted()
                ? "%s of %s rows are deleted, all of them are in the archive"
                        .formatted(
                                Format.grouped(archival.rowsDeleted()),
                                Format.grouped(archival.rowsSelected()))
                : "nothing was deleted";
    }

    private ChangePlan plan(
            TargetId target,
            String database,
            ArchiveOrder order,
            long bytes,
            String verb,
            String title,
            String why,
            ExpectedEffect effect,
            List<Precondition> preconditions,
            Actor by,
            @Nullable String finding) {
        var now = clock.instant();
        boolean archive = order.direction() == Direction.ARCHIVE;
        var undo =
                archive
                        ? new Undo(
                                List.of(
                                        step(
                                                "Restore the archived rows of "
                                                        + order.schema()
                                                        + "."
                                                        + order.table(),
                                                database,
                                                ArchiveOrders.restore(order, List.of()),
                                                bytes)),
                                "the rows come back from the archive with the values they had",
                                proofs(database, ArchiveOrders.restore(order, List.of())))
                        : Undo.none("archive the rows again");
        return new ChangePlan(
                target,
                TOOL,
                by,
                verb,
                title,
                Subject.table(database, order.schema(), order.table()),
                why,
                List.of(step(title, database, order, bytes)),
                undo,
                effect,
                preconditions,
                proofs(database, order),
                List.of(),
                finding,
                null,
                now,
                now.plus(PLAN_LIFE));
    }

    /// Every row is in exactly one place, with the values it had.
    private static List<Postcondition> proofs(String database, ArchiveOrder order) {
        var table = order.schema() + "." + order.table();
        var all = new ArrayList<Postcondition>();
        switch (order.direction()) {
            case ARCHIVE -> {
                all.add(rows(order, "every row taken is in " + order.archiveTable(), IN_ARCHIVE));
                all.add(rows(order, "none of them is left in " + table, NOT_IN_TABLE));
            }
            case RESTORE -> {
                all.add(rows(order, "every row is in " + table + " again", IN_TABLE));
                all.add(rows(order, "none is left in " + order.archiveTable(), NOT_IN_ARCHIVE));
            }
        }
        all.add(
                new Postcondition.SqlFigure(
                        "foreign keys of and to %s are enforced".formatted(table),
                        database,
                        ColdSql.UNGUARDED.path(),
                        List.of(
                                new SqlParam("schema_name", "text", order.schema()),
                                new SqlParam("table_name", "text", order.table())),
                        "not_enforced",
                        Postcondition.Comparison.EQUAL,
                        0));
        return all;
    }

    private static Postcondition rows(
            ArchiveOrder order, String description, Postcondition.ArchivedRows.Place place) {
        return new Postcondition.ArchivedRows(
                description, order.archival(), place, order.restored());
    }

    private static Step.ArchiveStep step(
            String title, String database, ArchiveOrder order, long bytes) {
        boolean drops = order.pieces().stream().anyMatch(ArchiveOrder.Piece::partition);
        return new Step.ArchiveStep(
                title,
                database,
                order,
                drops ? LockLevel.ACCESS_EXCLUSIVE : LockLevel.ROW_EXCLUSIVE,
                Reversibility.REVERSIBLE,
                LOCK_WAIT,
                STATEMENT,
                LIMIT,
                bytes);
    }

    private static List<Precondition> unchanged(String database, ArchiveOrder order, Rows columns) {
        return List.of(
                new Precondition.SqlRows(
                        "the columns of %s.%s are as they were planned with"
                                .formatted(order.schema(), order.table()),
                        database,
                        ColdSql.COLUMNS.path(),
                        List.of(
                                new SqlParam("schema_name", "text", order.schema()),
                                new SqlParam("table_name", "text", order.table())),
                        columns));
    }

    static OpsException refused(ColdCandidate candidate, String why) {
        return new OpsException(
                OpsException.Kind.CONFLICT,
                "Archiving " + candidate.name(),
                why,
                "mend that first, or leave the rows where they are");
    }
}
