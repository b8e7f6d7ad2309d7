package io.lakebaseops.app;

import io.lakebaseops.domain.plan.FiledPlan;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Hands plan events to the ledgers, in the order they happened. Each ledger has a lane of its own,
/// so that a slow server holds up no other, and closing waits for what is still to be written: a
/// command ends right after its plan.
final class PlanEventDispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PlanEventDispatcher.class);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Lane> lanes = new ArrayList<>();

    private record Lane(String name, Consumer<FiledPlan> ledger, ExecutorService thread) {}

    PlanEventDispatcher with(String name, Consumer<FiledPlan> ledger) {
        var thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().name(name).factory());
        lanes.add(new Lane(name, ledger, thread));
        return this;
    }

    void accept(FiledPlan plan) {
        for (var lane : lanes) {
            try {
                lane.thread().execute(() -> write(lane, plan));
            } catch (RejectedExecutionException e) {
                // The change itself must go on to its end.
                log.warn("{} is closed and did not take plan {}", lane.name(), plan.id());
            }
        }
    }

    private static void write(Lane lane, FiledPlan plan) {
        try {
            lane.ledger().accept(plan);
        } catch (RuntimeException e) { // boundary: one entry that fails must not end the lane
            log.error("{} did not take plan {}", lane.name(), plan.id(), e);
        }
    }

    @Override
    public void close() {
        lanes.forEach(lane -> lane.thread().shutdown());
        for (var lane : lanes) {
            try {
                if (!lane.thread().awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    log.warn(
                            "{}: {} entries were not written",
                            lane.name(),
                            lane.thread().shutdownNow().size());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
