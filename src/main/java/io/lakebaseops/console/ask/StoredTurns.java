package io.lakebaseops.console.ask;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Conversations;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The conversations of one person in the state database, as the screen shows them; blocking.
final class StoredTurns {
    private final Conversations conversations;
    private final String person;

    StoredTurns(Conversations conversations, String person) {
        this.conversations = conversations;
        this.person = person;
    }

    record Kept(UUID id, TargetId target, List<Turn> turns) {
        Kept {
            turns = List.copyOf(turns);
        }
    }

    /// @param most of a long one the last so many
    Optional<Kept> read(UUID id, int most) {
        return conversations
                .find(person, id)
                .map(line -> new Kept(id, line.target(), turns(id, most)));
    }

    private List<Turn> turns(UUID id, int most) {
        var pins = conversations.pins(id);
        return conversations.exchanges(id, most).stream()
                .map(e -> Turn.kept(e, pins.getOrDefault(e.id(), List.of())))
                .toList();
    }

    void put(TargetId target, UUID conversation, Turn turn) {
        conversations.put(person, target, conversation, turn.exchange());
    }

    void delete(UUID conversation) {
        conversations.delete(person, conversation);
    }
}
