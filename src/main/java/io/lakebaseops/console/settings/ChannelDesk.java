package io.lakebaseops.console.settings;

import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Severity;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Channels of notifications: listed, tried, changed. Everything blocks and is called in the
/// background. No secret ever comes back from it.
public interface ChannelDesk {
    Channels read();

    /// Sends a marked message and waits for the answer.
    Result test(String name, Actor by);

    void save(Draft draft, Actor by);

    /// With its secret.
    void remove(String name, Actor by);

    /// @param from the lowest severity it is told; null for none
    void route(String name, @Nullable Severity from, Actor by);

    /// @param troubles what of the file could not be read; then nothing can be changed from here,
    ///     because it would be lost
    /// @param file where they are kept
    record Channels(List<Line> lines, List<String> troubles, String file) {
        public Channels {
            lines = List.copyOf(lines);
            troubles = List.copyOf(troubles);
        }
    }

    /// @param destination without any secret
    /// @param from the lowest severity it is told; null for none
    /// @param missing why it cannot work; empty when nothing is missing
    /// @param last the last sending or test; null when there was none
    /// @param secretSet when its secret was put in here; null when it came from elsewhere, or there
    ///     is none
    record Line(
            NotificationChannel channel,
            String destination,
            @Nullable Severity from,
            String missing,
            @Nullable Result last,
            @Nullable Instant secretSet) {}

    /// @param reason the service's own; empty when it was delivered
    /// @param took null when nobody measured it
    record Result(
            Instant at, boolean test, boolean delivered, String reason, @Nullable Duration took) {}

    /// @param replaces the name it had; null for a new one
    /// @param secret null to keep the one there is
    record Draft(
            @Nullable String replaces,
            NotificationChannel channel,
            @Nullable Severity from,
            @Nullable String secret) {
        @Override
        public String toString() {
            return "Draft[" + channel + "]";
        }
    }
}
