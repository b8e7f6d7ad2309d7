package io.lakebaseops.ask.model;

import static io.lakebaseops.ask.model.ModelRig.standing;
import static io.lakebaseops.ask.model.ModelRig.struck;
import static io.lakebaseops.testing.ScriptedModel.breaksOff;
import static io.lakebaseops.testing.ScriptedModel.call;
import static io.lakebaseops.testing.ScriptedModel.calls;
import static io.lakebaseops.testing.ScriptedModel.fails;
import static io.lakebaseops.testing.ScriptedModel.neverEnds;
import static io.lakebaseops.testing.ScriptedModel.says;
import static io.lakebaseops.testing.ScriptedModel.stalls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.config.ModelSettings.Caps;
import io.lakebaseops.config.ModelSettings.Price;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.domain.answer.NextStep;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.ScriptedModel;
import io.lakebaseops.testing.ScriptedModel.Call;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// Whatever the model or its server does, the question ends with an answer.
class ModelAnswererTest {
    @TempDir Path home;
    private ModelRig rig;

    @AfterEach
    void close() {
        rig.close();
    }

    private Answer ask(String question, ScriptedModel.Line... script) {
        rig = new ModelRig(home, script);
        return rig.ask(question);
    }

    @Test
    void it_reads_with_our_tools_and_words_what_they_returned() {
        var answer =
                ask(
                        "Which tables are large?",
                        call("table_sizes", "{}"),
                        says(
                                "`shop.orders` is the largest with **48.3 MB**. It has 1,204 dead rows."));
        assertThat(answer.kind()).isEqualTo(Kind.ANSWERED);
        assertThat(standing(answer)).hasSize(2);
        assertThat(struck(answer)).isEmpty();
        assertThat(answer.steps()).hasSize(1);
        assertThat(answer.steps().getFirst().tool()).isEqualTo("table_sizes");
        assertThat(answer.evidence()).hasSize(1);
        var use = Objects.requireNonNull(answer.model());
        assertThat(use.name()).isEqualTo("scripted");
        assertThat(use.rounds()).isEqualTo(2);
        assertThat(use.tokensIn()).isEqualTo(300);
        assertThat(use.tokensOut()).isEqualTo(50);
        assertThat(use.cost()).isNull();
        assertThat(String.join("", rig.words)).startsWith("`shop.orders` is the largest");
        assertThat(rig.runs())
                .extracting(ToolReport::actor)
                .containsOnly(Actor.assistant("language model scripted"));
        assertThat(rig.plainly).isEmpty();
    }

    @Test
    void a_made_up_figure_is_corrected_or_struck() {
        var corrected =
                ask(
                        "Which tables are large?",
                        call("table_sizes", "{}"),
                        says("`shop.orders` has 77 MB."),
                        says("`shop.orders` has 48.3 MB."));
        assertThat(standing(corrected)).containsExactly("shop.orders has 48.3 MB.");
        assertThat(last(rig.model()).path("content").asText()).contains("77 MB", "struck out");
        rig.close();
        var stubborn =
                ask(
                        "Which tables are large?",
                        call("table_sizes", "{}"),
                        says("`shop.orders` has 77 MB. It is the largest."));
        assertThat(standing(stubborn)).containsExactly("It is the largest.");
        assertThat(struck(stubborn)).containsExactly("shop.orders has 77 MB.");
        assertThat(Objects.requireNonNull(stubborn.model()).sentencesStruck()).isEqualTo(1);
    }

    @Test
    void without_a_call_no_figure_stands_and_the_answer_is_made_without_it() {
        var answer = ask("Which tables are large?", says("The largest has 12 GB."));
        assertThat(answer.model()).isNull();
        assertThat(rig.plainly).hasSize(1);
        assertThat(answer.trouble()).contains("nothing that stands", "answered without it");
    }

    @Test
    void calls_at_once_and_wrong_ones_are_all_answered() {
        var answer =
                ask(
                        "Which tables are large?",
                        calls(
                                new Call("table_sizes", "{}"),
                                new Call("table_sizes", "{\"table\": \"shop.ordrs\"}"),
                                new Call("table_sizes", "{\"table\": "),
                                new Call("table_sizes", "[1]"),
                                new Call("table_sizes", "{\"tabel\": \"x\"}"),
                                new Call("tables_size", "{}"),
                                new Call("approve_plan", "{}"),
                                new Call("table_sizes", "{}"),
                                new Call("table_sizes", "{\"table\": \"shop.orders\"}")),
                        says("`shop.orders` has 48.3 MB."));
        assertThat(standing(answer)).hasSize(1);
        var told = rig.model().asked().get(1).path("messages");
        var results =
                told.findValuesAsText("content").stream()
                        .filter(t -> t.startsWith("<data"))
                        .toList();
        assertThat(results).hasSize(9);
        assertThat(results.get(0)).contains("50646221");
        assertThat(results.get(1)).contains("there is no table shop.ordrs", "shop.orders");
        assertThat(results.get(2)).contains("no JSON");
        assertThat(results.get(3)).contains("one JSON object");
        assertThat(results.get(4)).contains("unknown field tabel");
        assertThat(results.get(5)).contains("no function tables_size", "table_sizes");
        assertThat(results.get(6)).contains("no function approve_plan");
        assertThat(results.get(7)).contains("called before");
        assertThat(results.get(8)).contains("too many functions at once");
        assertThat(answer.steps()).hasSize(2);
    }

    @Test
    void an_endless_loop_of_calls_ends_with_the_last_round() {
        rig = new ModelRig(home, call("table_sizes", "{}"));
        rig.desk.save(
                rig.settings(new Caps(4, 50_000, Duration.ofSeconds(60), null), null).agreed(true));
        var answer = rig.ask("Which tables are large?");
        assertThat(rig.model().asked()).hasSize(4);
        assertThat(rig.model().asked().getLast().has("tools"))
                .as("the last without tools")
                .isFalse();
        assertThat(rig.runs()).hasSize(1);
        assertThat(answer.kind()).isEqualTo(Kind.ANSWERED);
        assertThat(answer.trouble()).contains("limit of 4 rounds");
        assertThat(answer.evidence()).hasSize(1);
    }

    @Test
    void tokens_and_cost_have_their_limits() {
        rig = new ModelRig(home, call("table_sizes", "{}"), neverEnds("large and slow, "));
        rig.desk.save(
                rig.settings(new Caps(8, 1_000, Duration.ofSeconds(60), null), null).agreed(true));
        var answer = rig.ask("Which tables are large?");
        assertThat(answer.trouble()).contains("limit of", "tokens");
        assertThat(Objects.requireNonNull(answer.model()).tokensOut()).isLessThan(1_200);
        rig.close();

        rig = new ModelRig(home, call("table_sizes", "{}"));
        rig.desk.save(
                rig.settings(
                                new Caps(
                                        8,
                                        100_000,
                                        Duration.ofSeconds(60),
                                        new BigDecimal("0.0005")),
                                new Price(new BigDecimal("1"), new BigDecimal("10")))
                        .agreed(true));
        var dear = rig.ask("Which tables are large?");
        // 200 tokens in and 30 out a round.
        assertThat(dear.trouble()).contains("limit of cost, 0.0005");
        assertThat(Objects.requireNonNull(dear.model()).cost()).isEqualByComparingTo("0.0005");
    }

    @Test
    void a_refusal_of_the_model_is_shown_as_it_is() {
        var answer =
                ask(
                        "Which tables are large?",
                        call("table_sizes", "{}"),
                        says("I cannot help with that."));
        assertThat(standing(answer)).containsExactly("I cannot help with that.");
    }

    @Test
    void errors_of_the_server_are_answered_without_it() {
        for (var line :
                new ScriptedModel.Line[] {
                    fails(500, "oops"),
                    fails(429, "slow down"),
                    fails(401, "no such key " + ModelRig.KEY),
                    breaksOff("The larg"),
                    fails(200, "no stream")
                }) {
            var answer = ask("Which tables are large?", line);
            assertThat(answer.kind()).isEqualTo(Kind.ANSWERED);
            assertThat(standing(answer)).containsExactly("Read without a model.");
            assertThat(answer.trouble())
                    .contains("The language model: ", "answered without it")
                    .doesNotContain(ModelRig.KEY);
            assertThat(rig.desk.sentFor(answer.id())).as("what was sent in vain").isPresent();
            rig.close();
        }
    }

    @Test
    void a_break_after_reading_leaves_what_was_read() {
        var answer =
                ask("Which tables are large?", call("table_sizes", "{}"), breaksOff("`shop.ord"));
        assertThat(answer.kind()).isEqualTo(Kind.ANSWERED);
        assertThat(answer.verdict()).isEmpty();
        assertThat(answer.evidence()).hasSize(1);
        assertThat(answer.trouble()).contains("broke off", "what was read until then stands");
    }

    @Test
    void a_slow_stream_ends_with_its_time() {
        var open = new CountDownLatch(1);
        rig = new ModelRig(home, call("table_sizes", "{}"), stalls("`shop.ord", open));
        var answer =
                rig.ask(
                        ModelRig.question("Which tables are large?"),
                        Deadline.in(Duration.ofSeconds(1)));
        open.countDown();
        assertThat(answer.trouble()).contains("did not end in time");
        assertThat(answer.steps()).hasSize(1);
    }

    @Test
    void a_person_stops_it_half_way() throws Exception {
        var open = new CountDownLatch(1);
        rig = new ModelRig(home, call("table_sizes", "{}"), stalls("`shop.orders` is", open));
        var deadline = Deadline.in(Patience.LONG);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer =
                    threads.submit(() -> rig.ask(ModelRig.question("Which is large?"), deadline));
            while (rig.words.isEmpty()) {
                Thread.onSpinWait();
            }
            deadline.cancel();
            assertThat(answer.get().kind()).isEqualTo(Kind.STOPPED);
            assertThat(answer.get().steps()).hasSize(1);
            assertThat(answer.get().trouble()).isNull();
        } finally {
            open.countDown();
        }
    }

    @Test
    void what_leaves_is_fenced_masked_and_kept() {
        var answer =
                ask(
                        "Which tables are large? My url is postgres://me:s3cret@db/x",
                        call("table_sizes", "{}"),
                        says("`shop.orders` has 48.3 MB."));
        var whole = rig.model().asked().getLast().toString();
        assertThat(whole).doesNotContain("4111-1111", "s3cret", ModelRig.KEY);
        assertThat(whole).contains("where card = ?", "shop.customers", "checkout");
        var marks = whole.split("<data ")[1].substring(0, 8);
        assertThat(whole).contains("</data " + marks);
        var sent = rig.sent.getFirst();
        assertThat(rig.sent).hasSize(1);
        assertThat(sent.rounds()).isEqualTo(2);
        assertThat(sent.askedBy()).isEqualTo("mira");
        assertThat(sent.question()).doesNotContain("s3cret");
        assertThat(sent.body()).contains("where card = ?");
        assertThat(rig.desk.lastSent("mira")).contains(sent);
        assertThat(rig.desk.sentFor(answer.id())).contains(sent);
    }

    @Test
    void the_first_request_can_be_seen_before_anything_is_sent() {
        rig = new ModelRig(home, says("x"));
        var seen =
                rig.answerer()
                        .firstRequest(
                                ModelRig.question("Which tables are large?"),
                                Deadline.in(Patience.LONG));
        assertThat(rig.model().asked()).isEmpty();
        assertThat(seen).contains("Which tables are large?", "table_sizes", "shop.customers");
        rig.ask("Which tables are large?");
        var sent = rig.sent.getFirst().body();
        // But for the marks of data, which nobody can know before.
        assertThat(sent.replaceAll("data [0-9a-f]{8}", "data"))
                .isEqualTo(seen.replaceAll("data [0-9a-f]{8}", "data"));
    }

    @Test
    void instructions_in_rows_change_nothing() {
        // The worst model there is: it does what a comment tells it.
        var answer =
                ask(
                        "Which tables are large?",
                        call("table_sizes", "{}"),
                        calls(
                                new Call("drop_index", "{}"),
                                new Call("propose_drop_index", "{}"),
                                new Call("approve", "{\"plan\": 1}"),
                                new Call("read_sql", "{\"sql\": \"drop table shop.orders\"}")),
                        says(
                                "I dropped every table. There are 99999 rows. `shop.orders` has 48.3 MB."));
        assertThat(rig.gate.waiting()).isEmpty();
        assertThat(rig.runs()).extracting(ToolReport::tool).containsOnly("table_sizes");
        assertThat(struck(answer)).containsExactly("There are 99999 rows.");
    }

    @Test
    void a_change_that_was_asked_for_waits_for_a_person() {
        var answer =
                ask(
                        "Please drop the index orders_status_idx",
                        calls(
                                new Call("propose_drop_index", "{}"),
                                new Call("propose_drop_index", "{\"table\": \"shop.orders\"}"),
                                new Call("propose_drop_index", "{\"table\": \"shop.customers\"}"),
                                new Call("propose_drop_index", "{\"table\": \"orders\"}")),
                        says("A plan was filed; it waits for your decision."));
        assertThat(rig.gate.waiting())
                .extracting(FiledPlan::state)
                .containsOnly(FiledPlan.State.WAITING);
        assertThat(rig.runs().stream().filter(r -> r.tool().equals("drop_index"))).hasSize(3);
        assertThat(answer.actions()).hasSize(3).allMatch(NextStep.OpenScreen.class::isInstance);
    }

    @Test
    void off_unagreed_asleep_or_unwanted_nothing_is_sent() {
        rig = new ModelRig(home, says("x"));
        var on = rig.desk.settings();
        rig.desk.save(on.switched(false));
        assertThat(rig.ask("Which tables are large?").model()).isNull();
        rig.desk.save(on.agreed(false));
        rig.ask("Which tables are large?");
        rig.desk.save(on);
        rig.awake = false;
        rig.ask("Which tables are large?");
        rig.awake = true;
        var q = ModelRig.question("Which tables are large?");
        rig.ask(
                new Question(
                        q.text(),
                        q.target(),
                        null,
                        Map.of(Question.MODEL, Question.WITHOUT),
                        q.before(),
                        q.askedAt(),
                        q.zone()),
                Deadline.in(Patience.LONG));
        assertThat(rig.plainly).hasSize(4);
        assertThat(rig.model().asked()).isEmpty();
        assertThat(rig.sent).isEmpty();
    }

    @Test
    void a_later_question_may_use_the_figures_of_an_earlier_answer() {
        rig =
                new ModelRig(
                        home,
                        call("table_sizes", "{}"),
                        says("`shop.orders` has 48.3 MB."),
                        says("As said, `shop.orders` has 48.3 MB."));
        var first = rig.ask("Which tables are large?");
        var q = ModelRig.question("And again?");
        var second =
                rig.ask(
                        new Question(
                                q.text(),
                                q.target(),
                                null,
                                Map.of(),
                                java.util.List.of(
                                        new Question.Exchange("Which tables are large?", first)),
                                q.askedAt(),
                                q.zone()),
                        Deadline.in(Patience.LONG));
        assertThat(standing(second)).containsExactly("As said, shop.orders has 48.3 MB.");
        assertThat(rig.model().asked().getLast().toString()).contains("Which tables are large?");
    }

    private static JsonNode last(ScriptedModel model) {
        var messages = model.asked().getLast().path("messages");
        return messages.get(messages.size() - 1);
    }
}
