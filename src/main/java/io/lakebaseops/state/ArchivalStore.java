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

    /// Rows between two keys, moved together.
    ///
    /// @param piece which of the order's pieces they are in
    /// @param firstKey the server's text of the key, included
    /// @param hashSum of the rows that were verified
    /// @param nextBatch how many batches were deleted
    /// @param pendingXid of a batch whose outcome was not noted
    public record Portion(
            int number,
            int piece,
            String firstKey,
            String lastKey,
            State state,
            long rowCount,
            @Nullable String hashSum,
            @Nullable Long version,
            int nextBatch,
            @Nullable String pendingXid,
            @Nullable String pendingKept,
            String kept) {
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
                        "first_keys", portions.stream().map(Portion::firstKey).toList(),
                        "last_keys", portions.stream().map(Portion::lastKey).toList(),
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
            @Nullable String hashSum,
            @Nullable Long version) {
        update(
                ArchivalSql.PORTION_STATE,
                StateParams.of(
                        "id", id,
                        "number", portion.number(),
                        "state", state,
                        "row_count", rows,
                        "hash_sum", hashSum,
                        "version", version,
                        "at", clock.instant()));
    }

    /// To be noted before the batch commits at its server.
    public void pending(UUID id, Portion portion, String xid, Collection<String> kept) {
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
                        StateJson.write(kept)));
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
