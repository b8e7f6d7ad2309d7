package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The conversations of Ask: questions with their answers, each person's own. They are kept until
/// the retention of the state takes them; passwords and tokens in them are masked before.
public interface Conversations {
    /// Newest first.
    ///
    /// @param words all must occur in its questions and verdicts, in any case
    List<Line> page(String person, List<String> words, int offset, int limit);

    Optional<Line> find(String person, UUID conversation);

    long count(String person);

    /// The last exchanges in the order they were asked.
    List<Exchange> exchanges(UUID conversation, int limit);

    /// Keeps an exchange; the conversation begins with its first. One of the same id is replaced:
    /// the question was answered again.
    void put(String person, TargetId target, UUID conversation, Exchange exchange);

    void delete(String person, UUID conversation);

    /// @param step place of the next step among the answer's
    void filed(UUID exchange, int step, UUID plan);

    void pin(UUID exchange, Pin pin);

    void unpin(UUID exchange, Item item);

    /// The pins of a conversation, by exchange.
    Map<UUID, List<Pin>> pins(UUID conversation);

    /// Newest first.
    List<Pinned> pinnedTo(Item item, int limit);

    /// A conversation in a list.
    ///
    /// @param kind how its last answer ended
    /// @param summary its last verdict, in short
    /// @param exchanges how many questions were asked
    record Line(
            UUID id,
            TargetId target,
            String title,
            Answer.Kind kind,
            Answer.Tone tone,
            String summary,
            int exchanges,
            Instant startedAt,
            Instant updatedAt) {}

    /// A question with its answer.
    ///
    /// @param number its place in the conversation, from 1
    /// @param ownSql the question is a statement a person wrote; the rows it read are not kept
    /// @param filed the plans filed from the answer's next steps, by their place
    record Exchange(
            UUID id,
            int number,
            String question,
            boolean ownSql,
            Instant askedAt,
            Answer answer,
            Map<Integer, UUID> filed) {
        public Exchange {
            filed = Map.copyOf(filed);
        }
    }

    enum ItemKind {
        PLAN,
        ALERT
    }

    /// What an answer may be pinned to.
    record Item(ItemKind kind, String id) {}

    record Pin(Item item, String by, Instant at) {}

    /// An answer as the plan or alert shows it that it is pinned to.
    record Pinned(
            UUID exchange,
            UUID conversation,
            String question,
            Answer answer,
            String by,
            Instant at) {}
}
