package io.lakebaseops.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// JSON sent by POST. An answer counts only when all of it came in time; what is said about a
/// failure never holds the address or a header, which are secrets here.
final class HttpPost {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int ANSWER_BYTES = 64 * 1024;
    private static final int QUOTED = 200;

    /// Nobody is told a day late because a server said so.
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Executor executor;
    private final Duration patience;
    private @Nullable HttpClient client;

    HttpPost(Executor executor, Duration patience) {
        this.executor = executor;
        this.patience = patience;
    }

    /// Made when first needed: it has a thread of its own.
    private synchronized HttpClient client() {
        var there = client;
        if (there == null) {
            there =
                    HttpClient.newBuilder()
                            .executor(executor)
                            .connectTimeout(patience)
                            // A redirect would take the secrets elsewhere.
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .build();
            client = there;
        }
        return there;
    }

    sealed interface Answer {
        /// @param json missing when the body is no JSON
        record Accepted(String body, JsonNode json) implements Answer {}

        record Failed(SendResult result) implements Answer {}
    }

    static byte[] bytes(Object tree) {
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts always prints", e);
        }
    }

    Answer post(URI uri, Map<String, String> headers, byte[] body) {
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(patience)
                        .header("Content-Type", "application/json; charset=utf-8")
                        .header("User-Agent", "LakebaseOps")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        var sent =
                client().sendAsync(
                                request.build(),
                                BodyHandlers.limiting(
                                        BodyHandlers.ofString(StandardCharsets.UTF_8),
                                        ANSWER_BYTES));
        try {
            return answer(sent.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            sent.cancel(true);
            return later("no answer within " + Format.duration(patience), null);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            return later("interrupted", null);
        } catch (ExecutionException e) {
            return later(words(e.getCause(), uri.getHost()), null);
        }
    }

    private static String words(@Nullable Throwable cause, String host) {
        return switch (cause) {
            case java.net.http.HttpTimeoutException _ -> host + " did not answer in time";
            case UnknownHostException _ -> host + " is not known";
            case ConnectException _ -> host + " cannot be reached";
            case IOException e -> "the connection to %s broke (%s)".formatted(host, simple(e));
            case null -> "the connection to %s broke".formatted(host);
            default -> "%s could not be asked (%s)".formatted(host, simple(cause));
        };
    }

    private static String simple(Throwable e) {
        return e.getClass().getSimpleName();
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        var body = response.body();
        if (status >= 200 && status < 300) {
            return new Answer.Accepted(body, json(body));
        }
        var reason = ("HTTP %d %s").formatted(status, quoted(body)).strip();
        return status == 408 || status == 425 || status == 429 || status >= 500
                ? later(reason, wait(response))
                : new Answer.Failed(new SendResult.Refused(reason));
    }

    static String quoted(String body) {
        var line = Format.printable(body.strip());
        return line.length() <= QUOTED ? line : line.substring(0, QUOTED) + " …";
    }

    private static Answer later(String reason, @Nullable Duration after) {
        return new Answer.Failed(new SendResult.Later(reason, after));
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // "ok" of a Slack webhook, the empty body of a Teams workflow.
            return MissingNode.getInstance();
        }
    }

    /// `Retry-After` in seconds, or as a date.
    static @Nullable Duration wait(HttpResponse<?> response) {
        var text = response.headers().firstValue("Retry-After").orElse("").strip();
        try {
            var after =
                    text.matches("\\d{1,9}")
                            ? Duration.ofSeconds(Long.parseLong(text))
                            : text.isEmpty()
                                    ? null
                                    : Duration.between(
                                            Instant.now(),
                                            ZonedDateTime.parse(
                                                            text,
                                                            DateTimeFormatter.RFC_1123_DATE_TIME)
                                                    .toInstant());
            if (after == null || after.isNegative()) {
                return null;
            }
            return after.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : after;
        } catch (DateTimeException e) {
            // Not a date: as if it had said nothing.
            return null;
        }
    }
}
