package io.lakebaseops.ask.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;

import io.lakebaseops.config.ModelSettings;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Objects;
import java.util.function.Consumer;

/// A language model at its server: one request, its answer as it comes. What is said of a failure
/// never holds the key.
final class ModelClient {
    /// Characters of one token, where a server does not count.
    private static final int CHARACTERS = 4;

    /// Of one answer; Anthropic asks for a limit.
    private static final int LONGEST = 4_096;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ModelSettings settings;
    private final String key;
    private final java.net.http.HttpClient http;

    /// @param key empty where the server asks for none
    ModelClient(ModelSettings settings, String key, java.net.http.HttpClient http) {
        this.settings = settings;
        this.key = key;
        this.http = http;
    }

    /// @param ended why it is not whole: it had no more room, or the server would not go on
    record Reply(AiMessage message, long tokensIn, long tokensOut, @Nullable String ended) {}

    /// Does a request with results of functions have to declare them, though none may be called?
    boolean declaresFunctions() {
        return settings.provider() == ModelSettings.Provider.ANTHROPIC;
    }

    /// What a request looks like on its way.
    String written(ChatRequest request) {
        var text = new StringBuilder();
        var nowhere =
                new ModelHttp(
                        http,
                        Deadline.in(java.time.Duration.ZERO),
                        body -> {
                            text.append(body);
                            throw new Unsent();
                        });
        try {
            model(nowhere.builder()).chat(request, new Collected(_ -> {}, Long.MAX_VALUE));
        } catch (Unsent _) {
            return text.toString();
        }
        return text.toString();
    }

    /// Ends a request that is only to be seen.
    private static final class Unsent extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// Blocks until the answer is whole.
    ///
    /// @param most tokens it may have
    /// @param words its text as it comes
    /// @param sent the request as it leaves
    /// @throws OpsException when there is no answer, or it broke off
    Reply ask(
            ChatRequest request,
            long most,
            Consumer<String> words,
            Consumer<String> sent,
            Deadline deadline) {
        var written = new StringBuilder();
        var wire =
                new ModelHttp(
                        http,
                        deadline,
                        body -> {
                            written.append(body);
                            sent.accept(body);
                        });
        var collected = new Collected(words, most);
        try {
            model(wire.builder()).chat(request, collected);
        } catch (OpsException e) {
            throw e;
        } catch (RuntimeException e) {
            // boundary: the library throws what it was handed, in classes of its own
            throw failure(e, deadline);
        }
        var error = collected.error;
        if (error != null) {
            throw failure(error, deadline);
        }
        return collected.reply(written.length());
    }

    private StreamingChatModel model(HttpClientBuilder client) {
        var url = String.valueOf(settings.url());
        return switch (settings.provider()) {
            case OPENAI_COMPATIBLE ->
                    OpenAiStreamingChatModel.builder()
                            .httpClientBuilder(client)
                            .baseUrl(url)
                            .apiKey(key.isEmpty() ? "none" : key)
                            .modelName(settings.model())
                            .build();
            case ANTHROPIC ->
                    AnthropicStreamingChatModel.builder()
                            .httpClientBuilder(client)
                            .baseUrl(url.endsWith("/") ? url : url + "/")
                            .apiKey(key.isEmpty() ? "none" : key)
                            .modelName(settings.model())
                            .maxTokens(LONGEST)
                            .build();
        };
    }

    private static final class Collected implements StreamingChatResponseHandler {
        private final Consumer<String> words;
        private final long most;
        private final StringBuilder text = new StringBuilder();
        private @Nullable ChatResponse whole;
        private @Nullable Throwable error;
        private boolean cut;

        Collected(Consumer<String> words, long most) {
            this.words = words;
            this.most = most;
        }

        @Override
        public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
            if (cut) {
                return;
            }
            text.append(part.text());
            words.accept(part.text());
            if (text.length() / CHARACTERS > most) {
                cut = true;
                context.streamingHandle().cancel();
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole = response;
        }

        @Override
        public void onError(Throwable e) {
            error = e;
        }

        Reply reply(long characters) {
            var response = whole;
            if (cut) {
                return new Reply(
                        AiMessage.from(text.toString()),
                        characters / CHARACTERS,
                        text.length() / CHARACTERS,
                        "the limit of tokens is reached");
            }
            if (response == null || response.finishReason() == null) {
                throw new OpsException(
                        OpsException.Kind.UNREACHABLE,
                        "The language model",
                        "its answer broke off",
                        "ask again");
            }
            var usage = response.tokenUsage();
            var message = response.aiMessage();
            long said =
                    Objects.requireNonNullElse(message.text(), "").length()
                            + message.toolExecutionRequests().stream()
                                    .mapToInt(r -> r.name().length() + r.arguments().length())
                                    .sum();
            return new Reply(
                    message,
                    usage == null || usage.inputTokenCount() == null
                            ? characters / CHARACTERS
                            : usage.inputTokenCount(),
                    usage == null || usage.outputTokenCount() == null
                            ? said / CHARACTERS
                            : usage.outputTokenCount(),
                    message.hasToolExecutionRequests()
                            ? null
                            : ended(response.finishReason(), said));
        }
    }

    private static @Nullable String ended(FinishReason reason, long said) {
        return switch (reason) {
            case STOP, TOOL_EXECUTION -> null;
            case OTHER -> said > 0 ? null : "the server refused to answer";
            case LENGTH -> "its answer reached the length of one answer and ends there";
            case CONTENT_FILTER -> "the server refused to answer";
        };
    }

    private OpsException failure(Throwable error, Deadline deadline) {
        var server = settings.server();
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (e instanceof OpsException known) {
                return known;
            }
            if (e instanceof HttpException answered) {
                return refused(answered);
            }
            if (e instanceof ConnectException) {
                return failed(server + " cannot be reached", "see whether it runs", error);
            }
            if (e instanceof java.net.UnknownHostException) {
                return failed(server + " is not known", "correct its address", error);
            }
            if (e instanceof IOException) {
                return deadline.cancelled()
                        ? new OpsException(
                                OpsException.Kind.CANCELLED,
                                "The language model",
                                "stopped",
                                "",
                                error)
                        : failed(
                                deadline.expired()
                                        ? "it did not end in time"
                                        : "the connection to " + server + " broke off",
                                "ask again",
                                error);
            }
        }
        return error instanceof LangChain4jException && error.getMessage() != null
                ? failed("it ended with an error: " + shown(error.getMessage()), "ask again", error)
                : failed("what it sent is not understood", "see which protocol it speaks", error);
    }

    private OpsException refused(HttpException e) {
        var shown = shown(words(String.valueOf(e.getMessage())));
        var remedy =
                switch (e.statusCode()) {
                    case 401, 403 -> "check the key";
                    case 404 -> "check the address and the name of the model";
                    case 429 -> "wait a moment, or raise the limit at the server";
                    case 400, 422 -> "see whether the model takes functions";
                    default -> "ask again later";
                };
        return new OpsException(
                e.statusCode() == 401 || e.statusCode() == 403
                        ? OpsException.Kind.DENIED
                        : OpsException.Kind.UNREACHABLE,
                "The language model",
                "HTTP %d %s".formatted(e.statusCode(), shown).strip(),
                remedy);
    }

    /// The sentence in an error's JSON, where it is one: `{"error": {"message": "…"}}`.
    private static String words(String body) {
        try {
            var said = JSON.readTree(body).at("/error/message").asText();
            return said.isBlank() ? body : said;
        } catch (JsonProcessingException e) {
            return body; // it is shown as it is
        }
    }

    private String shown(String text) {
        var plain = Format.printable(key.isEmpty() ? text : text.replace(key, "***"));
        return plain.length() <= 200 ? plain : plain.substring(0, 200) + " …";
    }

    private static OpsException failed(String why, String remedy, Throwable cause) {
        return new OpsException(
                OpsException.Kind.UNREACHABLE, "The language model", why, remedy, cause);
    }
}
