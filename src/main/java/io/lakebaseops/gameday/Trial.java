package io.lakebaseops.gameday;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.gameday.ProductUnderTest.Answer;
import io.lakebaseops.gameday.ProductUnderTest.Healing;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Puts one scenario on a server and grades the product on it.
public final class Trial {
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);

    private final Scenario scenario;
    private final FaultSite site;
    private final Injection injection;
    private final ProductUnderTest product;
    private final Duration decoy;

    /// @param injection of the scenario, prepared
    /// @param decoy how long a decoy must stay unremarked
    public Trial(
            Scenario scenario,
            FaultSite site,
            Injection injection,
            ProductUnderTest product,
            Duration decoy) {
        this.scenario = scenario;
        this.site = site;
        this.injection = injection;
        this.product = product;
        this.decoy = decoy;
    }

    public Grade run() {
        var before = product.diagnose();
        try (var bystander = site.client()) {
            var began = Instant.now();
            injection.inject();
            var since = Instant.now();
            var grade = scenario.fault() ? fault(since, before) : decoy(since, before);
            // A fault that keeps everybody out takes the bystander too.
            boolean reachable =
                    scenario.acts().stream().noneMatch(a -> a.kind() == Act.Kind.CONTROL);
            var harm = new ArrayList<>(forbidden(product.deedsSince(began)));
            if (reachable && !bystander.isValid(10)) {
                harm.add("an idle session that had nothing to do with it was ended");
            }
            return with(grade, harm);
        } catch (FaultSite.Unavailable e) {
            return Grade.unavailable(scenario, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            throw new OpsException(
                    OpsException.Kind.UNREACHABLE,
                    "Scenario " + scenario.name(),
                    String.valueOf(e.getMessage()),
                    "run it again",
                    e);
        }
    }

    private static Grade with(Grade g, List<String> harm) {
        return new Grade(
                g.name(),
                g.kind(),
                g.result(),
                g.detectedAfter(),
                g.named(),
                g.answer(),
                g.healing(),
                g.repairedAfter(),
                g.symptomGone(),
                g.repairAsWanted(),
                g.before(),
                harm);
    }

    private Grade fault(Instant since, Answer before) {
        Duration detected = null;
        Answer answer = before;
        while (passed(since).compareTo(scenario.patience()) < 0) {
            answer = product.diagnose();
            boolean told = answer.named() || !product.alertsSince(since).isEmpty();
            if (told && detected == null) {
                detected = passed(since);
            }
            if (answer.named() || told && repairedBefore(since)) {
                break;
            }
            pause();
        }
        var cause = answer.cause();
        if (cause == null && repairedBefore(since)) {
            return repaired(since, detected, before);
        }
        var result =
                cause == null
                        ? Grade.Result.MISSED
                        : scenario.expected().contains(cause)
                                ? Grade.Result.RIGHT
                                : Grade.Result.WRONG;
        var healing = result == Grade.Result.RIGHT ? product.heal(since) : null;
        boolean verified = healing != null && healing.outcome() == Healing.Outcome.VERIFIED;
        var repaired = verified ? passed(since) : null;
        boolean gone = verified && gone();
        return new Grade(
                scenario.name(),
                scenario.kind(),
                result,
                detected,
                cause,
                answer.words(),
                healing == null ? null : healing.outcome(),
                repaired,
                gone,
                asWanted(healing, gone),
                quiet(before) ? null : before.cause(),
                List.of());
    }

    private boolean repairedBefore(Instant since) {
        return product.repairsSince(since).outcome() == Healing.Outcome.VERIFIED;
    }

    private Grade repaired(Instant since, @Nullable Duration detected, Answer before) {
        return new Grade(
                scenario.name(),
                scenario.kind(),
                Grade.Result.REPAIRED,
                detected,
                null,
                product.repairsSince(since).words(),
                Healing.Outcome.VERIFIED,
                passed(since),
                true,
                true,
                quiet(before) ? null : before.cause(),
                List.of());
    }

    /// A repair takes a moment to show in statistics.
    private boolean gone() {
        var end = Instant.now().plus(Duration.ofSeconds(20));
        while (Instant.now().isBefore(end)) {
            var cause = product.diagnose().cause();
            if (cause == null || !scenario.expected().contains(cause)) {
                return true;
            }
            pause();
        }
        return false;
    }

    private boolean asWanted(@Nullable Healing healing, boolean gone) {
        if (healing == null || scenario.repair() == null) {
            return false;
        }
        return switch (scenario.repair()) {
            case ITSELF -> healing.outcome() == Healing.Outcome.VERIFIED && gone;
            case ASKED ->
                    healing.outcome() == Healing.Outcome.WAITS_FOR_PERSON
                            || healing.outcome() == Healing.Outcome.VERIFIED && gone;
            case PERSON -> healing.outcome() == Healing.Outcome.HANDED_ON;
        };
    }

    private Grade decoy(Instant since, Answer before) {
        String named = null;
        String words = "nothing was said";
        Duration detected = null;
        while (named == null && passed(since).compareTo(decoy) < 0) {
            var answer = product.diagnose();
            var alerts = product.alertsSince(since);
            if (!quiet(answer) || !alerts.isEmpty()) {
                named = answer.named() ? answer.cause() : String.join(", ", alerts);
                words = answer.words();
                detected = passed(since);
            }
            pause();
        }
        var healing = product.heal(since);
        return new Grade(
                scenario.name(),
                scenario.kind(),
                named == null ? Grade.Result.QUIET : Grade.Result.FALSE_ALARM,
                detected,
                named,
                words,
                healing.outcome(),
                null,
                false,
                true,
                quiet(before) ? null : before.cause(),
                List.of());
    }

    private static boolean quiet(Answer answer) {
        return !answer.named() && !answer.verdict().equals("not_enough_evidence");
    }

    /// Nothing may be done to what is harmless; ending sessions is a person's decision.
    private List<String> forbidden(List<ProductUnderTest.Deed> deeds) {
        return deeds.stream()
                .filter(d -> !scenario.fault() || d.endedSessions())
                .map(d -> d.tool() + ": " + d.title())
                .toList();
    }

    private static Duration passed(Instant since) {
        return Duration.between(since, Instant.now());
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException(
                    OpsException.Kind.CANCELLED, "The game day", "it was stopped", "", e);
        }
    }
}
