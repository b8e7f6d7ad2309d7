package io.lakebaseops.change.approval;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.Risk;

import java.time.Instant;
import java.util.UUID;

/// A plan about to be filed, with what is computed from it once.
///
/// @param work the same for plans that do the same
/// @param facts the same for plans that one refusal answers
/// @param body the JSON as it is stored
record PlanDraft(
        UUID id,
        ChangePlan plan,
        PlanFingerprint fingerprint,
        String work,
        String facts,
        String body,
        Risk risk,
        Instant filedAt) {
    private static final Risk NOT_YET =
            new Risk(io.lakebaseops.domain.plan.RiskLevel.HIGH, java.util.List.of());

    /// Refuses what could not be run as it was shown.
    static PlanDraft of(ChangePlan plan, PlanWriter writer, Instant now) {
        if (!plan.expiresAt().isAfter(now)) {
            throw refused(plan, "it expired at " + plan.expiresAt());
        }
        var identity = plan.identity();
        var body = writer.written(plan, identity.fingerprint());
        if (body.isEmpty()) {
            throw refused(plan, "a value in its preconditions does not survive being stored");
        }
        return new PlanDraft(
                UUID.randomUUID(),
                plan,
                identity.fingerprint(),
                identity.work(),
                identity.facts(),
                body.get(),
                NOT_YET,
                now);
    }

    PlanDraft with(Risk assessed) {
        return new PlanDraft(id, plan, fingerprint, work, facts, body, assessed, filedAt);
    }

    FiledPlan filed() {
        return new FiledPlan(
                id,
                plan,
                fingerprint,
                risk,
                FiledPlan.State.WAITING,
                filedAt,
                null,
                null,
                null,
                null,
                null);
    }

    private static OpsException refused(ChangePlan plan, String why) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "File plan '" + plan.title() + "'",
                why,
                "plan it anew");
    }
}
