package io.lakebaseops.change.audit;

import io.lakebaseops.config.SecretStore;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateParams;
import io.lakebaseops.state.Tx;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// The audit log as a signed hash chain in the state database.
///
/// An entry's hash covers the entry and the hash before it, so that altering, deleting, inserting
/// or moving a row shows. Who can write the database could compute all hashes anew; the signature
/// with a key kept elsewhere, and the ends of the chain each console remembers, show that too.
public final class AuditChain implements AuditLog {
    /// What was done to a database is kept for a year, the usual span of an audit.
    public static final Duration KEPT = Duration.ofDays(365);

    /// Removed in one transaction, which holds up whoever wants to append.
    private static final int MOST_REMOVED = 10_000;

    private final StateDb db;
    private final AuditKeys keys;
    private final EntrySigner signer;
    private final HeadFile heads;
    private final HeadArchive archive;
    private final Clock clock;

    AuditChain(StateDb db, AuditKeys keys, HeadFile heads, HeadArchive archive, Clock clock) {
        this.db = db;
        this.keys = keys;
        this.signer = new EntrySigner(keys);
        this.heads = heads;
        this.archive = archive;
        this.clock = clock;
    }

    /// With the key of the team or of this console.
    ///
    /// @param folder of this console: its key, and what it remembers of the chain
    /// @param database names the state database, the same at every start
    public static AuditChain open(
            StateDb db,
            SecretStore secrets,
            Path folder,
            String database,
            HeadArchive archive,
            Clock clock) {
        return new AuditChain(
                db,
                AuditKeys.open(secrets, folder.resolve("key")),
                new HeadFile(folder, database),
                archive,
                clock);
    }

    /// Appends within the caller's transaction: both happen or neither. The turn it takes is kept
    /// until that ends, so this comes last in a transaction, after all row locks.
    public void append(Tx tx, String kind, @Nullable UUID planId, String actor, Map<String, ?> body)
            throws SQLException {
        append(tx, List.of(new Draft(kind, planId, actor, body)));
    }

    /// An entry before it has its place in the chain.
    public record Draft(String kind, @Nullable UUID planId, String actor, Map<String, ?> body) {}

    /// Appends them one after the other, in one statement.
    public void append(Tx tx, List<Draft> drafts) throws SQLException {
        if (drafts.isEmpty()) {
            return;
        }
        tx.rows(AuditSql.TURN, Map.of());
        var end = end(tx);
        // The database keeps microseconds; hashing more would not survive being read back.
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var entries = signer.follow(end, at, drafts);
        var last = entries.getLast();
        insert(tx, entries);
        if (tx.update(
                        AuditSql.MOVE_HEAD,
                        Map.of("before", end.entries(), "seq", last.seq(), "hash", last.hash()))
                != 1) {
            throw new IllegalStateException("The head of the audit chain was moved by others");
        }
        tx.afterCommit(() -> heads.appended(new ChainHead(last.seq(), last.hash(), at)));
    }

    private static void insert(Tx tx, List<AuditEntry> entries) throws SQLException {
        var first = entries.getFirst();
        tx.update(
                AuditSql.APPEND,
                StateParams.of(
                        "at", first.at(),
                        "form", first.form(),
                        "login", first.login(),
                        "key_id", first.keyId(),
                        "seqs", column(entries, AuditEntry::seq),
                        "kinds", column(entries, AuditEntry::kind),
                        "plan_ids", column(entries, AuditEntry::planId),
                        "actors", column(entries, AuditEntry::actor),
                        "bodies", column(entries, AuditEntry::body),
                        "previous_hashes", column(entries, AuditEntry::previousHash),
                        "hashes", column(entries, AuditEntry::hash),
                        "signatures", column(entries, AuditEntry::signature)));
    }

    private static List<?> column(
            List<AuditEntry> entries, Function<AuditEntry, @Nullable Object> value) {
        return entries.stream().map(value).toList();
    }

    /// What the chain says about a plan, oldest first; unsigned entries and those whose hash or
    /// signature does not fit are left out.
    public List<AuditEntry> ofPlan(Tx tx, UUID planId, String kind) throws SQLException {
        return tx
                .query(AuditSql.OF_PLAN, Map.of("plan_id", planId, "kind", kind), AuditEntry.class)
                .stream()
                .filter(this::genuine)
                .toList();
    }

    /// A console of the team may sign with a key that is not known here: then the hash must do.
    private boolean genuine(AuditEntry entry) {
        return entry.form() == EntryHash.SIGNED
                && entry.hash().equals(EntryHash.of(entry))
                && keys.fits(
                                String.valueOf(entry.keyId()),
                                entry.hash(),
                                String.valueOf(entry.signature()))
                        .orElse(true);
    }

    @Override
    public List<AuditEntry> entries(int limit) {
        return db.tx(tx -> tx.query(AuditSql.NEWEST, Map.of("limit", limit), AuditEntry.class));
    }

    @Override
    public ChainState verify() {
        try {
            var seen = heads.seen();
            var copy = RestoredCopy.of(db, keys, seen.all());
            var from = seen.verified();
            return verified(
                    new ChainVerification(db, keys, copy.toCompare(), copy.notes())
                            .run(from == null || copy.explained(from) ? null : from));
        } catch (HeadFile.Unreadable e) {
            return new ChainState.Broken(0, e.getMessage());
        }
    }

    @Override
    public ChainState verifyAll() {
        var notes = new ArrayList<String>();
        try {
            var copy = RestoredCopy.of(db, keys, allSeen(notes));
            notes.addAll(copy.notes());
            return verified(new ChainVerification(db, keys, copy.toCompare(), notes).run(null));
        } catch (HeadFile.Unreadable e) {
            return new ChainState.Broken(0, e.getMessage());
        }
    }

    private List<ChainHead> allSeen(List<String> notes) throws HeadFile.Unreadable {
        var seen = new ArrayList<>(heads.seen().all());
        seen.addAll(archived(notes));
        return seen;
    }

    @Override
    public Optional<Restored> restored() {
        try {
            var said = RestoredCopy.of(db, keys, allSeen(new ArrayList<>())).toAccept("");
            return said.map(
                    lost ->
                            db.tx(
                                    tx -> {
                                        var head = end(tx);
                                        return new Restored(
                                                head.entries(),
                                                head.hash(),
                                                lost.kept(),
                                                lost.lost(),
                                                lost.lostSeenAt());
                                    }));
        } catch (HeadFile.Unreadable e) {
            throw refused(e.getMessage());
        }
    }

    @Override
    public ChainState acceptRestored(Actor person, String head, String reason) {
        if (person.kind() != Actor.Kind.HUMAN || reason.isBlank()) {
            throw refused("a person has to do it, with a reason");
        }
        if (new ChainVerification(db, keys, List.of(), List.of()).run(null)
                instanceof ChainState.Broken(var seq, var why)) {
            throw refused("the copy is not whole: entry %d: %s".formatted(seq, why));
        }
        try {
            var said =
                    RestoredCopy.of(db, keys, allSeen(new ArrayList<>()))
                            .toAccept(reason)
                            .orElseThrow(() -> refused("nothing seen earlier is missing"));
            db.run(
                    tx -> {
                        tx.rows(AuditSql.TURN, Map.of());
                        if (!end(tx).hash().equals(head)) {
                            throw refused("the chain has grown since it was shown: look again");
                        }
                        append(tx, RestoredCopy.KIND, null, person.name(), said.body());
                    });
        } catch (HeadFile.Unreadable e) {
            throw refused(e.getMessage());
        }
        return verifyAll();
    }

    private static OpsException refused(String why) {
        return new OpsException(
                OpsException.Kind.CONFLICT,
                "Accept a restored copy",
                why,
                "`audit verify` says how the chain stands");
    }

    private List<ChainHead> archived(List<String> notes) {
        try {
            return archive.kept();
        } catch (OpsException e) {
            notes.add("not compared with the ends kept in the history: " + e.getMessage());
            return List.of();
        }
    }

    private ChainState verified(ChainState state) {
        if (state instanceof ChainState.Intact intact) {
            heads.verified(new ChainHead(intact.entries(), intact.head(), clock.instant()));
        }
        return state;
    }

    /// Verifies what is new and, when it is whole, hands its end to the append-only history.
    public ChainState archiveHead() {
        var state = verify();
        if (state instanceof ChainState.Intact intact && intact.entries() > 0) {
            archive.keep(new ChainHead(intact.entries(), intact.head(), clock.instant()));
        }
        return state;
    }

    /// Removes the entries older than a year at the beginning of the chain and appends a signed
    /// entry that says so, from which the shorter chain can be verified; returns how many. A chain
    /// that is not whole is left as it is: it is evidence.
    public long shorten(String actor) {
        if (!(verifyAll() instanceof ChainState.Intact)) {
            return 0;
        }
        return db.tx(
                tx -> {
                    tx.rows(AuditSql.TURN, Map.of());
                    var old =
                            tx.first(
                                    AuditSql.OLD,
                                    Map.of(
                                            "cutoff",
                                            clock.instant().minus(KEPT),
                                            "most",
                                            MOST_REMOVED),
                                    ChainVerification.Shortened.class);
                    if (old.isEmpty()) {
                        return 0L;
                    }
                    append(tx, "shortened", null, actor, old.get().body());
                    return (long) tx.update(AuditSql.REMOVE_OLD, Map.of("last", old.get().last()));
                });
    }

    private static EntrySigner.End end(Tx tx) throws SQLException {
        return tx.first(AuditSql.HEAD, Map.of(), EntrySigner.End.class)
                .orElseThrow(
                        () ->
                                new OpsException(
                                        OpsException.Kind.INTERNAL,
                                        "Write the audit entry",
                                        "the audit chain has lost its head row",
                                        "restore the state database from a backup; until then"
                                                + " nothing is decided"));
    }
}
