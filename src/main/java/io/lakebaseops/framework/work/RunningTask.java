package io.lakebaseops.framework.work;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/// One piece of work of a [TaskExecutor] on its way from start to result. The first to settle it
/// wins: its task, a cancel, or the deadline.
final class RunningTask<T> implements Work<T>, TaskContext {
    private static final Logger log = LoggerFactory.getLogger(RunningTask.class);

    private final UUID id = UUID.randomUUID();
    private final TaskSpec<T> order;
    private final TaskExecutor room;
    private final Instant startedAt;
    private final Deadline deadline;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Thread thread;
    private OpsException.@Nullable Kind stopped;
    private boolean undisturbed;
    private boolean interrupted;
    private boolean settled;
    private volatile double progress = -1;
    private volatile String message = "";

    RunningTask(TaskSpec<T> order, TaskExecutor room, Instant startedAt) {
        this.order = order;
        this.room = room;
        this.startedAt = startedAt;
        this.deadline = Deadline.in(order.timeout());
    }

    /// The body of the work's thread, and the boundary where any failure becomes a result.
    void run() {
        lock.lock();
        try {
            if (settled) {
                return;
            }
            thread = Thread.currentThread();
            if (interrupted) {
                // Stopped before it had a thread: it runs into what it would have been hit by.
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
        try {
            settle(order.task().run(this), null);
        } catch (Throwable failure) { // boundary: nothing a task throws may end its thread unseen
            settle(null, explain(failure));
        } finally {
            leaveThread();
        }
    }

    /// The room is closing: nothing is started any more.
    void refuse() {
        settle(null, stoppedBy(OpsException.Kind.CANCELLED, null));
    }

    private void leaveThread() {
        lock.lock();
        try {
            thread = null;
            if (stopped != null) {
                // On a borrowed thread our own interrupt must not hit the next job.
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    private OpsException explain(Throwable failure) {
        var stop = stopReason();
        // Work that was stopped may know more than that: what was done until then, and what is
        // left.
        if (failure instanceof OpsException ops && ops.kind() == stop) {
            return ops;
        }
        if (stop != null) {
            return stoppedBy(stop, failure);
        }
        if (failure instanceof OpsException ops) {
            return ops;
        }
        if (failure instanceof InterruptedException) {
            return stoppedBy(OpsException.Kind.CANCELLED, failure);
        }
        log.error("{} failed unexpectedly", order.title(), failure);
        return new OpsException(
                OpsException.Kind.INTERNAL,
                order.title(),
                failure.toString(),
                "see the log for where it happened",
                failure);
    }

    private OpsException stoppedBy(OpsException.Kind kind, @Nullable Throwable cause) {
        return kind == OpsException.Kind.TIMEOUT
                ? new OpsException(
                        kind,
                        order.title(),
                        "did not finish within " + order.timeout().toMillis() + " ms",
                        "check the target's load or raise the timeout",
                        cause)
                : new OpsException(
                        kind, order.title(), "cancelled", "run it again when ready", cause);
    }

    private OpsException.@Nullable Kind stopReason() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private void settle(@Nullable T value, @Nullable OpsException failure) {
        lock.lock();
        try {
            if (settled) {
                log.info("{} ended after it had been given up; its result is dropped", title());
                return;
            }
            settled = true;
        } finally {
            lock.unlock();
        }
        room.ended(this);
        if (failure == null) {
            complete(value);
        } else {
            fail(failure);
        }
    }

    private void fail(OpsException failure) {
        var whenFailed = order.whenFailed();
        if (whenFailed == null) {
            result.completeExceptionally(failure);
            return;
        }
        try {
            complete(whenFailed.apply(failure));
        } catch (RuntimeException e) { // boundary: a waiting caller must get an answer
            log.error("Result of failed {} could not be made", title(), e);
            result.completeExceptionally(failure);
        }
    }

    @SuppressWarnings("NullAway") // null only where the task's own T allows it
    private void complete(@Nullable T value) {
        result.complete(value);
    }

    /// First stage of stopping: run the registered cancel actions, then interrupt.
    void stop(OpsException.Kind why) {
        lock.lock();
        try {
            if (settled || undisturbed || stopped != null) {
                return;
            }
            stopped = why;
        } finally {
            lock.unlock();
        }
        // Cancel actions may talk to a server, so they get a thread of their own.
        room.launch("stop " + title(), this::interruptTask);
        room.after(order.grace().dividedBy(2), "give up " + title(), this::giveUp);
    }

    private void interruptTask() {
        try {
            deadline.cancel();
        } finally {
            lock.lock();
            try {
                // What cleans up behind itself is not cut off from its servers.
                interrupted = !deadline.shielded();
                if (interrupted
                        && thread != null
                        && !thread.equals(Thread.currentThread())
                        && !undisturbed) {
                    thread.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /// Second stage: the task reacts to nothing, its caller is let go.
    private void giveUp() {
        var why = stopReason();
        if (deadline.shielded() && !done()) {
            room.after(order.grace().dividedBy(2), "give up " + title(), this::giveUp);
            return;
        }
        if (why != null && !done()) {
            log.warn("{} does not react to being stopped; it is left behind", title());
            settle(null, stoppedBy(why, null));
        }
    }

    @Override
    public void finishUndisturbed() {
        lock.lock();
        try {
            if (stopped != null || settled) {
                throw stoppedBy(stopped == null ? OpsException.Kind.CANCELLED : stopped, null);
            }
            undisturbed = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public String title() {
        return order.title();
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public double progress() {
        return progress;
    }

    @Override
    public String message() {
        return message;
    }

    @Override
    public void progress(double fraction, String what) {
        progress = fraction;
        message = what;
    }

    @Override
    public boolean done() {
        return result.isDone();
    }

    @Override
    public void cancel() {
        stop(OpsException.Kind.CANCELLED);
    }

    @Override
    public T join() {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException(
                    OpsException.Kind.CANCELLED,
                    "waiting for " + title(),
                    "the waiting thread was interrupted",
                    "",
                    e);
        } catch (ExecutionException e) {
            throw asOps(e.getCause());
        }
    }

    @Override
    public @Nullable T resultOrNull() {
        try {
            return result.getNow(null);
        } catch (CompletionException e) {
            throw asOps(e.getCause());
        }
    }

    private OpsException asOps(@Nullable Throwable cause) {
        return cause instanceof OpsException ops
                ? ops
                : new OpsException(
                        OpsException.Kind.INTERNAL, title(), String.valueOf(cause), "", cause);
    }
}
