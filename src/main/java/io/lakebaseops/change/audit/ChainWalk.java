package io.lakebaseops.change.audit;

import io.lakebaseops.change.audit.AuditLog.AuditEntry;
import io.lakebaseops.change.audit.AuditLog.ChainState.Broken;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// One pass over entries of the audit chain in their order: each must follow the one before, hold
/// what its hash and signature say, and be the one that was seen at its place earlier.
final class ChainWalk {
    /// Clocks of machines differ by less; what goes back further is noted.
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

    private static final int MOST_NOTES = 5;

    private final AuditKeys keys;
    private final Map<Long, List<ChainHead>> seen = new HashMap<>();
    private final Set<UUID> plans = new LinkedHashSet<>();
    private final Set<String> unknownKeys = new TreeSet<>();
    private final List<String> backwards = new ArrayList<>();
    private @Nullable AuditEntry before;
    private long seq;
    private @Nullable String hash;
    private long plain;
    private long unknown;

    /// @param after the first entry's number less one
    /// @param hash what the first entry must follow; null: it is one that was seen before
    ChainWalk(AuditKeys keys, Collection<ChainHead> seen, long after, @Nullable String hash) {
        this.keys = keys;
        this.seq = after;
        this.hash = hash;
        seen.forEach(
                head -> this.seen.computeIfAbsent(head.seq(), _ -> new ArrayList<>()).add(head));
    }

    Optional<Broken> next(AuditEntry entry) {
        var wrong = wrong(entry);
        seq = entry.seq();
        hash = entry.hash();
        before = entry;
        if (entry.planId() != null) {
            plans.add(entry.planId());
        }
        return wrong;
    }

    private Optional<Broken> wrong(AuditEntry entry) {
        if (entry.seq() != seq + 1) {
            return broken(seq + 1, "entry %d is missing".formatted(seq + 1));
        }
        if (hash != null && !entry.previousHash().equals(hash)) {
            return broken(entry.seq(), "it does not follow the entry before it");
        }
        if (entry.form() != EntryHash.PLAIN && entry.form() != EntryHash.SIGNED) {
            return broken(
                    entry.seq(),
                    "it has form %d, which this version cannot check".formatted(entry.form()));
        }
        if (!entry.hash().equals(EntryHash.of(entry))) {
            return broken(entry.seq(), "its content is not what was written");
        }
        for (var head : seen.getOrDefault(entry.seq(), List.of())) {
            if (!head.hash().equals(entry.hash())) {
                return broken(
                        entry.seq(),
                        "it is not the entry this console saw there on %s: the chain was written"
                                        .formatted(head.at())
                                + " anew");
            }
        }
        noteTime(entry);
        return entry.form() == EntryHash.PLAIN ? unsigned(entry) : signature(entry);
    }

    private Optional<Broken> unsigned(AuditEntry entry) {
        plain++;
        return before != null && before.form() == EntryHash.SIGNED
                ? broken(entry.seq(), "it has no signature although earlier entries have one")
                : Optional.empty();
    }

    private Optional<Broken> signature(AuditEntry entry) {
        var keyId = String.valueOf(entry.keyId());
        var fits = keys.fits(keyId, entry.hash(), String.valueOf(entry.signature()));
        if (fits.isEmpty()) {
            unknown++;
            unknownKeys.add(keyId);
            return Optional.empty();
        }
        return fits.get()
                ? Optional.empty()
                : broken(
                        entry.seq(),
                        "its signature does not fit: it was not written with key " + keyId);
    }

    private void noteTime(AuditEntry entry) {
        var earlier = before;
        if (earlier == null || !entry.at().isBefore(earlier.at().minus(CLOCKS_DIFFER))) {
            return;
        }
        backwards.add(
                "entry %d is dated %s, before entry %d (%s)"
                        .formatted(entry.seq(), entry.at(), earlier.seq(), earlier.at()));
    }

    private static Optional<Broken> broken(long seq, String why) {
        return Optional.of(new Broken(seq, why));
    }

    /// Number of the last entry.
    long seq() {
        return seq;
    }

    Optional<String> hash() {
        return Optional.ofNullable(hash);
    }

    /// The plans the entries are about.
    Set<UUID> plans() {
        return plans;
    }

    List<String> notes() {
        var notes = new ArrayList<String>();
        if (plain > 0) {
            notes.add(
                    "%d entries of an earlier version have no signature: only their hash was checked"
                            .formatted(plain));
        }
        if (unknown > 0) {
            notes.add(
                    "%d entries are signed with keys unknown here (%s): only their hash was checked"
                            .formatted(unknown, String.join(", ", unknownKeys)));
        }
        notes.addAll(backwards.subList(0, Math.min(MOST_NOTES, backwards.size())));
        if (backwards.size() > MOST_NOTES) {
            notes.add("%d more dates go back".formatted(backwards.size() - MOST_NOTES));
        }
        return notes;
    }
}
