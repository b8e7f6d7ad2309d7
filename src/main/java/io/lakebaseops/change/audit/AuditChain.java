package io.lakebaseops.change.audit;

import io.lakebaseops.state.Row;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.state.Tx;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The audit log as a hash chain in the state database. An entry's hash is the SHA-256 over the
/// previous hash and the entry, so that altering, deleting, inserting or moving any row shows.
public final class AuditChain implements AuditLog {
    private static final String FIRST = "0".repeat(64);
    private static final int PAGE = 1000;

    private final StateDb db;
    private final Clock clock;

    public AuditChain(StateDb db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /// Appends within the caller's transaction: both happen or neither. The turn it takes is kept
    /// until that ends, so this comes last in a transaction, after all row locks.
    public void append(Tx tx, String kind, @Nullable UUID planId, String actor, Map<String, ?> body)
            throws SQLException {
        tx.query(AuditSql.TURN, Map.of(), _ -> true);
        var head = head(tx);
        // The database keeps microseconds; hashing more would not survive being read back.
        var entry =
                entry(
                        head.entries() + 1,
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        kind,
                        planId,
                        actor,
                        StateJson.write(body),
                        head.hash());
        var params = new HashMap<String, @Nullable Object>();
        params.put("seq", entry.seq());
        params.put("at", entry.at());
        params.put("kind", kind);
        params.put("plan_id", planId);
        params.put("actor", actor);
        params.put("body", entry.body());
        params.put("previous_hash", entry.previousHash());
        params.put("hash", entry.hash());
        tx.update(AuditSql.APPEND, params);
        if (tx.update(AuditSql.MOVE_HEAD, Map.of("seq", entry.seq(), "hash", entry.hash())) != 1) {
            throw new IllegalStateException("The head of the audit chain was moved by others");
        }
    }

    @Override
    public List<AuditEntry> entries(int limit) {
        return db.tx(tx -> tx.query(AuditSql.NEWEST, Map.of("limit", limit), AuditChain::read));
    }

    @Override
    public ChainState verify() {
        return db.tx(
                tx -> {
                    // Nobody appends meanwhile, so the head and the rows belong together.
                    tx.query(AuditSql.TURN, Map.of(), _ -> true);
                    return verify(tx, head(tx));
                });
    }

    private static ChainState verify(Tx tx, Head head) throws SQLException {
        long seq = 0;
        var hash = FIRST;
        List<AuditEntry> page;
        do {
            page = tx.query(AuditSql.PAGE, Map.of("after", seq, "limit", PAGE), AuditChain::read);
            for (var entry : page) {
                if (entry.seq() != seq + 1) {
                    return new ChainState.Broken(seq + 1, "entry %d is missing".formatted(seq + 1));
                }
                if (!entry.previousHash().equals(hash)) {
                    return new ChainState.Broken(
                            entry.seq(), "it does not follow the entry before it");
                }
                if (!entry.hash().equals(hash(entry))) {
                    return new ChainState.Broken(
                            entry.seq(), "its content is not what was written");
                }
                seq = entry.seq();
                hash = entry.hash();
            }
        } while (page.size() == PAGE);
        if (seq < head.entries()) {
            return new ChainState.Broken(
                    seq + 1,
                    "the chain ends after %d of %d entries".formatted(seq, head.entries()));
        }
        if (seq > head.entries() || !hash.equals(head.hash())) {
            return new ChainState.Broken(
                    Math.min(seq, head.entries() + 1), "it was not appended by the gate");
        }
        return new ChainState.Intact(seq, hash);
    }

    private static AuditEntry entry(
            long seq,
            Instant at,
            String kind,
            @Nullable UUID planId,
            String actor,
            String body,
            String previousHash) {
        var open = new AuditEntry(seq, at, kind, planId, actor, body, previousHash, "");
        return new AuditEntry(seq, at, kind, planId, actor, body, previousHash, hash(open));
    }

    private static String hash(AuditEntry e) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part :
                    List.of(
                            e.previousHash(),
                            Long.toString(e.seq()),
                            e.at().toString(),
                            e.kind(),
                            String.valueOf(e.planId()),
                            e.actor(),
                            e.body())) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException ex) {
            throw new AssertionError("Every JDK has SHA-256", ex);
        }
    }

    private static Head head(Tx tx) throws SQLException {
        return tx.first(
                        AuditSql.HEAD,
                        Map.of(),
                        row -> new Head(row.number("entries"), row.text("hash")))
                .orElseThrow(() -> new IllegalStateException("The audit chain has lost its head"));
    }

    private static AuditEntry read(Row row) throws SQLException {
        return new AuditEntry(
                row.number("seq"),
                row.instant("at"),
                row.text("kind"),
                row.uuidOrNull("plan_id"),
                row.text("actor"),
                row.text("body"),
                row.text("previous_hash"),
                row.text("hash"));
    }

    private record Head(long entries, String hash) {}
}
