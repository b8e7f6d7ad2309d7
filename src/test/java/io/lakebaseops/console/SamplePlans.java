package io.lakebaseops.console;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// The plans of the invented day, for tests in other packages.
public final class SamplePlans {
    public static final UUID CREATE = SampleDay.CREATE;
    public static final UUID DROP = SampleDay.DROP;
    public static final UUID FULL = SampleDay.FULL;

    private SamplePlans() {}

    /// The same plan with another statement, so with another fingerprint.
    public static FiledPlan otherStatement(FiledPlan p) {
        return SampleDay.plan(
                p.id(),
                p.plan().verb(),
                p.plan().title(),
                p.plan().subject(),
                p.plan().why(),
                p.risk().level(),
                LockLevel.ACCESS_EXCLUSIVE,
                "CREATE INDEX payments_order_id_idx ON \"shop\".\"payments\" (\"order_id\")",
                null,
                p.plan().effect().summary(),
                "14–19 s",
                Duration.ofHours(5),
                null);
    }

    /// The same plan as filed for this finding.
    static FiledPlan mending(FiledPlan filed, Finding finding) {
        var p = filed.plan();
        var plan =
                new ChangePlan(
                        p.target(),
                        p.tool(),
                        p.proposedBy(),
                        p.verb(),
                        p.title(),
                        finding.subject(),
                        p.why(),
                        p.steps(),
                        p.undo(),
                        p.effect(),
                        p.preconditions(),
                        p.proofs(),
                        p.evidence(),
                        finding.fingerprint(),
                        null,
                        p.createdAt(),
                        p.expiresAt());
        return new FiledPlan(
                UUID.nameUUIDFromBytes(finding.fingerprint().getBytes(StandardCharsets.UTF_8)),
                plan,
                plan.fingerprint(),
                filed.risk(),
                FiledPlan.State.WAITING,
                filed.filedAt(),
                null,
                null,
                null,
                null,
                null);
    }

    /// The same plan as if it were made now, for a gate with the real clock.
    public static ChangePlan madeNow(ChangePlan p) {
        var now = Instant.now();
        return new ChangePlan(
                p.target(),
                p.tool(),
                p.proposedBy(),
                p.verb(),
                p.title(),
                p.subject(),
                p.why(),
                p.steps(),
                p.undo(),
                p.effect(),
                p.preconditions(),
                p.proofs(),
                p.evidence(),
                p.findingFingerprint(),
                p.alertId(),
                now,
                now.plus(Duration.ofDays(1)));
    }
}
