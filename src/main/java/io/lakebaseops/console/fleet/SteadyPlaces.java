package io.lakebaseops.console.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Keeps each card at its place until its new state has held for a minute, so that nothing jumps
/// under the mouse.
final class SteadyPlaces {
    static final Duration HELD = Duration.ofSeconds(60);

    private final Map<String, Place> places = new HashMap<>();

    /// @param state it is placed by
    /// @param next the state it has now
    /// @param since when it came into that
    private record Place(FleetState state, FleetState next, Instant since) {}

    /// What each card is placed by now.
    Map<String, FleetState> at(List<ServerCard> cards, Instant now) {
        var there = new HashSet<String>();
        for (var card : cards) {
            there.add(card.key());
            places.merge(
                    card.key(),
                    new Place(card.state(), card.state(), now),
                    (known, fresh) -> moved(known, fresh.state(), now));
        }
        places.keySet().retainAll(there);
        var by = new HashMap<String, FleetState>();
        places.forEach((key, place) -> by.put(key, place.state()));
        return by;
    }

    private static Place moved(Place known, FleetState now, Instant at) {
        if (now == known.state()) {
            return new Place(now, now, at);
        }
        if (now != known.next()) {
            return new Place(known.state(), now, at);
        }
        return Duration.between(known.since(), at).compareTo(HELD) >= 0
                ? new Place(now, now, at)
                : known;
    }

    /// The person asked for another order: everything goes where it belongs.
    void settle() {
        places.clear();
    }
}
