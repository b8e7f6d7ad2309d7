package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The journal of archivals in the state database.
///
/// Each call is a transaction of its own: what it noted stands when the process is killed right
/// after.
public final class ArchivalStore implements Archivals {
    private final StateDb db;
    private final Clock clock;

    public ArchivalStore(StateDb db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /// Rows between two places of a table, moved together.
    ///
    /// @param piece which of the order's pieces they are in
    /// @param firstRow the `ctid` from which on they lie
    /// @param endRow the `ctid` before which they lie
    /// @param rowCount of those that were archived; of cold rows before that
    /// @param digest of the rows as the server sent them; null where that was not seen
    /// @param nextBatch how many batches were deleted
    /// @param pendingXid of a transaction whose outcome was not noted
    /// @param pendingBatches how many batches it deletes
    public record Portion(
            int number,
            int piece,
            String firstRow,
            String endRow,
            State state,
            long rowCount,
            @Nullable String digest,
            @Nullable Long version,
            int nextBatch,
            @Nullable String pendingXid,
            @Nullable String pendingKept,
            int pendingBatches,
            String kept) {
        public static Portion planned(
                int number, int piece, String firstRow, String endRow, long rows) {
            return new Portion(
                    number,
                    piece,
                    firstRow,
                    endRow,
                    State.PLANNED,
                    rows,
                    null,
                    null,
                    0,
                    null,
                    null,
                    1,
                    "[]");
        }

        public enum State {
            PLANNED,
            WRITTEN,
            VERIFIED,
            DELETED,
            RESTORED
        }

        /// Keys whose rows stayed in the table because they were changed meanwhile.
        public List<String> keptKeys() {
            return Arrays.asList(StateJson.read(kept, String[].class));
        }
    }

    /// The turn of moving rows of one table; empty while another move of it runs.
    public Optional<Lease> turn(String name) {
        return db.tryLease(name);
    }

    public void begin(TargetId target, UUID plan, Step.ArchiveStep step) {
        var order = step.order();
        update(
                ArchivalSql.BEGIN,
                StateParams.of(
                        "id", order.archival(),
                        "target", target.key(),
                        "database", step.database(),
                        "schema", order.schema(),
                        "table", order.table(),
                        "archive_table", order.archiveTable(),
                        "cold_before", order.before(),
                        "cold_days", order.days(),
                        "step", StateJson.write(step),
                        "plan_id", plan,
                        "at", clock.instant(),
                        "bytes_before", step.bytesTouched()));
    }

    public void phase(UUID id, Archival.Phase phase) {
        update(ArchivalSql.PHASE, StateParams.of("id", id, "phase", phase, "at", clock.instant()));
    }

    public void stopped(UUID id, String why) {
        update(ArchivalSql.STOP, StateParams.of("id", id, "error", why, "at", clock.instant()));
    }

    /// @param bytesFreed null: as noted before, like the other two
    public void ended(
            UUID id,
            Archival.Status status,
            @Nullable Long bytesFreed,
            @Nullable String checksum,
            @Nullable String manifest) {
        update(
                ArchivalSql.END,
                StateParams.of(
                        "id", id,
                        "status", status,
                        "at", clock.instant(),
                        "bytes_freed", bytesFreed,
                        "checksum", checksum,
                        "manifest", manifest));
    }

    public void add(UUID id, Collection<Portion> portions) {
        update(
                ArchivalSql.PORTION_ADD,
                StateParams.of(
                        "id", id,
                        "numbers", portions.stream().map(Portion::number).toList(),
                        "pieces", portions.stream().map(Portion::piece).toList(),
                        "first_rows", portions.stream().map(Portion::firstRow).toList(),
                        "end_rows", portions.stream().map(Portion::endRow).toList(),
                        "row_counts", portions.stream().map(Portion::rowCount).toList()));
    }

    public List<Portion> portions(UUID id) {
        return db.tx(tx -> tx.query(ArchivalSql.PORTIONS, Map.of("id", id), Portion.class));
    }

    public void state(
            UUID id,
            Portion portion,
            Portion.State state,
            long rows,
            @Nullable String digest,
            @Nullable Long version) {
        update(
                ArchivalSql.PORTION_STATE,
                StateParams.of(
                        "id", id,
                        "number", portion.number(),
                        "state", state,
                        "row_count", rows,
                        "digest", digest,
                        "version", version,
                        "at", clock.instant()));
    }

    /// To be noted before the transaction commits at its server.
    public void pending(
            UUID id, Portion portion, String xid, Collection<String> kept, int batches) {
        update(
                ArchivalSql.BATCH_PENDING,
                StateParams.of(
                        "id",
                        id,
                        "number",
                        portion.number(),
                        "xid",
                        xid,
                        "kept",
                        StateJson.write(kept),
                        "batches",
                        batches));
    }

    public void committed(UUID id, Portion portion) {
        update(
                ArchivalSql.BATCH_DONE,
                StateParams.of("id", id, "number", portion.number(), "at", clock.instant()));
    }

    public void rolledBack(UUID id, Portion portion) {
        update(ArchivalSql.BATCH_UNDONE, StateParams.of("id", id, "number", portion.number()));
    }

    @Override
    public List<Archival> list(TargetId target, int limit) {
        return db.tx(
                tx ->
                        tx.query(
                                ArchivalSql.LIST,
                                Map.of("target", target.key(), "limit", limit),
                                Archival.class));
    }

    @Override
    public Optional<Archival> find(UUID id) {
        return db.tx(tx -> tx.first(ArchivalSql.FIND, Map.of("id", id), Archival.class));
    }

    private void update(SqlName sql, Map<String, ?> params) {
        db.run(tx -> tx.update(sql, params));
    }
}
