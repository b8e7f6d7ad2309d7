package io.lakebaseops.ask.model;

import static io.lakebaseops.ask.model.ModelRig.standing;
import static io.lakebaseops.ask.model.ModelRig.struck;
import static io.lakebaseops.testing.ScriptedAnthropic.breaksOff;
import static io.lakebaseops.testing.ScriptedAnthropic.call;
import static io.lakebaseops.testing.ScriptedAnthropic.calls;
import static io.lakebaseops.testing.ScriptedAnthropic.ends;
import static io.lakebaseops.testing.ScriptedAnthropic.error;
import static io.lakebaseops.testing.ScriptedAnthropic.errorAfter;
import static io.lakebaseops.testing.ScriptedAnthropic.errorFor;
import static io.lakebaseops.testing.ScriptedAnthropic.says;
import static io.lakebaseops.testing.ScriptedAnthropic.stalls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.config.ModelSettings.Caps;
import io.lakebaseops.config.ModelSettings.Provider;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.ScriptedAnthropic;
import io.lakebaseops.testing.ScriptedAnthropic.Call;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// Anthropic's Messages API, against a server that refuses what the real one refuses.
class AnthropicTest {
    private static final String ASKED = "Which tables are large?";

    @TempDir Path home;
    private ScriptedAnthropic server;
    private ModelRig rig;

    @AfterEach
    void close() {
        rig.close();
    }

    private void open(ScriptedAnthropic.Line... script) {
        server = new ScriptedAnthropic(ModelRig.KEY, script);
        rig = new ModelRig(home, server, server.url(), Provider.ANTHROPIC);
    }

    private Answer ask(ScriptedAnthropic.Line... script) {
        open(script);
        return rig.ask(ASKED);
    }

    @Test
    void it_reads_with_our_tools_and_words_what_they_returned() {
        var answer =
                ask(
                        calls(
                                "I look at the tables.",
                                new Call("table_sizes", "{}"),
                                new Call("table_sizes", "{\"table\": \"shop.ordrs\"}")),
                        says("`shop.orders` is the largest with **48.3 MB**."));
        assertThat(answer.trouble()).isNull();
        assertThat(standing(answer)).containsExactly("shop.orders is the largest with 48.3 MB.");
        assertThat(answer.steps()).hasSize(1);
        var use = Objects.requireNonNull(answer.model());
        assertThat(use.tokensIn()).isEqualTo(400);
        assertThat(use.tokensOut()).isEqualTo(50);
        assertThat(String.join("", rig.words)).contains("I look at the tables.", "48.3 MB");
        var results = server.asked().getLast().at("/messages/2/content");
        assertThat(results).hasSize(2);
        assertThat(results.toString()).contains("50646221", "there is no table shop.ordrs");
        assertThat(rig.desk.sentFor(answer.id())).isPresent();
        assertThat(server.asked().getFirst().toString())
                .contains("\"max_tokens\"", "\"system\"", "table_sizes");
    }

    @Test
    void a_made_up_figure_is_corrected_or_struck() {
        var answer =
                ask(
                        call("table_sizes", "{}"),
                        says("`shop.orders` has 77 MB."),
                        says("`shop.orders` has 48.3 MB. Three of them are 12 GB."));
        assertThat(struck(answer)).hasSize(1);
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void an_endless_loop_ends_with_a_last_round_that_may_call_nothing() {
        open(call("table_sizes", "{}"));
        rig.desk.save(
                rig.settings(new Caps(3, 50_000, Duration.ofSeconds(60), null), null).agreed(true));
        var answer = rig.ask(ASKED);
        assertThat(answer.trouble()).contains("limit of 3 rounds");
        assertThat(answer.evidence()).hasSize(1);
        var last = server.asked().getLast();
        assertThat(server.asked()).hasSize(3);
        assertThat(last.path("tools")).as("results must not come without").isNotEmpty();
        assertThat(last.at("/tool_choice/type").asText()).isEqualTo("none");
    }

    @Test
    void arguments_that_are_no_json_are_told_to_the_model() {
        var answer =
                ask(
                        calls("", new Call("table_sizes", "{\"table\": ")),
                        call("table_sizes", "{}"),
                        says("`shop.orders` has 48.3 MB."));
        assertThat(answer.trouble()).isNull();
        assertThat(standing(answer)).containsExactly("shop.orders has 48.3 MB.");
    }

    @Test
    void an_answer_without_room_or_refused_says_so() {
        var cut =
                ask(
                        call("table_sizes", "{}"),
                        ends("`shop.orders` has 48.3 MB. The next", "max_tokens"));
        assertThat(standing(cut)).contains("shop.orders has 48.3 MB.");
        assertThat(cut.trouble()).contains("length of one answer");
        rig.close();
        var refused = ask(call("table_sizes", "{}"), ends("", "refusal"));
        assertThat(refused.kind()).isEqualTo(Kind.ANSWERED);
        assertThat(refused.evidence()).hasSize(1);
        assertThat(refused.trouble()).contains("refused to answer");
        rig.close();
        var atOnce = ask(ends("", "refusal"));
        assertThat(standing(atOnce)).containsExactly("Read without a model.");
        assertThat(atOnce.trouble()).contains("refused to answer", "answered without it");
    }

    @Test
    void errors_are_answered_without_it_in_the_words_of_the_server() {
        var said =
                Map.of(
                        error(401, "authentication_error", "invalid x-api-key " + ModelRig.KEY),
                        "invalid x-api-key ***",
                        error(403, "permission_error", "not for you"),
                        "HTTP 403 not for you",
                        error(404, "not_found_error", "model: scripted"),
                        "HTTP 404 model: scripted",
                        error(413, "request_too_large", "Request exceeds the maximum size"),
                        "Request exceeds",
                        error(429, "rate_limit_error", "This request would exceed your limit"),
                        "HTTP 429 This request would exceed",
                        error(500, "api_error", "Internal server error"),
                        "Internal server error",
                        error(529, "overloaded_error", "Overloaded"),
                        "HTTP 529 Overloaded",
                        errorAfter("The larg", "overloaded_error", "Overloaded"),
                        "Overloaded",
                        breaksOff("The larg"),
                        "broke off");
        said.forEach(
                (line, words) -> {
                    var answer = ask(line);
                    assertThat(answer.kind()).isEqualTo(Kind.ANSWERED);
                    assertThat(standing(answer)).containsExactly("Read without a model.");
                    assertThat(answer.trouble())
                            .contains("The language model: ", words, "answered without it")
                            .doesNotContain(ModelRig.KEY)
                            .doesNotContain("request_id");
                    rig.close();
                });
        open(says("unused"));
    }

    @Test
    void an_overloaded_server_is_asked_again_when_it_says_when() {
        for (int status : new int[] {429, 529}) {
            var answer =
                    ask(
                            errorFor(status, "overloaded_error", 0),
                            call("table_sizes", "{}"),
                            says("`shop.orders` has 48.3 MB."));
            assertThat(answer.trouble()).as("HTTP " + status).isNull();
            assertThat(standing(answer)).containsExactly("shop.orders has 48.3 MB.");
            rig.close();
        }
        open(says("unused"));
    }

    @Test
    void an_error_after_reading_leaves_what_was_read() {
        var answer =
                ask(
                        call("table_sizes", "{}"),
                        errorAfter("`shop.ord", "overloaded_error", "Overloaded"));
        assertThat(answer.evidence()).hasSize(1);
        assertThat(answer.trouble()).contains("Overloaded", "what was read until then stands");
    }

    @Test
    void a_person_stops_it_half_way() throws Exception {
        var hold = new CountDownLatch(1);
        open(call("table_sizes", "{}"), stalls("`shop.orders` is", hold));
        var deadline = Deadline.in(Patience.LONG);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> rig.ask(ModelRig.question(ASKED), deadline));
            while (rig.words.isEmpty()) {
                Thread.onSpinWait();
            }
            deadline.cancel();
            assertThat(answer.get().kind()).isEqualTo(Kind.STOPPED);
            assertThat(answer.get().steps()).hasSize(1);
        } finally {
            hold.countDown();
        }
    }

    @Test
    void a_trial_and_the_request_shown_before_speak_the_same() {
        open(says("ready"));
        var trial = rig.desk.tryIt(rig.desk.settings(), null, Deadline.in(Patience.LONG));
        assertThat(trial).isInstanceOf(ModelDesk.Trial.Answered.class);
        var seen =
                rig.answerer().firstRequest(ModelRig.question(ASKED), Deadline.in(Patience.LONG));
        assertThat(seen).contains(ASKED, "table_sizes", "\"max_tokens\"");
        assertThat(server.asked()).hasSize(1);
    }
}
