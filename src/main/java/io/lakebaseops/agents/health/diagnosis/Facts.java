package io.lakebaseops.agents.health.diagnosis;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What was found out about a server, and what could not be. A figure that is unknown speaks
/// neither for nor against anything.
public final class Facts {
    private final Map<FactName, Fact> known = new EnumMap<>(FactName.class);
    private final TreeSet<String> gaps = new TreeSet<>();

    public Facts add(FactName name, double value, String words, @Nullable Instant since) {
        known.put(name, new Fact(name, value, words, since));
        return this;
    }

    public Facts add(FactName name, double value, String words) {
        return add(name, value, words, null);
    }

    /// @param what could not be read, and what would help
    Facts gap(String what) {
        gaps.add(what);
        return this;
    }

    Optional<Fact> find(FactName name) {
        return Optional.ofNullable(known.get(name));
    }

    java.util.List<String> gaps() {
        return java.util.List.copyOf(gaps);
    }
}
