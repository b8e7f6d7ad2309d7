package io.lakebaseops.console;

import io.lakebaseops.framework.work.Work;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/// Work that stands where it is put.
public record FakeWork<T>(
        UUID id,
        String title,
        Instant startedAt,
        double progress,
        String message,
        boolean finished,
        @Nullable T result,
        AtomicBoolean cancelled)
        implements Work<T> {

    public FakeWork(
            String title, double progress, String message, boolean done, @Nullable T result) {
        this(
                UUID.randomUUID(),
                title,
                FakeShop.NOW,
                progress,
                message,
                done,
                result,
                new AtomicBoolean());
    }

    @Override
    public boolean done() {
        return finished || cancelled.get();
    }

    @Override
    public void cancel() {
        cancelled.set(true);
    }

    @Override
    public T join() {
        return result;
    }

    @Override
    public @Nullable T resultOrNull() {
        return result;
    }
}
