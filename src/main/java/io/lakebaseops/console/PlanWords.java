package io.lakebaseops.console;

import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Verification;

import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// How is a plan's state said in words, icon and colour?
public final class PlanWords {
    private PlanWords() {}

    public static String risk(FiledPlan filed) {
        return filed.risk().level().name().toLowerCase(Locale.ROOT);
    }

    public static Feather icon(FiledPlan filed) {
        return switch (filed.state()) {
            case WAITING -> Feather.SHIELD;
            case RUNNING -> Feather.LOADER;
            case DONE ->
                    filed.verification() instanceof Verification.NotConfirmed
                            ? Feather.ALERT_TRIANGLE
                            : Feather.CHECK_CIRCLE;
            case FAILED -> Feather.ALERT_OCTAGON;
            case REJECTED, HELD_BACK -> Feather.X_CIRCLE;
            case EXPIRED -> Feather.CLOCK;
            case SUPERSEDED -> Feather.REPEAT;
            case UNDONE -> Feather.ROTATE_CCW;
        };
    }

    public static Role role(FiledPlan filed) {
        return switch (filed.state()) {
            case WAITING -> Role.of(filed.risk().level());
            case RUNNING, UNDONE -> Role.INFO;
            case DONE ->
                    filed.verification() instanceof Verification.NotConfirmed
                            ? Role.WARNING
                            : Role.OK;
            case FAILED -> Role.CRITICAL;
            case REJECTED, EXPIRED, SUPERSEDED, HELD_BACK -> Role.MUTED;
        };
    }

    /// What came of it, on one line: `confirmed: dead rows 11.8 % → 0.1 %`.
    public static String outcome(FiledPlan filed) {
        var reason = filed.reason() == null ? "" : ": " + filed.reason();
        return switch (filed.state()) {
            case WAITING -> filed.plan().why();
            case RUNNING -> "running";
            case DONE -> by(filed) + verified(filed);
            case FAILED -> "failed" + reason;
            case REJECTED -> "declined" + reason;
            case EXPIRED -> "expired" + reason;
            case SUPERSEDED -> "superseded" + reason;
            case HELD_BACK -> "held back" + reason;
            case UNDONE -> "undone" + reason;
        };
    }

    private static String by(FiledPlan filed) {
        var who = filed.decidedBy();
        return who == null || who.equals("policy") ? "" : "approved by " + who + ", ";
    }

    private static String verified(FiledPlan filed) {
        var v = filed.verification();
        if (v == null) {
            return "done, not yet verified";
        }
        var word =
                switch (v) {
                    case Verification.Confirmed _ -> "confirmed";
                    case Verification.NotConfirmed _ -> "not confirmed";
                    case Verification.Inconclusive _ -> "not yet measurable";
                };
        return v.measured().isEmpty() ? word : word + ": " + v.measured().getFirst();
    }

    /// `expires in 5 h`, `expired`.
    public static String expiry(FiledPlan filed, Instant now) {
        var left = Duration.between(now, filed.plan().expiresAt());
        return left.isPositive() ? "expires in " + Format.briefly(left) : "expired";
    }
}
