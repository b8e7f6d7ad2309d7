package io.lakebaseops.gameday;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A fault, or a decoy that only looks like one, as its file in `sql/gameday` describes it.
///
/// @param title one sentence for a person
/// @param expected causes of which the first hypothesis must be one; of a decoy what it looks like
/// @param repair what the agents must do at least; null for a decoy
/// @param settings of the server it needs
/// @param warmUp how long the server must be measured before
/// @param patience how long the product may take to notice
/// @param vary what the seed chooses, by name
/// @param standby whether a standby is needed
/// @param unavailable why it cannot be had on any system here; null when it can
public record Scenario(
        String name,
        Kind kind,
        String title,
        List<String> expected,
        @Nullable Repair repair,
        Map<String, String> settings,
        Duration warmUp,
        Duration patience,
        Map<String, Range> vary,
        boolean standby,
        @Nullable String unavailable,
        List<Act> acts) {
    public Scenario {
        expected = List.copyOf(expected);
        settings = Map.copyOf(settings);
        vary = Map.copyOf(vary);
        acts = List.copyOf(acts);
    }

    public enum Kind {
        FAULT,
        DECOY
    }

    /// The least that must come of a fault.
    public enum Repair {
        /// The agents repair it without asking, and verify that.
        ITSELF,
        /// The agents propose the repair, and a person decides.
        ASKED,
        /// It is handed to a person with its diagnosis.
        PERSON
    }

    /// Both ends may be chosen.
    public record Range(long least, long most) {
        public Range {
            if (least > most) {
                throw new IllegalArgumentException("%d..%d is no range".formatted(least, most));
            }
        }
    }

    public boolean fault() {
        return kind == Kind.FAULT;
    }

    /// The numbers of one round; the same for the same state of the generator.
    public Map<String, Long> chosen(RandomGenerator random) {
        var chosen = new HashMap<String, Long>();
        vary.keySet().stream()
                .sorted()
                .forEach(
                        name -> {
                            var range = vary.get(name);
                            if (range != null) {
                                chosen.put(name, random.nextLong(range.least(), range.most() + 1));
                            }
                        });
        return chosen;
    }
}
