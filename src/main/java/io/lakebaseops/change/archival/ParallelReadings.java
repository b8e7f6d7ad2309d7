package io.lakebaseops.change.archival;

import io.lakebaseops.change.archival.RowsDigest.Content;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.state.ArchivalStore.Portion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Portions read back from the archive, a few at a time and in order, each by a thread of its own.
final class ParallelReadings implements AutoCloseable {
    private static final int AT_ONCE = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);

    private final ColdStore cold;
    private final ArchiveOrder order;
    private final Iterator<Portion> waiting;
    private final Map<Integer, FutureTask<Content>> begun = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    ParallelReadings(ColdStore cold, ArchiveOrder order, List<Portion> portions) {
        this.cold = cold;
        this.order = order;
        this.waiting = portions.iterator();
        for (int i = 0; i < AT_ONCE; i++) {
            begin();
        }
    }

    private void begin() {
        if (waiting.hasNext()) {
            int number = waiting.next().number();
            var task = new FutureTask<>(() -> RowsDigest.of(cold, order, number));
            begun.put(number, task);
            threads.add(Thread.ofVirtual().name("archive-reader").start(task));
        }
    }

    /// To be asked for in the order of the portions.
    Content of(Portion portion) {
        var task = begun.remove(portion.number());
        if (task == null) {
            throw new IllegalStateException("Portion " + portion.number() + " is out of order");
        }
        try {
            var content = task.get();
            begin();
            return content;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("Reading back failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while the archive was read back");
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
