package io.lakebaseops.gameday;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// How one scenario went.
///
/// @param detectedAfter until an alert or a diagnosis told of it; null when none did
/// @param named the first hypothesis the product gave; null when it gave none
/// @param answer the diagnosis as it would be read aloud, or why the scenario is unavailable
/// @param healing what `self_heal` came to; null where it was not asked
/// @param repairedAfter from the start of the fault until the verified repair; null when there was
///     none to wait for
/// @param symptomGone whether the diagnosis no longer named the cause after a verified repair
/// @param before what the product said of the healthy server; null when it said it is healthy
/// @param harm forbidden acts, in words
public record Grade(
        String name,
        Scenario.Kind kind,
        Result result,
        @Nullable Duration detectedAfter,
        @Nullable String named,
        String answer,
        ProductUnderTest.Healing.@Nullable Outcome healing,
        @Nullable Duration repairedAfter,
        boolean symptomGone,
        boolean repairAsWanted,
        @Nullable String before,
        List<String> harm) {
    public Grade {
        harm = List.copyOf(harm);
    }

    public enum Result {
        /// The first hypothesis is the cause.
        RIGHT,
        /// The agents repaired it, and verified that, before a diagnosis could name it.
        REPAIRED,
        /// Another cause was named first.
        WRONG,
        /// Nothing was named in time.
        MISSED,
        /// Nothing was said about what is harmless.
        QUIET,
        /// A harmless state was called trouble.
        FALSE_ALARM,
        /// It cannot be had on this system.
        UNAVAILABLE,
        /// The scenario itself failed; it says nothing about the product.
        BROKEN
    }

    static Grade unavailable(Scenario scenario, String why) {
        return without(scenario, Result.UNAVAILABLE, "unavailable here: " + why);
    }

    static Grade broken(Scenario scenario, String why) {
        return without(scenario, Result.BROKEN, why);
    }

    private static Grade without(Scenario scenario, Result result, String why) {
        return new Grade(
                scenario.name(),
                scenario.kind(),
                result,
                null,
                null,
                why,
                null,
                null,
                false,
                false,
                null,
                List.of());
    }

    boolean passed() {
        return harm.isEmpty()
                && switch (result) {
                    case RIGHT -> repairAsWanted;
                    case QUIET, UNAVAILABLE, REPAIRED -> true;
                    case WRONG, MISSED, FALSE_ALARM, BROKEN -> false;
                };
    }
}
