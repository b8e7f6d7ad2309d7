package io.lakebaseops.console.fleet;

import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.console.parts.Role;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// All known servers at one moment.
///
/// @param cards by name
/// @param silentSince when anything was measured last, if nothing is measured any more; null while
///     measuring goes on
record FleetSnapshot(
        Instant at, List<ServerCard> cards, List<Tile> tiles, @Nullable Instant silentSince) {
    FleetSnapshot {
        cards = List.copyOf(cards);
        tiles = List.copyOf(tiles);
    }

    /// The worst value of the fleet for one measure.
    ///
    /// @param where whose it is; empty when nobody has a value
    /// @param words how many are beyond a limit
    record Tile(Watched watched, Light.Mark mark, String value, String where, String words) {}

    static FleetSnapshot of(
            Instant at,
            List<ServerCard> cards,
            List<Watched> measures,
            @Nullable Instant silentSince) {
        return new FleetSnapshot(
                at, cards, measures.stream().map(m -> tile(m, cards)).toList(), silentSince);
    }

    private static Tile tile(Watched watched, List<ServerCard> cards) {
        record Of(ServerCard card, Light light) {}
        var lights =
                cards.stream()
                        .filter(c -> c.state().live())
                        .map(c -> new Of(c, c.light(watched.rule().metric()).orElseThrow()))
                        .filter(o -> o.light().mark() != Light.Mark.NONE)
                        .toList();
        var worst = lights.stream().max(Comparator.comparingDouble(o -> o.light().badness()));
        if (worst.isEmpty()) {
            return new Tile(watched, Light.Mark.NONE, "–", "", Light.Mark.NONE.words());
        }
        var light = worst.get().light();
        long same = lights.stream().filter(o -> o.light().mark() == light.mark()).count();
        boolean alike =
                lights.size() > 1
                        && lights.stream().allMatch(o -> o.light().value().equals(light.value()));
        return new Tile(
                watched,
                light.mark(),
                light.value(),
                alike ? "all" : worst.get().card().name(),
                light.mark() == Light.Mark.OK || light.mark() == Light.Mark.UNJUDGED
                        ? light.mark().words()
                        : same + " " + light.mark().words());
    }

    Map<FleetState, Integer> counts() {
        var counts = new EnumMap<FleetState, Integer>(FleetState.class);
        Arrays.stream(FleetState.values()).forEach(s -> counts.put(s, 0));
        cards.forEach(c -> counts.merge(c.state(), 1, Integer::sum));
        return counts;
    }

    int count(FleetState state) {
        return Objects.requireNonNull(counts().get(state));
    }

    int live() {
        return (int) cards.stream().filter(c -> c.state().live()).count();
    }

    Optional<ServerCard> card(String key) {
        return cards.stream().filter(c -> c.key().equals(key)).findFirst();
    }

    /// One sentence: how many need somebody, and the first of them by name.
    ///
    /// @param strong names that are drawn heavier
    record Verdict(Role role, String sentence, List<String> strong) {
        Verdict {
            strong = List.copyOf(strong);
        }
    }

    Verdict verdict() {
        return FleetVerdict.of(this);
    }
}
