package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerJson;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Keeps conversations in the state database.
public final class ConversationStore implements Conversations {
    private static final int TITLE = 200;
    private static final int SUMMARY = 300;

    private final StateDb db;

    public ConversationStore(StateDb db) {
        this.db = db;
    }

    private record ExchangeRow(
            UUID id,
            int number,
            String question,
            boolean ownSql,
            Instant askedAt,
            Answer answer,
            String filed) {}

    private record PinRow(
            UUID exchangeId, ItemKind itemKind, String itemId, String pinnedBy, Instant pinnedAt) {}

    private record PinnedRow(
            UUID id,
            UUID conversationId,
            String question,
            Answer answer,
            String pinnedBy,
            Instant pinnedAt) {}

    @Override
    public List<Line> page(String person, List<String> words, int offset, int limit) {
        var lower = words.stream().map(w -> w.toLowerCase(Locale.ROOT)).toList();
        var params = Map.of("by", person, "words", lower, "limit", limit, "offset", (long) offset);
        return db.tx(tx -> tx.query(ConversationSql.PAGE, params, Line.class));
    }

    @Override
    public Optional<Line> find(String person, UUID conversation) {
        var params = Map.of("id", conversation, "by", person);
        return db.tx(tx -> tx.first(ConversationSql.FIND, params, Line.class));
    }

    @Override
    public long count(String person) {
        return db.tx(
                tx ->
                        tx.column(ConversationSql.COUNT, Map.of("by", person), Long.class)
                                .getFirst());
    }

    @Override
    public List<Exchange> exchanges(UUID conversation, int limit) {
        var params = Map.of("conversation", conversation, "limit", limit);
        return db.tx(tx -> tx.query(ConversationSql.EXCHANGES, params, ExchangeRow.class)).stream()
                .map(ConversationStore::exchange)
                .toList();
    }

    private static Exchange exchange(ExchangeRow row) {
        var filed = new HashMap<Integer, UUID>();
        for (var entry : StateJson.read(row.filed(), Map.class).entrySet()) {
            if (entry instanceof Map.Entry<?, ?> e) {
                filed.put(
                        Integer.valueOf(e.getKey().toString()),
                        UUID.fromString(e.getValue().toString()));
            }
        }
        return new Exchange(
                row.id(),
                row.number(),
                row.question(),
                row.ownSql(),
                row.askedAt(),
                row.answer(),
                filed);
    }

    @Override
    public void put(String person, TargetId target, UUID conversation, Exchange exchange) {
        var question = MaskedSecrets.in(exchange.question());
        var answer = MaskedSecrets.inJson(StateJson.write(KeptAnswer.of(exchange)));
        var verdict = MaskedSecrets.in(AnswerJson.verdict(exchange.answer()));
        var first =
                Map.of(
                        "id", conversation,
                        "by", person,
                        "target", target.key(),
                        "title", start(question, TITLE),
                        "at", exchange.askedAt());
        var one =
                Map.of(
                        "id",
                        exchange.id(),
                        "conversation",
                        conversation,
                        "number",
                        exchange.number(),
                        "question",
                        question,
                        "sql",
                        exchange.ownSql(),
                        "at",
                        exchange.askedAt(),
                        "said",
                        question + " " + verdict,
                        "answer",
                        answer);
        var sum =
                Map.of(
                        "id", conversation,
                        "kind", exchange.answer().kind(),
                        "tone", exchange.answer().tone(),
                        "summary", start(verdict, SUMMARY),
                        "at", exchange.answer().answeredAt());
        db.run(
                tx -> {
                    tx.update(ConversationSql.PUT, first);
                    tx.update(ConversationSql.EXCHANGE_PUT, one);
                    tx.update(ConversationSql.SUM, sum);
                });
    }

    private static String start(String text, int length) {
        var line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= length) {
            return line;
        }
        boolean split = Character.isHighSurrogate(line.charAt(length - 2));
        return line.substring(0, split ? length - 2 : length - 1) + "…";
    }

    @Override
    public void delete(String person, UUID conversation) {
        var params = Map.of("id", conversation, "by", person);
        db.run(tx -> tx.update(ConversationSql.DELETE, params));
    }

    @Override
    public void filed(UUID exchange, int step, UUID plan) {
        var params =
                Map.of(
                        "exchange", exchange,
                        "step", Integer.toString(step),
                        "plan", plan.toString());
        db.run(tx -> tx.update(ConversationSql.FILED, params));
    }

    @Override
    public void pin(UUID exchange, Pin pin) {
        var params =
                Map.of(
                        "exchange", exchange,
                        "kind", pin.item().kind(),
                        "item", pin.item().id(),
                        "by", pin.by(),
                        "at", pin.at());
        db.run(tx -> tx.update(ConversationSql.PIN, params));
    }

    @Override
    public void unpin(UUID exchange, Item item) {
        var params = Map.of("exchange", exchange, "kind", item.kind(), "item", item.id());
        db.run(tx -> tx.update(ConversationSql.UNPIN, params));
    }

    @Override
    public Map<UUID, List<Pin>> pins(UUID conversation) {
        var params = Map.of("conversation", conversation);
        var pins = new HashMap<UUID, List<Pin>>();
        for (var row : db.tx(tx -> tx.query(ConversationSql.PINS, params, PinRow.class))) {
            pins.computeIfAbsent(row.exchangeId(), _ -> new ArrayList<>())
                    .add(
                            new Pin(
                                    new Item(row.itemKind(), row.itemId()),
                                    row.pinnedBy(),
                                    row.pinnedAt()));
        }
        return pins;
    }

    @Override
    public List<Pinned> pinnedTo(Item item, int limit) {
        var params = Map.of("kind", item.kind(), "item", item.id(), "limit", limit);
        return db.tx(tx -> tx.query(ConversationSql.PINNED, params, PinnedRow.class)).stream()
                .map(
                        r ->
                                new Pinned(
                                        r.id(),
                                        r.conversationId(),
                                        r.question(),
                                        r.answer(),
                                        r.pinnedBy(),
                                        r.pinnedAt()))
                .toList();
    }
}
