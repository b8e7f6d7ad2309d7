package io.lakebaseops.postgres;

import io.lakebaseops.domain.ConnectionProvider;

import java.util.Map;
import java.util.Optional;

/// Connection providers by profile name.
public interface ConnectionProviders {
    /// Opens the profile when this is the first time somebody asks; empty when there is none.
    Optional<ConnectionProvider> door(String profile);

    /// Those opened so far, by profile name.
    Map<String, ConnectionProvider> opened();

    static ConnectionProviders of(Map<String, ConnectionProvider> fixed) {
        var doors = Map.copyOf(fixed);
        return new ConnectionProviders() {
            @Override
            public Optional<ConnectionProvider> door(String profile) {
                return Optional.ofNullable(doors.get(profile));
            }

            @Override
            public Map<String, ConnectionProvider> opened() {
                return doors;
            }
        };
    }
}
