package io.lakebaseops.change.audit;

import io.lakebaseops.change.audit.AuditLog.AuditEntry;
import io.lakebaseops.domain.Sha256;

/// The hash of an audit entry: SHA-256 over the previous hash and everything the entry says.
final class EntryHash {
    /// What the first entry follows.
    static final String FIRST = "0".repeat(64);

    /// Written by versions before signatures.
    static final int PLAIN = 1;

    static final int SIGNED = 2;

    private EntryHash() {}

    /// @throws IllegalArgumentException for a form of a later version
    static String of(AuditEntry e) {
        var hash = new Sha256();
        if (e.form() != PLAIN) {
            if (e.form() != SIGNED) {
                throw new IllegalArgumentException("form " + e.form());
            }
            hash.part("form 2").part(String.valueOf(e.login())).part(String.valueOf(e.keyId()));
        }
        return hash.part(e.previousHash())
                .part(Long.toString(e.seq()))
                .part(e.at().toString())
                .part(e.kind())
                .part(String.valueOf(e.planId()))
                .part(e.actor())
                .part(e.body())
                .hex();
    }
}
