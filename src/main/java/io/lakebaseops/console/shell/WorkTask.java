package io.lakebaseops.console.shell;

import io.lakebaseops.framework.work.Work;

import javafx.concurrent.Task;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.LockSupport;

/// Shows a piece of background work as the JavaFX task ControlsFX draws; cancelling one cancels the
/// other.
final class WorkTask extends Task<@Nullable Void> {
    private static final long LOOK_EVERY_NANOS = 250_000_000;

    private final Work<?> work;

    WorkTask(Work<?> work) {
        this.work = work;
        updateTitle(work.title());
        updateMessage(work.message());
        updateProgress(work.progress(), 1);
        setOnCancelled(_ -> work.cancel());
    }

    Work<?> work() {
        return work;
    }

    @Override
    protected @Nullable Void call() {
        while (!work.done() && !isCancelled()) {
            updateMessage(work.message());
            updateProgress(work.progress(), 1);
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return null;
    }
}
