package io.lakebaseops.agents.health.archival;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateJson;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// The last count of cold rows of each server. It reads whole tables, so it is kept and shown with
/// its date instead of being taken whenever somebody looks.
public final class ColdLooks {
    private final Supplier<Settings> settings;

    public ColdLooks(Supplier<Settings> settings) {
        this.settings = settings;
    }

    /// @param days the threshold it was taken with
    public record Look(Instant at, int days, IdentifyColdData.Output found) {}

    public Optional<Look> last(TargetId target) {
        return settings.get()
                .get(name(target))
                .map(v -> StateJson.read(v.substring(v.indexOf(' ') + 1), Look.class));
    }

    void keep(TargetId target, Look look) {
        settings.get().putNewer(name(target), look.at() + " " + StateJson.write(look), "agent");
    }

    private static String name(TargetId target) {
        return "cold_data/" + target.key();
    }
}
