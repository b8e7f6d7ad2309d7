package io.lakebaseops.ask.names;

import org.apache.commons.text.similarity.LevenshteinDistance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The names of one server, found by how they are written: exactly, without their schema, or with
/// a typing error.
public final class NameIndex {
    public static final NameIndex EMPTY = new NameIndex(List.of(), Instant.EPOCH);

    private final Map<String, List<ServerName>> byName = new HashMap<>();
    private final Map<String, List<ServerName>> byDisplay = new HashMap<>();
    private final Map<Integer, List<String>> byLength = new HashMap<>();
    private final List<ServerName> all;
    private final Instant readAt;

    /// @param names the largest and most usual first
    public NameIndex(List<ServerName> names, Instant readAt) {
        all = List.copyOf(names);
        this.readAt = readAt;
        for (var name : names) {
            var key = name.name().toLowerCase(Locale.ROOT);
            var alike = byName.computeIfAbsent(key, _ -> new ArrayList<>());
            if (alike.isEmpty()) {
                byLength.computeIfAbsent(key.length(), _ -> new ArrayList<>()).add(key);
            }
            alike.add(name);
            if (!name.schema().isEmpty()) {
                byDisplay
                        .computeIfAbsent(
                                name.display().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(name);
            }
        }
    }

    Instant readAt() {
        return readAt;
    }

    /// The names written so, with or without schema.
    public List<ServerName> exactly(String written) {
        var key = written.toLowerCase(Locale.ROOT);
        var whole = byDisplay.get(key);
        return whole != null ? whole : byName.getOrDefault(key, List.of());
    }

    /// The nearest names within so many wrong letters, nearest first.
    public List<ServerName> near(String written, int wrong) {
        var key = written.toLowerCase(Locale.ROOT);
        var distance = new LevenshteinDistance(wrong);
        record Near(String name, int distance) {}
        var found = new ArrayList<Near>();
        for (int length = key.length() - wrong; length <= key.length() + wrong; length++) {
            for (var name : byLength.getOrDefault(length, List.of())) {
                int apart = distance.apply(key, name);
                if (apart >= 0) {
                    found.add(new Near(name, apart));
                }
            }
        }
        found.sort(Comparator.comparingInt(Near::distance));
        return found.stream()
                .flatMap(n -> byName.getOrDefault(n.name(), List.of()).stream())
                .toList();
    }

    /// The first of a kind, as they were read.
    public List<ServerName> first(String kind, int limit) {
        return all.stream().filter(n -> n.kind().equals(kind)).limit(limit).toList();
    }
}
