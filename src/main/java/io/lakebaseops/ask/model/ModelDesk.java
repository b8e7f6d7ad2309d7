package io.lakebaseops.ask.model;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;

import io.lakebaseops.config.ModelFile;
import io.lakebaseops.config.ModelSettings;
import io.lakebaseops.config.ProfileSecrets;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.state.ModelRequests;
import io.lakebaseops.state.ModelRequests.ModelRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The settings of the language model: read, changed, tried, and what it was last sent. All of it
/// blocks on files, the keychain or the network.
public final class ModelDesk {
    private static final String TRIAL = "Reply with the one word: ready";

    private final ModelFile file;
    private final ProfileSecrets secrets;
    private final Supplier<ModelRequests> requests;
    private final Executor threads;
    private @Nullable HttpClient http;

    /// @param threads of the HTTP client
    public ModelDesk(
            ModelFile file,
            ProfileSecrets secrets,
            Supplier<ModelRequests> requests,
            Executor threads) {
        this.file = file;
        this.secrets = secrets;
        this.requests = requests;
        this.threads = threads;
    }

    /// What a trial came to.
    public sealed interface Trial {
        /// @param words what the model said
        record Answered(String words, long tokensIn, long tokensOut, Duration took)
                implements Trial {}

        /// @param remedy what to do about it; may be empty
        record Failed(String why, String remedy, Duration took) implements Trial {}
    }

    public ModelSettings settings() {
        return content().settings();
    }

    /// What is wrong in the file.
    public List<String> troubles() {
        return content().troubles();
    }

    private ModelFile.Content content() {
        try {
            return file.read();
        } catch (IOException e) {
            throw unusable("cannot be read: " + e.getMessage(), e);
        }
    }

    public void save(ModelSettings settings) {
        try {
            file.write(settings);
        } catch (IOException e) {
            throw unusable("cannot be written: " + e.getMessage(), e);
        }
    }

    private static OpsException unusable(String why, IOException cause) {
        return new OpsException(
                OpsException.Kind.INTERNAL,
                "The settings of the language model",
                why,
                "check the file " + ModelFile.NAME,
                cause);
    }

    public boolean hasKey(ModelSettings settings) {
        return secrets.get(settings.keySecret()).isPresent();
    }

    public void saveKey(ModelSettings settings, String key, ProfileSecrets.Place place) {
        secrets.put(settings.keySecret(), key, place);
    }

    public void removeKey(ModelSettings settings) {
        secrets.remove(settings.keySecret());
    }

    /// A person agreed that questions go to the server of the settings, or takes that back.
    public void agree(boolean to) {
        save(settings().agreed(to));
    }

    /// Asks a model for one word. Nothing of any server is sent.
    ///
    /// @param key one that was typed; null for the one that is kept
    public Trial tryIt(ModelSettings settings, @Nullable String key, Deadline deadline) {
        long begin = System.nanoTime();
        try {
            if (settings.url() == null || settings.model().isBlank()) {
                return new Trial.Failed(
                        "no model is chosen", "give an address and a name", Duration.ZERO);
            }
            var reply =
                    client(settings, key)
                            .ask(
                                    ChatRequest.builder().messages(UserMessage.from(TRIAL)).build(),
                                    settings.caps().tokens(),
                                    _ -> {},
                                    _ -> {},
                                    deadline);
            return new Trial.Answered(
                    Objects.requireNonNullElse(reply.message().text(), "").strip(),
                    reply.tokensIn(),
                    reply.tokensOut(),
                    since(begin));
        } catch (OpsException e) {
            return new Trial.Failed(e.why(), e.remedy(), since(begin));
        }
    }

    /// What left this machine for the last question of a person, whole.
    public Optional<ModelRequest> lastSent(String person) {
        return requests.get().of(person, 1).stream().findFirst();
    }

    /// What left this machine for an answer, whole.
    public Optional<ModelRequest> sentFor(UUID answer) {
        return requests.get().of(answer);
    }

    ModelRequests requests() {
        return requests.get();
    }

    ModelClient client(ModelSettings settings, @Nullable String key) {
        var known = key != null ? key : secrets.get(settings.keySecret()).orElse("");
        return new ModelClient(settings, known, http());
    }

    /// Made when first needed: it has a thread of its own.
    private synchronized HttpClient http() {
        var there = http;
        if (there == null) {
            there =
                    HttpClient.newBuilder()
                            .executor(threads)
                            .connectTimeout(Duration.ofSeconds(15))
                            // A redirect would take the key elsewhere.
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .version(HttpClient.Version.HTTP_1_1)
                            .build();
            http = there;
        }
        return there;
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
