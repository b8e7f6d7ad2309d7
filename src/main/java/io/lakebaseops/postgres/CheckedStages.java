package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.connection.ConnectionStage;
import io.lakebaseops.domain.connection.ConnectionStage.Name;
import io.lakebaseops.domain.connection.ConnectionStage.State;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The stages of a connection's test while they happen: each is timed, told to whoever looks on,
/// and left at the deadline or on cancel whatever the network does.
final class CheckedStages {
    /// What a stage found: in words, and for the stages behind it.
    record Found<T>(T value, String words) {}

    private final List<ConnectionStage> stages = new ArrayList<>();
    private final Consumer<List<ConnectionStage>> live;
    private final Executor background;
    private final Deadline deadline;

    CheckedStages(
            List<Name> names,
            Consumer<List<ConnectionStage>> live,
            Executor background,
            Deadline deadline) {
        names.forEach(n -> stages.add(ConnectionStage.coming(n)));
        this.live = live;
        this.background = background;
        this.deadline = deadline;
    }

    List<ConnectionStage> list() {
        return List.copyOf(stages);
    }

    /// @param most the longest it may take, within the deadline
    /// @param late gets what arrived after nobody waited any more
    <T> T run(Name name, Duration most, Callable<Found<T>> work, Consumer<T> late)
            throws Exception {
        set(name, State.RUNNING, "", Duration.ZERO);
        long began = System.nanoTime();
        try {
            var found = within(name, most, work, late);
            set(name, State.DONE, found.words(), since(began));
            return found.value();
        } catch (Exception e) {
            set(name, State.FAILED, "", since(began));
            throw e;
        }
    }

    private <T> Found<T> within(Name name, Duration most, Callable<Found<T>> work, Consumer<T> late)
            throws Exception {
        var what = "Test of the connection, " + name.words();
        deadline.check(what);
        var answer = new CompletableFuture<Found<T>>();
        background.execute(
                () -> {
                    try {
                        var found = work.call();
                        if (!answer.complete(found)) {
                            late.accept(found.value());
                        }
                    } catch (Throwable e) { // boundary: handed to the one who waits
                        answer.completeExceptionally(e);
                    }
                });
        var left = deadline.remaining();
        var time = left.compareTo(most) < 0 ? left : most;
        try (var _ = deadline.onCancel(() -> answer.cancel(false))) {
            return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (CancellationException e) {
            throw new OpsException(
                    OpsException.Kind.CANCELLED, what, "cancelled", "run it again", e);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new OpsException(
                    OpsException.Kind.TIMEOUT,
                    what,
                    "no answer within %d s".formatted(Math.max(1, time.toSeconds())),
                    "check the address, and whether a firewall drops the packets",
                    e);
        }
    }

    void skip(Name name, String why) {
        set(name, State.SKIPPED, why, Duration.ZERO);
    }

    void fail(Name name, String why) {
        set(name, State.FAILED, why, took(name));
    }

    /// What was meant to be one stage turned out to be two: the first worked.
    void done(Name name, String words) {
        set(name, State.DONE, words, took(name));
    }

    void coming(Name name) {
        set(name, State.COMING, "", Duration.ZERO);
    }

    private Duration took(Name name) {
        return stages.stream()
                .filter(s -> s.name() == name)
                .findFirst()
                .map(ConnectionStage::took)
                .orElse(Duration.ZERO);
    }

    private void set(Name name, State state, String text, Duration took) {
        stages.replaceAll(s -> s.name() == name ? new ConnectionStage(name, state, text, took) : s);
        live.accept(list());
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
