package io.lakebaseops.ask.model;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The HTTP client below the libraries of the models. It sends on the thread that asks, ends with
/// the deadline or as soon as that is cancelled, follows no redirect, and hands over what it sends.
///
/// @param sent hears the body before it leaves
record ModelHttp(java.net.http.HttpClient client, Deadline deadline, Consumer<String> sent)
        implements HttpClient {
    /// Texts of models are short; a server that sends more is none.
    private static final long MOST_BYTES = 8L << 20;

    /// What Anthropic says instead of 503.
    private static final int OVERLOADED = 529;

    private static final int MOST_OF_ERROR = 2_000;

    /// A busy server is asked once more when it says that it takes no longer than this.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    HttpClientBuilder builder() {
        return new Given(this);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try (var body = send(request).body()) {
            return SuccessfulHttpResponse.builder()
                    .statusCode(200)
                    .body(body.readAllBytes())
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException(message(e), e);
        }
    }

    @Override
    public void execute(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        HttpResponse<TimedBody> response;
        try {
            response = send(request);
        } catch (IOException | HttpException e) {
            listener.onError(e);
            return;
        }
        var body = response.body();
        try (var _ = deadline.onCancel(body::close);
                body) {
            listener.onOpen(
                    SuccessfulHttpResponse.builder()
                            .statusCode(response.statusCode())
                            .headers(response.headers().map())
                            .build());
            parser.parse(body, listener);
            listener.onClose();
        }
    }

    private HttpResponse<TimedBody> send(HttpRequest request) throws IOException {
        var body = request.body() == null ? "" : request.body();
        sent.accept(body);
        var response = once(request, body);
        if (busy(response.statusCode())) {
            var wait = wait(response);
            if (wait.compareTo(PATIENCE) <= 0 && wait.compareTo(deadline.remaining()) < 0) {
                response.body().close();
                deadline.pause("Wait for the model", wait);
                response = once(request, body);
            }
        }
        if (response.statusCode() / 100 != 2) {
            try (var error = response.body()) {
                var text = new String(error.readNBytes(MOST_OF_ERROR), StandardCharsets.UTF_8);
                throw new HttpException(response.statusCode(), Format.printable(text.strip()));
            }
        }
        return response;
    }

    private static boolean busy(int status) {
        return status == 429 || status == 503 || status == OVERLOADED;
    }

    private static Duration wait(HttpResponse<?> response) {
        var after = response.headers().firstValue("Retry-After").orElse("").strip();
        return after.matches("\\d{1,5}")
                ? Duration.ofSeconds(Long.parseLong(after))
                : Duration.ofDays(1);
    }

    private HttpResponse<TimedBody> once(HttpRequest request, String body) throws IOException {
        var to =
                java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                        .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        request.headers().forEach((name, all) -> all.forEach(v -> to.header(name, v)));
        var answer = client.sendAsync(to.build(), _ -> new TimedBody(deadline, MOST_BYTES));
        try (var _ = deadline.onCancel(() -> answer.cancel(true))) {
            return answer.get(deadline.remaining().toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer in time", e);
        } catch (java.util.concurrent.CancellationException e) {
            throw new IOException("stopped", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private static String message(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /// Hands over the one client, whatever it is told.
    private record Given(HttpClient client) implements HttpClientBuilder {
        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(15);
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return Duration.ofMinutes(10);
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }
}
