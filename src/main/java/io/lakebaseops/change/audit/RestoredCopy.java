package io.lakebaseops.change.audit;

import io.lakebaseops.change.audit.AuditLog.AuditEntry;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.state.Tx;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The ends of the chain seen earlier that are not on it now, and the signed entries by which a
/// person accepted a restored backup as its continuation.
///
/// Only such an entry, written with a key known here, explains why an end is gone; it explains
/// nothing that lies before the backup was made, and nothing seen later.
final class RestoredCopy {
    /// The kind of such an entry.
    static final String KIND = "restored";

    /// What an entry of that kind says.
    ///
    /// @param kept number of the last entry seen earlier that the copy holds
    /// @param lost number of the last entry seen earlier that it does not hold, with its hash
    record Said(long kept, long lost, String lostHash, Instant lostSeenAt, String reason) {
        Map<String, Object> body() {
            return Map.of(
                    "kept", kept,
                    "lost", lost,
                    "lostHash", lostHash,
                    "lostSeenAt", lostSeenAt.toString(),
                    "reason", reason);
        }
    }

    private record Hash(long seq, String hash) {}

    private record Accepted(AuditEntry entry, Said said) {
        boolean explains(ChainHead head) {
            return head.seq() > said.kept() && !head.at().isAfter(entry.at());
        }
    }

    private final List<ChainHead> missing;
    private final List<ChainHead> present;
    private final List<Accepted> accepted;

    private RestoredCopy(
            List<ChainHead> present, List<ChainHead> missing, List<Accepted> accepted) {
        this.present = present;
        this.missing = missing;
        this.accepted = accepted;
    }

    static RestoredCopy of(StateDb db, AuditKeys keys, List<ChainHead> seen) {
        return db.snapshot(tx -> read(tx, keys, seen));
    }

    private static RestoredCopy read(Tx tx, AuditKeys keys, List<ChainHead> seen)
            throws SQLException {
        var extent = ChainExtent.read(tx);
        var seqs = Map.of("seqs", seen.stream().map(ChainHead::seq).distinct().toList());
        var hashes =
                tx.query(AuditSql.HASHES, seqs, Hash.class).stream()
                        .collect(Collectors.toMap(Hash::seq, Hash::hash));
        // What was removed for its age cannot be compared.
        var missing =
                seen.stream()
                        .filter(head -> head.seq() >= extent.first())
                        .filter(head -> !head.hash().equals(hashes.get(head.seq())))
                        .toList();
        var present = seen.stream().filter(head -> !missing.contains(head)).toList();
        var accepted =
                missing.isEmpty()
                        ? List.<Accepted>of()
                        : tx
                                .query(AuditSql.OF_KIND, Map.of("kind", KIND), AuditEntry.class)
                                .stream()
                                .filter(entry -> ours(keys, entry))
                                .map(
                                        entry ->
                                                new Accepted(
                                                        entry,
                                                        StateJson.read(entry.body(), Said.class)))
                                .toList();
        return new RestoredCopy(present, missing, accepted);
    }

    private static boolean ours(AuditKeys keys, AuditEntry entry) {
        return entry.form() == EntryHash.SIGNED
                && entry.hash().equals(EntryHash.of(entry))
                && keys.fits(
                                String.valueOf(entry.keyId()),
                                entry.hash(),
                                String.valueOf(entry.signature()))
                        .orElse(false);
    }

    /// Those that a verification has to hold the chain against: all but the explained ones.
    List<ChainHead> toCompare() {
        return Stream.concat(present.stream(), missing.stream().filter(h -> !explained(h)))
                .toList();
    }

    boolean explained(ChainHead head) {
        return missing.contains(head) && accepted.stream().anyMatch(a -> a.explains(head));
    }

    /// What was accepted, one sentence each.
    List<String> notes() {
        return accepted.stream()
                .filter(a -> missing.stream().anyMatch(a::explains))
                .map(
                        a ->
                                "entries %d to %d, seen earlier, are gone: %s accepted a restored copy on %s, which entry %d says (%s)"
                                        .formatted(
                                                a.said().kept() + 1,
                                                a.said().lost(),
                                                a.entry().actor(),
                                                a.entry().at(),
                                                a.entry().seq(),
                                                a.said().reason()))
                .toList();
    }

    /// What would have to be accepted; empty when nothing seen earlier is missing without a word.
    Optional<Said> toAccept(String reason) {
        var last =
                missing.stream()
                        .filter(h -> !explained(h))
                        .max(Comparator.comparingLong(ChainHead::seq));
        long first =
                missing.stream()
                        .filter(h -> !explained(h))
                        .mapToLong(ChainHead::seq)
                        .min()
                        .orElse(0);
        long kept =
                present.stream()
                        .mapToLong(ChainHead::seq)
                        .filter(seq -> seq < first)
                        .max()
                        .orElse(0);
        return last.map(h -> new Said(kept, h.seq(), h.hash(), h.at(), reason));
    }
}
