package io.lakebaseops.config;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// A connection as somebody is entering it: its profile, and what was typed of its secrets.
///
/// @param replaces the name of the saved profile that it changes; null for a new one
/// @param secrets by the name in the [SecretStore]; one that was left alone is not among them
/// @param place where they are kept
public record ConnectionDraft(
        @Nullable String replaces,
        ConnectionProfile profile,
        Map<String, String> secrets,
        ProfileSecrets.Place place) {
    public ConnectionDraft {
        secrets = Map.copyOf(secrets);
    }

    /// Without what was typed.
    @Override
    public String toString() {
        return "ConnectionDraft[" + profile + "]";
    }
}
