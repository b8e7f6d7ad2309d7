package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;
import io.lakebaseops.state.Conversations.Exchange;
import io.lakebaseops.state.Conversations.Item;
import io.lakebaseops.state.Conversations.ItemKind;
import io.lakebaseops.state.Conversations.Line;
import io.lakebaseops.state.Conversations.Pin;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.SampleAnswers;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class ConversationsPgTest {
    private static final TargetId TARGET = new TargetId("p", "shop", "production");
    private static final Instant T0 = Instant.parse("2026-01-01T03:00:00Z");
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);

    private final Pg17.Database pg = StateDatabases.fresh("conversations");
    private final StateDb db = StateDb.open(StateDatabases.settings(pg.url()));
    private final ConversationStore store = new ConversationStore(db);
    private final SampleAnswers answers = new SampleAnswers(T0);

    @AfterEach
    void close() {
        db.close();
    }

    private Exchange exchange(int number, String question, Answer answer) {
        return new Exchange(
                new UUID(7, number),
                number,
                question,
                false,
                T0.plusSeconds(number),
                answer,
                Map.of());
    }

    @Test
    void anAnswerOfEveryKindComesBackAsItWas() {
        var all =
                List.of(
                        answers.slowCheckout(),
                        answers.whichStaging(),
                        answers.weather(),
                        answers.failed(),
                        answers.withText());
        int number = 0;
        for (var answer : all) {
            number++;
            store.put("mira", TARGET, FIRST, exchange(number, "question " + number, answer));
        }
        assertThat(store.exchanges(FIRST, 100)).extracting(Exchange::answer).isEqualTo(all);
        assertThat(store.exchanges(FIRST, 2))
                .as("the last ones, in order")
                .extracting(Exchange::number)
                .containsExactly(4, 5);
        assertThat(store.page("mira", List.of(), 0, 10))
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.title()).isEqualTo("question 1");
                            assertThat(line.target()).isEqualTo(TARGET);
                            assertThat(line.exchanges()).isEqualTo(5);
                            assertThat(line.kind()).isEqualTo(Answer.Kind.ANSWERED);
                            assertThat(line.summary()).startsWith("The plan of the statement");
                        });
    }

    @Test
    void eachPersonFindsTheirOwnByAllWordsOfQuestionsAndVerdicts() {
        store.put("mira", TARGET, FIRST, exchange(1, "Why is it slow?", answers.slowCheckout()));
        store.put("mira", TARGET, FIRST, exchange(2, "And at 100%?", answers.weather()));
        store.put("juan", TARGET, SECOND, exchange(3, "Unused indexes", answers.unusedIndexes()));

        assertThat(found("mira")).containsExactly(FIRST);
        assertThat(found("mira", "SLOW", "inventory")).as("verdict too").containsExactly(FIRST);
        assertThat(found("mira", "100%")).containsExactly(FIRST);
        assertThat(found("mira", "slow", "coupon")).isEmpty();
        assertThat(found("mira", "%")).as("no pattern").containsExactly(FIRST);
        assertThat(found("juan")).containsExactly(SECOND);
        assertThat(store.count("mira")).isEqualTo(1);
        assertThat(store.find("mira", FIRST)).map(Line::title).contains("Why is it slow?");
        assertThat(store.find("mira", SECOND)).as("another's").isEmpty();

        store.delete("mira", SECOND);
        assertThat(found("juan")).as("not another's").containsExactly(SECOND);
        store.delete("juan", SECOND);
        assertThat(found("juan")).isEmpty();
        assertThat(store.exchanges(SECOND, 10)).isEmpty();
    }

    private List<UUID> found(String person, String... words) {
        return store.page(person, List.of(words), 0, 10).stream().map(Line::id).toList();
    }

    @Test
    void aQuestionAnsweredAgainReplacesItsAnswerAndForgetsThePlansFiledFromIt() {
        var plan = UUID.randomUUID();
        store.put("mira", TARGET, FIRST, exchange(1, "Why?", answers.slowCheckout()));
        store.filed(new UUID(7, 1), 0, plan);
        store.filed(new UUID(7, 1), 1, plan);
        assertThat(store.exchanges(FIRST, 9).getFirst().filed())
                .isEqualTo(Map.of(0, plan, 1, plan));

        store.put("mira", TARGET, FIRST, exchange(1, "Why?", answers.unusedIndexes()));
        var again = store.exchanges(FIRST, 9);
        assertThat(again).singleElement().extracting(Exchange::filed).isEqualTo(Map.of());
        assertThat(again.getFirst().answer().kind()).isEqualTo(Answer.Kind.ANSWERED);
        assertThat(found("mira", "292")).containsExactly(FIRST);
        assertThat(found("mira", "41822")).as("what was said before is gone").isEmpty();
    }

    @Test
    void secretsAreMaskedAndRowsOfOwnStatementsAreNotKept() {
        var own =
                new Exchange(
                        new UUID(7, 1),
                        1,
                        "select * from t where password = 'hunter2'",
                        true,
                        T0,
                        answers.slowCheckout(),
                        Map.of());
        store.put("mira", TARGET, FIRST, own);
        var kept = store.exchanges(FIRST, 1).getFirst();
        assertThat(kept.question()).isEqualTo("select * from t where password = ***");
        assertThat(kept.answer().evidence())
                .filteredOn(ResultTable.class::isInstance)
                .map(ResultTable.class::cast)
                .allSatisfy(
                        table -> {
                            assertThat(table.rows()).isEmpty();
                            assertThat(table.rowsInAll()).isEqualTo(8);
                        });
        assertThat(pg.scalar("select string_agg(c::text, '') from lakebaseops.conversations c"))
                .doesNotContain("hunter2");
        assertThat(
                        pg.scalar(
                                "select string_agg(c::text, '') from"
                                        + " lakebaseops.conversation_exchanges c"))
                .doesNotContain("hunter2", "41822\",\"number");
    }

    @Test
    void oldOnesGoUnlessPinnedToSomethingThatIsStillThere() {
        store.put("mira", TARGET, FIRST, exchange(1, "Why?", answers.slowCheckout()));
        store.put("mira", TARGET, SECOND, exchange(2, "And?", answers.weather()));
        var alert = new Item(ItemKind.ALERT, "a-1");
        store.pin(new UUID(7, 1), new Pin(alert, "mira", T0));
        store.pin(new UUID(7, 1), new Pin(alert, "mira", T0.plusSeconds(5)));
        store.pin(new UUID(7, 2), new Pin(new Item(ItemKind.PLAN, "gone"), "mira", T0));
        assertThat(store.pinnedTo(alert, 5))
                .singleElement()
                .satisfies(
                        p -> {
                            assertThat(p.question()).isEqualTo("Why?");
                            assertThat(p.conversation()).isEqualTo(FIRST);
                        });
        assertThat(store.pins(FIRST).get(new UUID(7, 1)))
                .containsExactly(new Pin(alert, "mira", T0));
        pg.asDba(
                """
                insert into lakebaseops.alerts (id, target_key, metric, severity, value, threshold, target,
                                                subject, message, opened_at, updated_at)
                values ('a-1', 'p/shop/production', 'm', 'WARNING', 1, 1, '', '', '', now(), now())
                """);
        var retention = new StateRetention(db);
        assertThat(retention.prune(T0.plus(Duration.ofDays(89))))
                .containsEntry("conversations", 0L);
        assertThat(retention.prune(T0.plus(Duration.ofDays(91))))
                .containsEntry("conversations", 1L);
        assertThat(found("mira")).as("the alert is still there").containsExactly(FIRST);
        store.unpin(new UUID(7, 1), alert);
        assertThat(retention.prune(T0.plus(Duration.ofDays(91))))
                .containsEntry("conversations", 1L);
        assertThat(found("mira")).isEmpty();
    }
}
