package io.lakebaseops.agents.provisioning.project;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Which call to the control plane is the last of a provisioning? Stands between the two, counts,
/// and holds the chosen one for good: all that is left to do is to kill the process.
final class DeadlyProxy implements AutoCloseable {
    /// When it dies around its n-th call.
    enum Moment {
        /// The server has carried the call out; the process never sees the answer.
        BEFORE_THE_REPLY,
        /// The process has seen the answer and done all it does before its next call, which the
        /// server never sees.
        BEFORE_THE_NEXT
    }

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String server;
    private final int number;
    private final Moment moment;
    private final HttpServer listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder().executor(threads).build();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> reached = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// @param number of the last call, from 1; 0 stops nobody
    DeadlyProxy(String server, int number, Moment moment) {
        this.server = server;
        this.number = number;
        this.moment = moment;
        try {
            listener =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.setExecutor(threads);
        listener.createContext("/", this::handle);
        listener.start();
    }

    String host() {
        return "http://127.0.0.1:" + listener.getAddress().getPort();
    }

    /// Completed once the last call is held.
    CompletableFuture<Boolean> reached() {
        return reached;
    }

    /// `POST /api/2.0/postgres/projects`, in order.
    List<String> calls() {
        return List.copyOf(calls);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int now;
            synchronized (this) {
                calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
                now = calls.size();
            }
            if (number > 0 && now > number) {
                hold(); // the server never hears of this one
                return;
            }
            var reply = passOn(exchange);
            if (now == number && moment == Moment.BEFORE_THE_REPLY) {
                hold();
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.statusCode(), reply.body().length);
            exchange.getResponseBody().write(reply.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private java.net.http.HttpResponse<byte[]> passOn(HttpExchange exchange)
            throws IOException, InterruptedException {
        var body = exchange.getRequestBody().readAllBytes();
        var request =
                HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI()))
                        .timeout(PATIENCE)
                        .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        for (var name : List.of("Authorization", "Content-Type")) {
            var value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private void hold() throws InterruptedException {
        reached.complete(true);
        closed.await();
    }

    @Override
    public void close() {
        closed.countDown();
        listener.stop(0);
        http.shutdownNow();
        threads.shutdownNow();
    }
}
