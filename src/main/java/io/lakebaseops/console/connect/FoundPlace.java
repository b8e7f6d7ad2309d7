package io.lakebaseops.console.connect;

import io.lakebaseops.postgres.PastedConnection;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.Map;

/// A place on this computer where connections were found, such as `~/.pg_service.conf`.
///
/// @param note at the end of its heading, such as `3 entries`
public record FoundPlace(String title, String note, List<Entry> entries) {
    public FoundPlace {
        entries = List.copyOf(entries);
    }

    /// One connection that can be put into the form.
    ///
    /// @param words its second line
    /// @param note how it signs in, or why it cannot be used
    /// @param fill what the form takes over; null when it cannot be used
    public record Entry(
            Feather icon, String name, String words, String note, @Nullable Fill fill) {}

    /// What the form takes over.
    public sealed interface Fill {
        /// @param resolved what a service entry says itself, to be shown and not copied
        record Server(PastedConnection.Server server, Map<String, String> resolved)
                implements Fill {
            public Server {
                resolved = Map.copyOf(resolved);
            }
        }

        /// A profile of `~/.databrickscfg`.
        record Profile(String profile, String host) implements Fill {}
    }
}
