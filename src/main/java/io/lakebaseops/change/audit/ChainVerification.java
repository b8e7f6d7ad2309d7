package io.lakebaseops.change.audit;

import io.lakebaseops.change.audit.AuditLog.AuditEntry;
import io.lakebaseops.change.audit.AuditLog.ChainState;
import io.lakebaseops.change.audit.AuditLog.ChainState.Broken;
import io.lakebaseops.change.audit.AuditLog.ChainState.Intact;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateJson;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One verification of the stored chain against itself, the keys, the ends seen earlier, and the
/// tables of plans and decisions.
///
/// It takes no lock: what is appended meanwhile lies behind the end it read first.
final class ChainVerification {
    private static final int PAGE = 1000;

    private final StateDb db;
    private final AuditKeys keys;

    /// Read before the extent: what anybody saw is committed, so a whole chain holds it.
    private final List<ChainHead> seen;

    private final List<String> notes;

    /// @param notes what is known already not to be proven
    ChainVerification(StateDb db, AuditKeys keys, List<ChainHead> seen, List<String> notes) {
        this.db = db;
        this.keys = keys;
        this.seen = List.copyOf(seen);
        this.notes = new ArrayList<>(notes);
    }

    /// @param from the last verified entry to go on from; null: from the oldest one on
    ChainState run(@Nullable ChainHead from) {
        var extent = db.snapshot(ChainExtent::read);
        var entries = extent.entries();
        var head = extent.hash();
        if (entries == null || head == null) {
            return new Broken(extent.last() + 1, "the chain has lost its head row");
        }
        if (extent.last() > entries) {
            return new Broken(entries + 1, "it was not appended by the gate");
        }
        var setBack = setBack(entries);
        if (setBack.isPresent()) {
            return setBack.get();
        }
        boolean onward = from != null && from.seq() >= extent.first() && from.seq() > 0;
        var start = onward ? from : null;
        var walk = start == null ? fromTheStart(extent) : goingOn(start);
        var broken = walk == null ? unexplained(extent) : walked(walk, entries);
        if (broken.isEmpty() && walk != null) {
            broken = ended(walk, entries, head).or(() -> compared(walk, start == null));
        }
        if (broken.isPresent()) {
            return broken.get();
        }
        if (walk != null) {
            notes.addAll(walk.notes());
        }
        if (seen.isEmpty() && entries > 0) {
            notes.add(
                    "no earlier end of the chain was seen from here: whether it was set back before"
                            + " cannot be told");
        }
        return new Intact(entries, head, notes);
    }

    /// Null when the beginning is missing and no entry says why.
    private @Nullable ChainWalk fromTheStart(ChainExtent extent) {
        if (extent.first() <= 1) {
            return new ChainWalk(keys, seen, 0, EntryHash.FIRST);
        }
        var cut = db.tx(tx -> tx.first(AuditSql.NEWEST_SHORTENED, Map.of(), AuditEntry.class));
        if (cut.isEmpty() || cut.get().form() != EntryHash.SIGNED) {
            return null;
        }
        var said = StateJson.read(cut.get().body(), Shortened.class);
        if (said.last() != extent.first() - 1) {
            return null;
        }
        notes.add(
                "entries up to %d were removed on %s as too old, which entry %d says"
                        .formatted(said.last(), cut.get().at(), cut.get().seq()));
        return new ChainWalk(keys, seen, said.last(), said.hash());
    }

    private ChainWalk goingOn(ChainHead from) {
        notes.add(
                "checked from entry %d on, the last one verified on %s"
                        .formatted(from.seq(), from.at()));
        return new ChainWalk(keys, seen, from.seq() - 1, null);
    }

    private static Optional<Broken> unexplained(ChainExtent extent) {
        return Optional.of(
                new Broken(
                        1,
                        "entries 1 to %d are missing, and no signed entry says that they were removed"
                                .formatted(extent.first() - 1)));
    }

    private Optional<Broken> walked(ChainWalk walk, long until) {
        List<AuditEntry> page;
        do {
            var params = Map.of("after", walk.seq(), "until", until, "limit", PAGE);
            page = db.tx(tx -> tx.query(AuditSql.PAGE, params, AuditEntry.class));
            for (var entry : page) {
                var broken = walk.next(entry);
                if (broken.isPresent()) {
                    return broken;
                }
            }
        } while (page.size() == PAGE);
        return Optional.empty();
    }

    private Optional<Broken> ended(ChainWalk walk, long entries, String head) {
        if (walk.seq() < entries) {
            return Optional.of(
                    new Broken(
                            walk.seq() + 1,
                            "the chain ends after %d of %d entries"
                                    .formatted(walk.seq(), entries)));
        }
        if (walk.hash().filter(head::equals).isEmpty()) {
            return Optional.of(new Broken(entries, "it was not appended by the gate"));
        }
        return Optional.empty();
    }

    private Optional<Broken> setBack(long entries) {
        return seen.stream()
                .filter(s -> s.seq() > entries)
                .max(Comparator.comparingLong(ChainHead::seq))
                .map(
                        s ->
                                new Broken(
                                        entries + 1,
                                        "the chain ends after %d entries, but entry %d was seen on %s:"
                                                        .formatted(entries, s.seq(), s.at())
                                                + " it was set back"));
    }

    private Optional<Broken> compared(ChainWalk walk, boolean whole) {
        var tables = new TableComparison(db);
        return whole ? tables.all() : tables.plans(List.copyOf(walk.plans()));
    }

    /// What an entry of kind `shortened` says.
    ///
    /// @param last number of the last entry removed, with its hash
    record Shortened(long first, long last, String hash) {
        Map<String, Object> body() {
            return Map.of("first", first, "last", last, "hash", hash);
        }
    }
}
