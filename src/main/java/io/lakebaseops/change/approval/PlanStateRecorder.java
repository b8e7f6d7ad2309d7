package io.lakebaseops.change.approval;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.state.StateParams;
import io.lakebaseops.state.Tx;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/// Stores what became of a plan, with its entry in the audit chain, and tells whoever listens.
final class PlanStateRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(PlanStateRecorder.class);

    private final StateDb db;
    private final PlanStore store;
    private final AuditChain audit;
    private final PlanListener listener;
    private final Clock clock;

    PlanStateRecorder(
            StateDb db, PlanStore store, AuditChain audit, PlanListener listener, Clock clock) {
        this.db = db;
        this.store = store;
        this.audit = audit;
        this.listener = listener;
        this.clock = clock;
    }

    /// Ends a run, if it is still this runner's to end.
    void close(
            UUID id,
            FiledPlan.State state,
            @Nullable String reason,
            @Nullable String runner,
            String kind) {
        boolean ours =
                db.tx(
                        tx -> {
                            boolean closed =
                                    store.close(tx, id, state, clock.instant(), reason, runner);
                            if (closed) {
                                entry(tx, kind, id, "gate", "state", state, "reason", reason);
                            }
                            return closed;
                        });
        if (!ours) {
            LOG.warn("Plan {} was taken over by another process; {} is not stored", id, state);
        }
        tell(id);
    }

    /// The plan that `undo` took back stands as undone from now on.
    void undone(UUID id, UUID undo) {
        boolean so =
                db.tx(
                        tx -> {
                            boolean undone = store.undone(tx, id);
                            if (undone) {
                                entry(tx, "undone", id, "gate", "state", State.UNDONE, "by", undo);
                            }
                            return undone;
                        });
        if (so) {
            tell(id);
        }
    }

    /// A later measurement replaces the earlier one; the chain keeps both.
    void verified(UUID id, Verification verification, String kind) {
        db.run(
                tx -> {
                    store.verified(tx, id, verification);
                    // As a tree: inside a map a record would be written without its kind.
                    var tree = StateJson.read(StateJson.write(verification), JsonNode.class);
                    entry(tx, kind, id, "gate", "verification", tree);
                });
        tell(id);
    }

    void entry(
            Tx tx, String kind, @Nullable UUID id, String actor, @Nullable Object... namesAndValues)
            throws SQLException {
        audit.append(tx, kind, id, actor, StateParams.of(namesAndValues));
    }

    void entries(Tx tx, List<AuditChain.Draft> entries) throws SQLException {
        audit.append(tx, entries);
    }

    /// After the transaction: listeners read what is stored.
    void tell(UUID id) {
        db.tx(tx -> store.find(tx, id)).ifPresent(this::tell);
    }

    void tell(FiledPlan plan) {
        listener.changed(plan);
    }
}
