package io.lakebaseops.console.branches;

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
                            "waits for an approval, risk %s"
                                    .formatted(
                                            filed.risk()
                                                    .level()
                                                    .name()
                                                    .toLowerCase(java.util.Locale.ROOT));
                    case RUNNING -> "is being carried out";
                    case DONE -> filed.byPolicy() ? "done; the policy allowed it" : "done";
                    case FAILED -> "failed";
                    case REJECTED -> "was rejected";
                    case EXPIRED -> "expired";
                    case SUPERSEDED -> "is void: a newer plan replaced it";
                    case UNDONE -> "was taken back";
                    case HELD_BACK -> "is held back: a person said no to it";
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
