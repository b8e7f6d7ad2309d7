package io.lakebaseops.local.api.work;

import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.compute.server.ComputeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Takes base backups and frees old history, as the projects' history retention says. As far as its
/// project's history retention says: here base backups are taken in time and what is older is
/// freed, on a thread of its own.
public final class HistoryKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryKeeper.class);
    private static final long STOP_SECONDS = 10;

    private final ApiContext plane;
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("local-history").factory());

    public HistoryKeeper(ApiContext plane) {
        this.plane = plane;
    }

    public void start(Duration every) {
        long millis = every.toMillis();
        var _ = ticker.scheduleWithFixedDelay(this::tendAll, millis, millis, TimeUnit.MILLISECONDS);
    }

    /// Waits for a backup that is under way to notice its interruption.
    @Override
    public void close() {
        ticker.shutdownNow();
        try {
            if (!ticker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a base backup still runs after {} s", STOP_SECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The boundary of the ticking thread: a failed round must not end the ticking.
    private void tendAll() {
        try {
            List<BranchRow> ready =
                    plane.read(
                            s ->
                                    s.branches().values().stream()
                                            .filter(b -> b.state() == BranchRow.State.READY)
                                            .toList());
            ready.forEach(this::tend);
        } catch (RuntimeException e) {
            LOG.warn("history was not kept; the next round tries again", e);
        }
    }

    private void tend(BranchRow branch) {
        Optional<Duration> window =
                plane.read(
                        s ->
                                Optional.ofNullable(s.projects().get(Names.parent(branch.name())))
                                        .map(p -> p.settings().historyRetention()));
        if (window.isEmpty() || plane.workspace().frozen()) {
            return;
        }
        Instant keepFrom = plane.now().minus(window.get());
        try {
            plane.room().tendHistory(branch.uid(), keepFrom);
        } catch (ComputeException e) {
            LOG.warn("history of {} was not kept; the next round tries again", branch.name(), e);
        }
    }
}
