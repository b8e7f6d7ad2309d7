package io.lakebaseops.postgres;

import io.lakebaseops.domain.Doorkeeper;

import java.util.Map;
import java.util.Optional;

/// Which door leads to the servers of a connection profile?
public interface Doors {
    /// Opens the profile when this is the first time somebody asks; empty when there is none.
    Optional<Doorkeeper> door(String profile);

    /// Those opened so far, by profile name.
    Map<String, Doorkeeper> opened();

    static Doors of(Map<String, Doorkeeper> fixed) {
        var doors = Map.copyOf(fixed);
        return new Doors() {
            @Override
            public Optional<Doorkeeper> door(String profile) {
                return Optional.ofNullable(doors.get(profile));
            }

            @Override
            public Map<String, Doorkeeper> opened() {
                return doors;
            }
        };
    }
}
