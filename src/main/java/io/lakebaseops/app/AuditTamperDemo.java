package io.lakebaseops.app;

import io.lakebaseops.change.audit.AuditLog.AuditEntry;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.state.StateDb;

import java.util.Map;

/// Alters one row of the demo's audit chain, as somebody with all rights could, and puts it back
/// afterwards.
final class AuditTamperDemo {
    private static final SqlName GUARD_OFF = SqlName.of("demo/audit_guard_off");
    private static final SqlName GUARD_ON = SqlName.of("demo/audit_guard_on");
    private static final SqlName SWAP_ACTOR = SqlName.of("demo/audit_swap_actor");
    private static final String NOBODY = "somebody else";

    private final StateDb db;

    AuditTamperDemo(StateDb db) {
        this.db = db;
    }

    void alter(AuditEntry third) {
        swap(NOBODY, third.actor());
    }

    void putBack(AuditEntry third) {
        swap(third.actor(), NOBODY);
    }

    private void swap(String actor, String was) {
        db.run(
                tx -> {
                    tx.update(GUARD_OFF, Map.of());
                    tx.update(SWAP_ACTOR, Map.of("actor", actor, "was", was));
                    tx.update(GUARD_ON, Map.of());
                });
    }
}
