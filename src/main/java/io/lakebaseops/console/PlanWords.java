package io.lakebaseops.console;

import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Verification;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// A plan's state in words, icon and colour.
public final class PlanWords {
    private PlanWords() {}

    public static String risk(FiledPlan filed) {
        return Texts.of(filed.risk().level().name().toLowerCase(Locale.ROOT));
    }

    public static Feather icon(FiledPlan filed) {
        return icon(filed.state(), filed.verification());
    }

    public static Feather icon(FiledPlan.State state, @Nullable Verification verification) {
        return switch (state) {
            case WAITING -> Feather.SHIELD;
            case RUNNING -> Feather.LOADER;
            case DONE ->
                    verification instanceof Verification.NotConfirmed
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
        return role(filed.state(), filed.risk().level(), filed.verification());
    }

    public static Role role(
            FiledPlan.State state, RiskLevel risk, @Nullable Verification verification) {
        return switch (state) {
            case WAITING -> Role.of(risk);
            case RUNNING, UNDONE -> Role.INFO;
            case DONE -> verification instanceof Verification.NotConfirmed ? Role.WARNING : Role.OK;
            case FAILED -> Role.CRITICAL;
            case REJECTED, EXPIRED, SUPERSEDED, HELD_BACK -> Role.MUTED;
        };
    }

    /// What came of it, on one line: `verified: dead rows 11.8 % → 0.1 %`.
    public static String outcome(FiledPlan filed) {
        return filed.state() == FiledPlan.State.WAITING
                ? filed.plan().why()
                : outcome(filed.state(), filed.decidedBy(), filed.reason(), filed.verification());
    }

    public static String outcome(
            FiledPlan.State state,
            @Nullable String decidedBy,
            @Nullable String reason,
            @Nullable Verification verification) {
        var because = reason == null ? "" : ": " + reason;
        return switch (state) {
            case WAITING -> Texts.of("waits for a decision");
            case RUNNING -> Texts.of("running");
            case DONE -> by(decidedBy) + verified(verification);
            case FAILED -> Texts.of("failed%s", because);
            case REJECTED -> Texts.of("kept as it is%s", because);
            case EXPIRED -> Texts.of("expired, nobody decided");
            case SUPERSEDED -> Texts.of("replaced%s", because);
            case HELD_BACK -> Texts.of("held back%s", because);
            case UNDONE -> Texts.of("undone%s", because);
        };
    }

    private static String by(@Nullable String who) {
        return who == null || who.equals(FiledPlan.POLICY) ? "" : Texts.of("approved by %s, ", who);
    }

    private static String verified(@Nullable Verification v) {
        if (v == null) {
            return Texts.of("done, not yet verified");
        }
        var word =
                switch (v) {
                    case Verification.Confirmed _ -> Texts.of("verified");
                    case Verification.NotConfirmed _ -> Texts.of("not as expected");
                    case Verification.Inconclusive _ -> Texts.of("not yet measurable");
                };
        return v.measured().isEmpty() ? word : word + ": " + v.measured().getFirst();
    }

    /// `expires in 5 h`, `expired`.
    public static String expiry(FiledPlan filed, Instant now) {
        var left = Duration.between(now, filed.plan().expiresAt());
        return left.isPositive()
                ? Texts.of("expires in %s", Format.briefly(left))
                : Texts.of("expired");
    }

    /// `5 h left`, `expired`.
    public static String left(Instant expiresAt, Instant now) {
        var left = Duration.between(now, expiresAt);
        return left.isPositive() ? Texts.of("%s left", Format.briefly(left)) : Texts.of("expired");
    }
}
