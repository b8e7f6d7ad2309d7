package io.lakebaseops.framework;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.Ticker;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Keeps every known server measured in one rhythm, whatever screen is open. Which servers there
/// are is listed once a minute, never per round.
public final class FleetWatch implements AutoCloseable {
    private static final Duration LISTED_EVERY = Duration.ofMinutes(1);

    private final Supplier<List<TargetId>> known;
    private final Predicate<TargetId> resting;
    private final Function<TargetId, Ticker.Ticking> watch;
    private final Map<TargetId, Ticker.Ticking> watched = new HashMap<>();
    private final Ticker.Ticking ticking;
    private boolean closed;

    /// @param known blocking
    /// @param resting servers to be left alone for now, so that they may be suspended
    public FleetWatch(
            Supplier<List<TargetId>> known,
            Predicate<TargetId> resting,
            Function<TargetId, Ticker.Ticking> watch,
            TaskExecutor room,
            Ticker ticker) {
        this.known = known;
        this.resting = resting;
        this.watch = watch;
        room.launch("list servers to watch", this::list);
        ticking =
                ticker.every(
                        "fleet watch",
                        LISTED_EVERY,
                        () -> room.launch("list servers to watch", this::list));
    }

    private void list() {
        var wanted = new HashSet<TargetId>();
        for (var target : known.get()) {
            if (!resting.test(target)) {
                wanted.add(target);
            }
        }
        follow(wanted);
    }

    private synchronized void follow(HashSet<TargetId> wanted) {
        if (closed) {
            return;
        }
        for (var target : List.copyOf(watched.keySet())) {
            if (!wanted.contains(target)) {
                watched.remove(target).close();
            }
        }
        wanted.forEach(target -> watched.computeIfAbsent(target, watch));
    }

    @Override
    public synchronized void close() {
        closed = true;
        ticking.close();
        watched.values().forEach(Ticker.Ticking::close);
        watched.clear();
    }
}
