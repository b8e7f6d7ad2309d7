package io.lakebaseops.console.fleet;

import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Everything one card of the fleet shows of a server or branch.
///
/// @param since when it came into a bad state, or fell asleep; null when nobody knows
/// @param words the worst measure, why it is not watched, or its load
/// @param load mean active sessions by slices of six hours, oldest first; NaN where nobody measured
/// @param loadNow mean active sessions of the last minute; NaN when not measured
/// @param alerts open and not muted
/// @param worstAlert null when there is none
/// @param plans waiting for a person
/// @param measuredAt null when never measured
/// @param old its data is older than three rounds
record ServerCard(
        TargetId target,
        About about,
        FleetState state,
        @Nullable Instant since,
        TargetCondition condition,
        String words,
        List<Light> lights,
        List<Double> load,
        double loadNow,
        int alerts,
        @Nullable Severity worstAlert,
        int plans,
        @Nullable Instant measuredAt,
        boolean old) {
    ServerCard {
        lights = List.copyOf(lights);
        load = List.copyOf(load);
    }

    /// What is known of it besides measures.
    ///
    /// @param environment the type its name belongs to: `production`, `ci`; `server` for a plain
    ///     one
    /// @param owner who made the branch; empty when nobody wrote it down
    /// @param computeUnits largest size of its compute; 0 when unknown
    /// @param suspends its compute goes to sleep when idle
    /// @param expiresAt null for no end
    record About(
            String environment,
            String owner,
            boolean isProtected,
            double computeUnits,
            boolean suspends,
            @Nullable Instant expiresAt) {}

    String key() {
        return target.key();
    }

    /// Its key as part of a node's id.
    String id() {
        return target.key().replaceAll("[^A-Za-z0-9-]", "-");
    }

    /// The branch, or the profile of a plain server.
    String name() {
        return target.plain() ? target.profile() : target.branch();
    }

    String fullName() {
        return target.plain() ? target.profile() : TargetWords.of(target);
    }

    String project() {
        return target.plain() ? Texts.of("Own servers") : TargetWords.owner(target);
    }

    /// Why it cannot be watched has a shape of its own.
    Feather icon() {
        if (state != FleetState.NOT_WATCHED) {
            return state.icon();
        }
        return switch (condition) {
            case TargetCondition.LoginRefused _ -> Feather.KEY;
            case TargetCondition.TooOld _ -> Feather.SLASH;
            case TargetCondition.NotTried _,
                    TargetCondition.Reachable _,
                    TargetCondition.NeverReached _,
                    TargetCondition.Lost _,
                    TargetCondition.Restarted _,
                    TargetCondition.Slow _ ->
                    state.icon();
        };
    }

    Optional<Light> light(MetricName metric) {
        return lights.stream().filter(l -> l.metric() == metric).findFirst();
    }

    /// The worst measure that is not muted; empty when all is well.
    Optional<Light> worst() {
        return lights.stream().filter(Light::loud).max(Comparator.comparingDouble(Light::badness));
    }
}
