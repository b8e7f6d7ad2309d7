package io.lakebaseops.framework.work;

import io.lakebaseops.domain.OpsException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Owns the threads of the product. This room: a virtual thread per piece of work, named after it,
/// and one platform thread that ticks the clock and watches deadlines.
public final class TaskExecutor implements AutoCloseable, Ticker {
    private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);

    /// Enough for cancel requests to reach a server, short enough for someone closing a window.
    public static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Clock clock;
    private final Launcher launcher;
    private final Duration closeWithin;
    private final ScheduledThreadPoolExecutor clockThread;
    private final Map<UUID, RunningTask<?>> running = new ConcurrentHashMap<>();
    private final Set<Thread> busy = ConcurrentHashMap.newKeySet();
    private final ReentrantLock leaving = new ReentrantLock();
    private final Condition left = leaving.newCondition();
    private volatile boolean closed;

    public TaskExecutor(Clock clock, Launcher launcher, Duration closeWithin) {
        this.clock = clock;
        this.launcher = launcher;
        this.closeWithin = closeWithin;
        clockThread =
                new ScheduledThreadPoolExecutor(
                        1,
                        body ->
                                Thread.ofPlatform()
                                        .name("lakebaseops-clock")
                                        .daemon()
                                        .unstarted(body));
        clockThread.setRemoveOnCancelPolicy(true);
        clockThread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    public static TaskExecutor open(Clock clock) {
        return new TaskExecutor(clock, Launcher.virtualThreads(), CLOSE_WITHIN);
    }

    /// Everything happens on the caller's thread; for tests.
    public static TaskExecutor inline(Clock clock) {
        return new TaskExecutor(clock, Launcher.inline(), CLOSE_WITHIN);
    }

    public <T> Work<T> start(TaskSpec<T> order) {
        var work = new RunningTask<>(order, this, clock.instant());
        if (closed) {
            work.refuse();
            return work;
        }
        running.put(work.id(), work);
        var interruptAt = order.timeout().plus(order.grace().dividedBy(2));
        var watch =
                after(
                        interruptAt,
                        "deadline of " + order.title(),
                        () -> work.stop(OpsException.Kind.TIMEOUT));
        launch(
                order.title(),
                () -> {
                    try {
                        work.run();
                    } finally {
                        watch.close();
                    }
                });
        return work;
    }

    /// Runs something short that nobody waits for; it handles its own failures.
    public void launch(String name, Runnable body) {
        launcher.launch(
                name,
                () -> {
                    var thread = Thread.currentThread();
                    boolean first = busy.add(thread);
                    try {
                        body.run();
                    } catch (RuntimeException e) { // boundary: a thread's last chance to say why
                        log.error("{} failed", name, e);
                    } finally {
                        if (first) {
                            leave(thread);
                        }
                    }
                });
    }

    private void leave(Thread thread) {
        leaving.lock();
        try {
            busy.remove(thread);
            left.signalAll();
        } finally {
            leaving.unlock();
        }
    }

    /// For code that wants an executor; its threads are this room's.
    public Executor executor(String name) {
        return body -> launch(name, body);
    }

    Ticking after(Duration delay, String name, Runnable action) {
        if (clockThread.isShutdown()) {
            return () -> {};
        }
        var future =
                clockThread.schedule(
                        () -> launch(name, action), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /// Fixed delay, not fixed rate: after a sleep of the machine there is one tick, not a burst.
    @Override
    public Ticking every(String name, Duration pace, Runnable tick) {
        var future =
                clockThread.scheduleWithFixedDelay(
                        () -> {
                            try {
                                tick.run();
                            } catch (RuntimeException e) { // boundary: the clock goes on ticking
                                log.error("Tick of {} failed", name, e);
                            }
                        },
                        pace.toNanos(),
                        pace.toNanos(),
                        TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /// What is going on now, oldest first.
    public List<Work<?>> running() {
        return running.values().stream()
                .<Work<?>>map(w -> w)
                .sorted(Comparator.comparing((Work<?> w) -> w.startedAt()))
                .toList();
    }

    void ended(RunningTask<?> work) {
        running.remove(work.id());
    }

    /// Cancels everything, waits, interrupts what is left, and returns within the bound either way.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        running.values().forEach(Work::cancel);
        long end = System.nanoTime() + closeWithin.toNanos();
        try {
            awaitQuiet(end - closeWithin.toNanos() / 3);
            busy.forEach(Thread::interrupt);
            awaitQuiet(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clockThread.shutdownNow();
        if (!quiet()) {
            log.warn("Closed while still busy: {}", busy.stream().map(Thread::getName).toList());
        }
    }

    private void awaitQuiet(long until) throws InterruptedException {
        leaving.lock();
        try {
            long rest = until - System.nanoTime();
            while (!quiet() && rest > 0) {
                rest = left.awaitNanos(rest);
            }
        } finally {
            leaving.unlock();
        }
    }

    private boolean quiet() {
        return busy.isEmpty() || (busy.size() == 1 && busy.contains(Thread.currentThread()));
    }
}
