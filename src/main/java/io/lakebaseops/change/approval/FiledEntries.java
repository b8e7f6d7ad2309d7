package io.lakebaseops.change.approval;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.state.Tx;

import java.sql.SQLException;
import java.util.Optional;

/// The check of a stored plan against its `filed` entry in the audit chain.
///
/// A row of the table is data that others can write; what was filed is what the chain says.
final class FiledEntries {
    static final String KIND = "filed";
    static final String FINGERPRINT = "fingerprint";
    static final String EARLIER_VERSION =
            "filed by an earlier version of LakebaseOps; plan it again";

    private final PlanStore store;
    private final AuditChain audit;

    FiledEntries(PlanStore store, AuditChain audit) {
        this.store = store;
        this.audit = audit;
    }

    /// Why the stored plan is not the one that was filed; empty when it is.
    Optional<String> objection(Tx tx, FiledPlan plan) throws SQLException {
        if (store.form(tx, plan.id()) != PlanFingerprint.FORM) {
            return Optional.of(EARLIER_VERSION);
        }
        if (!plan.fingerprint().equals(plan.plan().fingerprint())) {
            return altered("its text was altered");
        }
        var entries = audit.ofPlan(tx, plan.id(), KIND);
        if (entries.isEmpty()) {
            return altered("the audit chain has no entry that it was filed");
        }
        // The first counts: nobody files a plan twice.
        var said = StateJson.read(entries.getFirst().body(), JsonNode.class);
        return said.path(FINGERPRINT).asText().equals(plan.fingerprint().hex())
                ? Optional.empty()
                : altered("the audit chain names another fingerprint");
    }

    private static Optional<String> altered(String how) {
        return Optional.of("the stored plan is not the one that was filed: " + how);
    }
}
