package io.lakebaseops.console.branches;

import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Verification;

/// A plan that was filed from this screen, in a line: what it does and how far it is.
record Followed(FiledPlan filed) {
    Role role() {
        return switch (filed.state()) {
            case WAITING, RUNNING -> Role.INFO;
            case DONE ->
                    filed.verification() instanceof Verification.NotConfirmed
                            ? Role.WARNING
                            : Role.OK;
            case FAILED, EXPIRED -> Role.CRITICAL;
            case REJECTED, SUPERSEDED, UNDONE, HELD_BACK -> Role.WARNING;
        };
    }

    String words() {
        var reason = filed.reason();
        var said =
                switch (filed.state()) {
                    case WAITING ->
                            Texts.of("waits for an approval, risk %s", PlanWords.risk(filed));
                    case RUNNING -> Texts.of("is being carried out");
                    case DONE ->
                            filed.byPolicy()
                                    ? Texts.of("done; the policy allowed it")
                                    : Texts.of("done");
                    case FAILED -> Texts.of("failed");
                    case REJECTED -> Texts.of("was rejected");
                    case EXPIRED -> Texts.of("expired");
                    case SUPERSEDED -> Texts.of("is void: a newer plan replaced it");
                    case UNDONE -> Texts.of("was taken back");
                    case HELD_BACK -> Texts.of("is held back: a person said no to it");
                };
        return "%s: %s%s"
                .formatted(
                        filed.plan().title(),
                        said,
                        reason == null || reason.isBlank() || filed.state().open()
                                ? ""
                                : " (" + reason + ")");
    }

    boolean done() {
        return filed.state() == FiledPlan.State.DONE;
    }

    boolean open() {
        return filed.state().open();
    }
}
