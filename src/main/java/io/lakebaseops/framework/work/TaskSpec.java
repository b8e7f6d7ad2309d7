package io.lakebaseops.framework.work;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Function;

/// A piece of background work: what is to be done, and for how long it may take.
///
/// @param title names the work on screen and its thread
/// @param timeout after it the task's deadline has passed
/// @param grace how much longer a task may take to notice; it is interrupted half-way through it
///     and left behind at its end
/// @param whenFailed turns a failure into a result; null = `join` throws it
public record TaskSpec<T>(
        String title,
        Duration timeout,
        Duration grace,
        Task<T> task,
        @Nullable Function<OpsException, T> whenFailed) {

    /// Long enough for a cancel request to travel to a server and back, short for a person.
    public static final Duration GRACE = Duration.ofSeconds(2);

    public TaskSpec {
        if (title.isBlank()) {
            throw new IllegalArgumentException("Work needs a title");
        }
        if (timeout.isNegative() || timeout.isZero() || grace.isNegative()) {
            throw new IllegalArgumentException("Work needs a time to end: " + title);
        }
    }

    public static <T> TaskSpec<T> of(String title, Duration timeout, Task<T> task) {
        return new TaskSpec<>(title, timeout, GRACE, task, null);
    }
}
