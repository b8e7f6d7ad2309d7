package io.lakebaseops.console;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.Answerer;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.domain.answer.Reading;
import io.lakebaseops.guard.ReadResult;
import io.lakebaseops.guard.ReadSql;
import io.lakebaseops.postgres.TypedRows;
import io.lakebaseops.state.Conversations;
import io.lakebaseops.testing.FakeModel;
import io.lakebaseops.testing.SampleAnswers;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// Answers by a script, and conversations in memory.
public final class FakeAsk implements Answerer {
    public final Map<String, Function<Question, Answer>> answers = new HashMap<>();
    public final List<Question> asked = new CopyOnWriteArrayList<>();
    public final MemoryConversations kept = new MemoryConversations();
    public final List<String> statements = new CopyOnWriteArrayList<>();
    public final List<String> examples = new CopyOnWriteArrayList<>();
    public final FakeModel model = new FakeModel();

    /// An answer stops after its first step until it is counted down or the question is stopped.
    public volatile @Nullable CountDownLatch pause;

    private final Clock clock;
    public final SampleAnswers samples;

    public FakeAsk(Clock clock) {
        this.clock = clock;
        samples = new SampleAnswers(clock.instant());
        answers.put(SampleAnswers.WHY_SLOW, _ -> samples.slowCheckout());
        answers.put(
                "and is it getting worse on staging?",
                q ->
                        q.slots().containsKey(Question.INTENT)
                                ? samples.unusedIndexes()
                                : samples.whichStaging());
        answers.put("What will the weather be?", _ -> samples.weather());
        answers.put("Please vacuum the table shop.orders now", _ -> samples.refused());
        answers.put("Which indexes are unused?", _ -> samples.unusedIndexes());
        answers.put(
                "Which indexes waste space?",
                q -> {
                    var read = samples.unusedIndexes();
                    if (Question.WITHOUT.equals(q.slots().get(Question.MODEL))) {
                        return read;
                    }
                    model.sends(read.id(), q.text(), clock.instant());
                    return FakeModel.worded(read, clock.instant());
                });
        answers.put("Is autovacuum keeping up?", _ -> samples.failed());
        examples.addAll(
                List.of(
                        SampleAnswers.WHY_SLOW,
                        "Which indexes are unused?",
                        "Is autovacuum keeping up?",
                        "Who is blocking whom?",
                        "What changed since yesterday?",
                        "When do we run out of space?"));
    }

    @Override
    public Answer answer(Question question, AnswerProgress progress, Deadline deadline) {
        asked.add(question);
        progress.understood(
                new Reading("any", "time compared", 1, List.of(), "live", Duration.ZERO));
        progress.started("Names: checkout");
        progress.ended(
                new AnswerStep(
                        "ask/names",
                        "Names: checkout",
                        1,
                        23,
                        Duration.ofMillis(8),
                        null,
                        null,
                        clock.instant(),
                        Source.LIVE,
                        null));
        progress.started("time per statement, both ranges");
        if (model.desk().settings().on()) {
            progress.words(
                    "3 indexes are not used since 27 Oct; they take 292 MB. Dropping them makes"
                            + " writes 18 % faster. The largest of th");
        }
        var wait = pause;
        if (wait != null) {
            try (var _ = deadline.onCancel(wait::countDown)) {
                wait.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return answers.getOrDefault(question.text(), _ -> samples.weather()).apply(question);
    }

    /// What statements of one's own read.
    ReadResult runSql(TargetId target, String sql, Deadline deadline) {
        statements.add(sql + " on " + target);
        return ReadSql.judge(sql)
                .<ReadResult>map(refused -> refused)
                .orElseGet(
                        () ->
                                new ReadResult.Rows(
                                        new TypedRows(
                                                List.of(
                                                        new TypedRows.Column("status", "text"),
                                                        new TypedRows.Column("orders", "int8")),
                                                List.of(
                                                        List.of("paid", "12480"),
                                                        List.of("open", "391")),
                                                TypedRows.Cap.ROWS,
                                                false),
                                        "lakebaseops_ro",
                                        Duration.ofMillis(31)));
    }

    @Override
    public List<String> examples(TargetId target) {
        return List.copyOf(examples);
    }

    /// A store without a database.
    public static final class MemoryConversations implements Conversations {
        private record Whole(String person, TargetId target, List<Exchange> exchanges) {}

        private final Map<UUID, Whole> all = new LinkedHashMap<>();
        public volatile RuntimeException broken;
        private final Map<UUID, List<Pin>> pins = new HashMap<>();

        @Override
        public synchronized List<Line> page(
                String person, List<String> words, int offset, int limit) {
            if (broken != null) {
                throw broken;
            }
            return all.entrySet().stream()
                    .filter(e -> e.getValue().person().equals(person))
                    .map(e -> line(e.getKey(), e.getValue()))
                    .filter(l -> words.stream().allMatch(w -> said(l).contains(lower(w))))
                    .sorted(Comparator.comparing(Line::updatedAt).reversed())
                    .skip(offset)
                    .limit(limit)
                    .toList();
        }

        private static String said(Line line) {
            return lower(line.title() + " " + line.summary());
        }

        private static String lower(String text) {
            return text.toLowerCase(Locale.ROOT);
        }

        private static Line line(UUID id, Whole whole) {
            var last = whole.exchanges().getLast();
            return new Line(
                    id,
                    whole.target(),
                    whole.exchanges().getFirst().question(),
                    last.answer().kind(),
                    last.answer().tone(),
                    io.lakebaseops.domain.answer.AnswerJson.verdict(last.answer()),
                    whole.exchanges().size(),
                    whole.exchanges().getFirst().askedAt(),
                    last.askedAt());
        }

        @Override
        public synchronized Optional<Line> find(String person, UUID conversation) {
            return Optional.ofNullable(all.get(conversation)).map(w -> line(conversation, w));
        }

        @Override
        public synchronized long count(String person) {
            return all.values().stream().filter(w -> w.person().equals(person)).count();
        }

        @Override
        public synchronized List<Exchange> exchanges(UUID conversation, int limit) {
            var whole = all.get(conversation);
            return whole == null ? List.of() : List.copyOf(whole.exchanges());
        }

        @Override
        public synchronized void put(
                String person, TargetId target, UUID conversation, Exchange exchange) {
            var whole =
                    all.computeIfAbsent(
                            conversation, _ -> new Whole(person, target, new ArrayList<>()));
            whole.exchanges().removeIf(e -> e.id().equals(exchange.id()));
            whole.exchanges().add(exchange);
            whole.exchanges().sort(Comparator.comparingInt(Exchange::number));
        }

        @Override
        public synchronized void delete(String person, UUID conversation) {
            all.remove(conversation);
        }

        @Override
        public synchronized void filed(UUID exchange, int step, UUID plan) {
            all.values()
                    .forEach(
                            w ->
                                    w.exchanges()
                                            .replaceAll(
                                                    e ->
                                                            e.id().equals(exchange)
                                                                    ? with(e, step, plan)
                                                                    : e));
        }

        private static Exchange with(Exchange e, int step, UUID plan) {
            var filed = new HashMap<>(e.filed());
            filed.put(step, plan);
            return new Exchange(
                    e.id(), e.number(), e.question(), e.ownSql(), e.askedAt(), e.answer(), filed);
        }

        @Override
        public synchronized void pin(UUID exchange, Pin pin) {
            pins.computeIfAbsent(exchange, _ -> new ArrayList<>()).add(pin);
        }

        @Override
        public synchronized void unpin(UUID exchange, Item item) {
            pins.getOrDefault(exchange, new ArrayList<>()).removeIf(p -> p.item().equals(item));
        }

        @Override
        public synchronized Map<UUID, List<Pin>> pins(UUID conversation) {
            return Map.copyOf(pins);
        }

        @Override
        public synchronized List<Pinned> pinnedTo(Item item, int limit) {
            var found = new ArrayList<Pinned>();
            all.forEach(
                    (id, whole) ->
                            whole.exchanges()
                                    .forEach(
                                            e ->
                                                    pins.getOrDefault(e.id(), List.of()).stream()
                                                            .filter(p -> p.item().equals(item))
                                                            .forEach(
                                                                    p ->
                                                                            found.add(
                                                                                    pinned(
                                                                                            id, e,
                                                                                            p)))));
            return found;
        }

        private static Pinned pinned(UUID conversation, Exchange e, Pin pin) {
            return new Pinned(e.id(), conversation, e.question(), e.answer(), pin.by(), pin.at());
        }
    }
}
