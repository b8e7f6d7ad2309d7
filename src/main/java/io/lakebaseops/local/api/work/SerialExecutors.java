package io.lakebaseops.local.api.work;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Runs background work for the same resource one after another. Work naming the same resource runs
/// one after another, in the order it was handed in; other work runs beside it. Virtual threads
/// throughout.
public final class SerialExecutors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutors.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Map<String, CompletableFuture<Boolean>> tails = new HashMap<>();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("local-operation-", 0).factory());

    /// Runs `work` once everything handed in before for any of `resources` has ended.
    public synchronized void submit(Collection<String> resources, Runnable work) {
        List<CompletableFuture<Boolean>> before =
                resources.stream().map(tails::get).filter(Objects::nonNull).toList();
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        resources.forEach(r -> tails.put(r, end));
        threads.execute(
                () -> {
                    try {
                        before.forEach(CompletableFuture::join);
                        work.run();
                    } finally {
                        leave(resources, end);
                        end.complete(true);
                    }
                });
    }

    private synchronized void leave(Collection<String> resources, CompletableFuture<Boolean> end) {
        resources.forEach(r -> tails.remove(r, end));
    }

    /// Interrupts what runs and waits for it, so that nothing reaches for a closed machine room.
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("background work still runs after {}", STOP_LIMIT);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
