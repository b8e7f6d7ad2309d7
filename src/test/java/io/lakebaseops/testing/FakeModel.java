package io.lakebaseops.testing;

import io.lakebaseops.ask.model.ModelDesk;
import io.lakebaseops.config.ModelFile;
import io.lakebaseops.config.ModelSettings;
import io.lakebaseops.config.ProfileSecrets;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.ModelUse;
import io.lakebaseops.domain.answer.Reading;
import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.domain.answer.Sentence.Phrase;
import io.lakebaseops.state.ModelRequests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// The settings of a language model in a folder of its own; off, until a test switches it on.
public final class FakeModel implements ModelRequests {
    public final List<ModelRequest> sent = new CopyOnWriteArrayList<>();
    private final ModelDesk desk;

    public FakeModel() {
        Path home;
        try {
            home = Files.createTempDirectory("lakebaseops-model");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        home.toFile().deleteOnExit();
        home.resolve(ModelFile.NAME).toFile().deleteOnExit();
        desk =
                new ModelDesk(
                        new ModelFile(home),
                        new ProfileSecrets(home, Map.of(), Runnable::run),
                        () -> this,
                        Runnable::run);
    }

    /// On, at a server nobody asks.
    public void switchOn() {
        desk.save(
                new ModelSettings(
                        true,
                        ModelSettings.Provider.OPENAI_COMPATIBLE,
                        URI.create("https://models.example.com/v1"),
                        "databricks-claude-sonnet",
                        ModelSettings.KEY_SECRET,
                        ModelSettings.Caps.USUAL,
                        null,
                        null));
    }

    /// The first request for a question, much shortened.
    public static String request(String question) {
        return """
        {"model": "databricks-claude-sonnet", "messages": [
          {"role": "system", "content": "You are the assistant of LakebaseOps, a console for administrators of PostgreSQL and Databricks Lakebase.\\nThe server is shop, branch production.\\n<data 4f1c09aa>\\ntables, the largest first: shop.orders, shop.inventory, web.events\\nroles: checkout, reporting\\n</data 4f1c09aa>"},
          {"role": "user", "content": "%s"}],
         "stream": true,
         "tools": [{"type": "function", "function": {"name": "detect_unused_indexes", "description": "Finds indexes nothing uses"}}]}
        """
                .formatted(question);
    }

    /// An answer as a model words it, with one sentence that does not stand.
    public static Answer worded(Answer read, Instant now) {
        var verdict =
                List.of(
                        new Sentence(
                                List.of(
                                        new Phrase("3 indexes", true),
                                        new Phrase(" are not used since 27 Oct; they take ", false),
                                        new Phrase("292 MB", true),
                                        new Phrase(".", false)),
                                null),
                        new Sentence(
                                List.of(
                                        new Phrase("Dropping them makes writes ", false),
                                        new Phrase("18 %", true),
                                        new Phrase(" faster.", false)),
                                "no result has the figure “18 %”"),
                        new Sentence(
                                List.of(
                                        new Phrase("\n• ", false),
                                        new Phrase("orders_coupon_idx", true),
                                        new Phrase(" is the largest of them.", false)),
                                null));
        return new Answer(
                read.id(),
                read.kind(),
                new Reading(
                        Reading.BY_MODEL, "databricks-claude-sonnet", 1, List.of(), "live", null),
                verdict,
                read.tone(),
                read.evidence(),
                List.of(),
                read.actions(),
                List.of(),
                read.steps(),
                List.of(),
                List.of(),
                null,
                new ModelUse(
                        "databricks-claude-sonnet",
                        2,
                        12_480,
                        391,
                        Duration.ofMillis(4_210),
                        1,
                        new BigDecimal("0.043305")),
                null,
                now,
                Duration.ofMillis(4_820));
    }

    /// As if a question had gone to the server.
    public void sends(UUID answer, String question, Instant now) {
        put(
                new ModelRequest(
                        answer,
                        "mira",
                        question,
                        "https://models.example.com",
                        "databricks-claude-sonnet",
                        2,
                        request(question),
                        12_480,
                        391,
                        now));
    }

    public ModelDesk desk() {
        return desk;
    }

    @Override
    public void put(ModelRequest request) {
        sent.removeIf(r -> r.id().equals(request.id()));
        sent.addFirst(request);
    }

    @Override
    public Optional<ModelRequest> of(UUID answer) {
        return sent.stream().filter(r -> r.id().equals(answer)).findFirst();
    }

    @Override
    public List<ModelRequest> of(String person, int limit) {
        return sent.stream().filter(r -> r.askedBy().equals(person)).limit(limit).toList();
    }
}
