package io.lakebaseops.local.api.work;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// In which order is background work done? Work naming the same resource runs one after another, in
/// the order it was handed in; other work runs beside it. Virtual threads throughout.
public final class Lanes implements AutoCloseable {
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

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
