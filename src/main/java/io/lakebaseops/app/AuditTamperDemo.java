package io.lakebaseops.app;

import io.lakebaseops.change.audit.AuditLog.AuditEntry;
import io.lakebaseops.state.NamedSql;
import io.lakebaseops.state.StateDb;

import java.util.Map;

/// What happens when somebody with all rights alters one row of the demo's audit chain? Does it,
/// and puts the row back afterwards.
final class AuditTamperDemo {
    private static final NamedSql GUARD_OFF = NamedSql.of("demo/audit_guard_off");
    private static final NamedSql GUARD_ON = NamedSql.of("demo/audit_guard_on");
    private static final NamedSql SWAP_ACTOR = NamedSql.of("demo/audit_swap_actor");
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
