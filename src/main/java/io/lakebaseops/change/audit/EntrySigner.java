package io.lakebaseops.change.audit;

import io.lakebaseops.change.audit.AuditLog.AuditEntry;
import io.lakebaseops.state.StateJson;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Makes the entries that follow the end of the audit chain: numbered on, each linked to the one
/// before it by hash, and signed.
final class EntrySigner {
    private final AuditKeys keys;

    EntrySigner(AuditKeys keys) {
        this.keys = keys;
    }

    /// The end of the chain in the database.
    ///
    /// @param entries how many there are, which is the number of the last one
    /// @param login the role that asks
    record End(long entries, String hash, String login) {}

    /// @param at to the microsecond: the database keeps no more, and what is hashed must survive
    ///     being read back
    List<AuditEntry> follow(End end, Instant at, List<AuditChain.Draft> drafts) {
        var entries = new ArrayList<AuditEntry>(drafts.size());
        var before = end;
        for (var draft : drafts) {
            var entry = signed(before, at, draft);
            entries.add(entry);
            before = new End(entry.seq(), entry.hash(), end.login());
        }
        return entries;
    }

    private AuditEntry signed(End before, Instant at, AuditChain.Draft draft) {
        var open =
                new AuditEntry(
                        before.entries() + 1,
                        at,
                        draft.kind(),
                        draft.planId(),
                        draft.actor(),
                        StateJson.write(draft.body()),
                        before.hash(),
                        "",
                        EntryHash.SIGNED,
                        before.login(),
                        keys.currentId(),
                        "");
        var hash = EntryHash.of(open);
        return new AuditEntry(
                open.seq(),
                at,
                open.kind(),
                open.planId(),
                open.actor(),
                open.body(),
                open.previousHash(),
                hash,
                open.form(),
                open.login(),
                open.keyId(),
                keys.sign(hash));
    }
}
