package io.lakebaseops.console.settings;

import java.time.Duration;
import java.util.List;

/// What this installation is made of, for reading only.
///
/// @param state where the state database is
/// @param kept what is kept how long, and how large it is
/// @param paths folders and files by what they hold
/// @param licences of third parties, as far as they are named
public record Installation(
        String version,
        String java,
        State state,
        List<Kept> kept,
        List<Named> paths,
        List<Named> licences) {
    public Installation {
        kept = List.copyOf(kept);
        paths = List.copyOf(paths);
        licences = List.copyOf(licences);
    }

    /// @param embedded run by this program
    /// @param source what set the address: a variable, or the program itself
    /// @param version of the server and of the tables
    public record State(
            boolean embedded, String address, String source, String version, long bytes) {}

    /// @param time null for as long as it is there
    /// @param bytes -1 when unknown
    public record Kept(String what, @org.jspecify.annotations.Nullable Duration time, long bytes) {}

    public record Named(String name, String value) {}
}
