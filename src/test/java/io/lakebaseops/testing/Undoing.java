package io.lakebaseops.testing;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.Decision;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Undo;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// An undo as a person does it: planned, read, and approved with what its risk asks for.
public final class Undoing {
    private Undoing() {}

    public static Decision of(ApprovalDesk desk, UUID id, Actor by, String reason) {
        var undo = desk.planUndo(id, by);
        if (undo.state() != FiledPlan.State.WAITING) {
            return new Decision.Granted(undo);
        }
        var name = undo.plan().subject().name();
        return desk.approve(undo.id(), undo.fingerprint(), by, name, reason);
    }

    /// What a desk in memory files to take this plan back.
    public static ChangePlan plan(FiledPlan done, Actor by, Instant at) {
        var plan = done.plan();
        return new ChangePlan(
                plan.target(),
                plan.tool(),
                by,
                "Undo",
                "Undo: " + plan.title(),
                plan.subject(),
                "Takes it back",
                plan.undo().steps(),
                Undo.none("it takes a change back"),
                new ExpectedEffect(plan.undo().note(), null, null),
                List.of(),
                plan.undo().proofs(),
                List.of(),
                null,
                null,
                at,
                at.plusSeconds(3600),
                done.id());
    }
}
