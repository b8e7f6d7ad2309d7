package io.lakebaseops.ask.model;

import static io.lakebaseops.testing.ScriptedModel.breaksOff;
import static io.lakebaseops.testing.ScriptedModel.fails;
import static io.lakebaseops.testing.ScriptedModel.says;
import static io.lakebaseops.testing.ScriptedModel.stalls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.ask.model.ModelDesk.Trial;
import io.lakebaseops.config.ModelFile;
import io.lakebaseops.config.ModelSettings;
import io.lakebaseops.config.ModelSettings.Caps;
import io.lakebaseops.config.ModelSettings.Provider;
import io.lakebaseops.config.ProfileSecrets;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.testing.ScriptedModel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class ModelDeskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEY = "key-of-the-test-4711";

    @TempDir Path home;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ModelDesk desk;

    @BeforeEach
    void open() {
        var secrets = new ProfileSecrets(home, Map.of(), threads);
        desk =
                new ModelDesk(
                        new ModelFile(home),
                        secrets,
                        () -> {
                            throw new AssertionError("nothing is kept of a trial");
                        },
                        threads);
    }

    @AfterEach
    void close() {
        threads.close();
    }

    static ModelSettings at(URI url) {
        return new ModelSettings(
                true,
                Provider.OPENAI_COMPATIBLE,
                url,
                "scripted",
                ModelSettings.KEY_SECRET,
                Caps.USUAL,
                null,
                null);
    }

    private Trial tried(ScriptedModel model, Duration time) {
        return desk.tryIt(at(model.url()), null, Deadline.in(time));
    }

    private Trial.Failed failed(ScriptedModel.Line line, Duration time) {
        try (var model = new ScriptedModel(line)) {
            return (Trial.Failed) tried(model, time);
        }
    }

    @Test
    void one_question_says_what_came_and_what_it_took() {
        desk.saveKey(ModelSettings.OFF, KEY, ProfileSecrets.Place.FILE);
        assertThat(desk.hasKey(ModelSettings.OFF)).isTrue();
        try (var model = new ScriptedModel(says("ready, as you see"))) {
            var trial = (Trial.Answered) tried(model, PATIENCE);
            assertThat(trial.words()).isEqualTo("ready, as you see");
            assertThat(trial.tokensIn()).isEqualTo(100);
            assertThat(trial.tokensOut()).isEqualTo(20);
            assertThat(model.keys()).containsExactly("Bearer " + KEY);
            var asked = model.asked().getFirst();
            assertThat(asked.path("model").asText()).isEqualTo("scripted");
            assertThat(asked.path("messages")).hasSize(1);
        }
    }

    @Test
    void a_key_that_was_typed_is_used_and_not_kept() {
        try (var model = new ScriptedModel(says("ready"))) {
            desk.tryIt(at(model.url()), KEY, Deadline.in(PATIENCE));
            assertThat(model.keys()).containsExactly("Bearer " + KEY);
        }
        assertThat(desk.hasKey(ModelSettings.OFF)).isFalse();
    }

    @Test
    void what_went_wrong_is_said_without_the_key() {
        desk.saveKey(ModelSettings.OFF, KEY, ProfileSecrets.Place.FILE);
        var denied = failed(fails(401, "{\"error\":\"no such key: " + KEY + "\"}"), PATIENCE);
        assertThat(denied.why()).contains("HTTP 401", "***").doesNotContain(KEY);
        assertThat(denied.remedy()).isEqualTo("check the key");
        assertThat(failed(fails(404, "no such model"), PATIENCE).remedy())
                .contains("name of the model");
        assertThat(failed(fails(500, "<html>oops</html>"), PATIENCE).why()).contains("HTTP 500");
        assertThat(failed(breaksOff("rea"), PATIENCE).why()).contains("broke off");
        assertThat(failed(fails(200, "<html>a page</html>"), PATIENCE).why()).isNotBlank();
    }

    @Test
    void a_server_that_stalls_or_is_not_there_ends_in_time() {
        var open = new CountDownLatch(1);
        var late = failed(stalls("rea", open), Duration.ofMillis(300));
        open.countDown();
        assertThat(late.why()).contains("did not end in time");
        var url = URI.create("http://127.0.0.1:1/v1");
        var gone = (Trial.Failed) desk.tryIt(at(url), null, Deadline.in(PATIENCE));
        assertThat(gone.why()).contains("http://127.0.0.1:1", "cannot be reached");
    }

    @Test
    void stopping_ends_it_at_once() throws Exception {
        var open = new CountDownLatch(1);
        try (var model = new ScriptedModel(stalls("rea", open))) {
            var deadline = Deadline.in(PATIENCE);
            var trial = threads.submit(() -> desk.tryIt(at(model.url()), null, deadline));
            while (model.asked().isEmpty()) {
                Thread.onSpinWait();
            }
            deadline.cancel();
            assertThat(((Trial.Failed) trial.get()).why()).isEqualTo("stopped");
        } finally {
            open.countDown();
        }
    }

    @Test
    void a_busy_server_is_asked_again_when_it_says_soon() {
        ScriptedModel.Line busy =
                exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", "0");
                    exchange.sendResponseHeaders(429, -1);
                };
        try (var model = new ScriptedModel(busy, says("ready"))) {
            assertThat(tried(model, PATIENCE)).isInstanceOf(Trial.Answered.class);
            assertThat(model.asked()).hasSize(2);
        }
        assertThat(failed(fails(429, "slow down"), PATIENCE).remedy()).contains("wait a moment");
    }

    @Test
    void a_redirect_is_not_followed() {
        try (var other = new ScriptedModel(says("stolen"))) {
            ScriptedModel.Line redirect =
                    exchange -> {
                        exchange.getResponseHeaders().set("Location", other.url().toString());
                        exchange.sendResponseHeaders(307, -1);
                    };
            assertThat(failed(redirect, PATIENCE).why()).contains("HTTP 307");
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void without_a_choice_nothing_is_asked() throws Exception {
        var trial = desk.tryIt(ModelSettings.OFF, null, Deadline.in(PATIENCE));
        assertThat(((Trial.Failed) trial).why()).contains("no model is chosen");
        assertThat(desk.settings()).isEqualTo(ModelSettings.OFF);
        assertThat(Files.exists(home.resolve(ModelFile.NAME))).isFalse();
    }

    @Test
    void consent_is_kept() {
        desk.save(at(URI.create("https://models.example/v1")));
        assertThat(desk.settings().consented()).isFalse();
        desk.agree(true);
        assertThat(desk.settings().consented()).isTrue();
        desk.agree(false);
        assertThat(desk.settings().consented()).isFalse();
    }
}
