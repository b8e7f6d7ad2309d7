package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.ConnectionBudget.Use;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The connections we hold to one server: at most three, whatever its databases, profiles and jobs.
/// A connection is closed as soon as its session is; only one to a target's main database is kept
/// for the next look, and when the server's free slots run short, that one goes too.
final class ServerConnections implements AutoCloseable {
    /// Open sessions keep a compute from being suspended, so an idle one goes soon.
    private static final Duration IDLE = Duration.ofSeconds(30);

    /// Below the hour a Lakebase token lives.
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(45);

    private static final Duration ALIVE_CHECK_AFTER = Duration.ofMillis(500);
    private static final int ALIVE_CHECK_SECONDS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnections.class);

    private final ConnectionOpener opener;
    private final Executor background;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Map<Use, Deque<Object>> queues = new EnumMap<>(Use.class);
    private final ConnectionBudget budget = new ConnectionBudget();
    private final Set<OpenConnection> open = new HashSet<>();
    private @Nullable OpenConnection kept;
    private boolean closed;
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong waitedNanos = new AtomicLong();
    private final LoadMeter meter = new LoadMeter(System::nanoTime);

    ServerConnections(ConnectionOpener opener, Executor background) {
        this.opener = opener;
        this.background = background;
        for (var use : Use.values()) {
            queues.put(use, new ArrayDeque<>());
        }
    }

    /// A connection for one session; waits for a slot until the deadline.
    OpenConnection take(Connector connector, Use use, Deadline deadline) {
        var what = "Connecting to " + connector.target() + "/" + connector.database();
        deadline.check(what);
        var ready = reserve(connector, use, deadline, what);
        if (ready != null && usable(ready, deadline)) {
            return ready;
        }
        return admitted(opener.open(connector, use, deadline, what, () -> giveUp(use)), what);
    }

    private Deque<Object> queueOf(Use use) {
        return Objects.requireNonNull(queues.get(use), "every use has a queue");
    }

    /// Takes a permit, or with it a connection that fits and is free or already this thread's.
    private @Nullable OpenConnection reserve(
            Connector connector, Use use, Deadline deadline, String what) {
        lock.lock();
        try {
            var mine = ofThisThread(connector, use);
            if (mine != null) {
                mine.sessions++;
                return mine;
            }
            if (use == Use.VISIT && budget.shortOfSlots()) {
                throw budget.slotsShort(what);
            }
            var place = new Object();
            var queue = queueOf(use);
            queue.addLast(place);
            try (var _ = deadline.onCancel(this::wake)) {
                while (queue.peekFirst() != place || !makeRoom(connector, use)) {
                    await(use, deadline, what);
                }
                return occupy(connector, use);
            } finally {
                queue.remove(place);
                freed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable OpenConnection ofThisThread(Connector connector, Use use) {
        return !use.reads()
                ? null
                : open.stream()
                        .filter(c -> c.use == use && c.sessions > 0 && !c.spoilt)
                        .filter(c -> c.owner == Thread.currentThread())
                        .filter(c -> c.connector.equals(connector))
                        .findFirst()
                        .orElse(null);
    }

    /// A kept connection for something else is closed first; its room comes free when it is gone.
    private boolean makeRoom(Connector connector, Use use) {
        if (kept != null && kept.connector.equals(connector)) {
            return true;
        }
        if (budget.room(use)) {
            return true;
        }
        if (kept != null) {
            retire(kept);
        }
        return false;
    }

    private @Nullable OpenConnection occupy(Connector connector, Use use) {
        var idle = kept;
        if (idle != null && idle.connector.equals(connector)) {
            kept = null;
            idle.sessions = 1;
            idle.owner = Thread.currentThread();
            return idle;
        }
        budget.taken(use);
        return null;
    }

    private void await(Use use, Deadline deadline, String what) {
        try {
            if (deadline.expired() && !deadline.cancelled()) {
                throw budget.busy(what);
            }
            deadline.check(what);
            if (holdsOne()) {
                throw budget.busy(what);
            }
            // Not for ever: a signal that came before the wait began must not be missed.
            var _ =
                    freed.await(
                            Math.min(deadline.remaining().toMillis() + 1, 250),
                            TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException(
                    OpsException.Kind.CANCELLED, what, "interrupted", "run it again", e);
        }
    }

    /// Who holds a connection and waits for another one may wait for itself.
    private boolean holdsOne() {
        return open.stream().anyMatch(c -> c.sessions > 0 && c.owner == Thread.currentThread());
    }

    private void wake() {
        lock.lock();
        try {
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A connection that idled may be dead; then its permit is used for a new one.
    private boolean usable(OpenConnection ready, Deadline deadline) {
        if (ready.sessions > 1) {
            return true;
        }
        long idle = System.nanoTime() - ready.idleSince;
        boolean good = System.nanoTime() - ready.openedAt < LONGEST_LIFE.toNanos();
        try {
            if (good && idle > ALIVE_CHECK_AFTER.toNanos()) {
                long seconds = Math.clamp(deadline.remaining().toSeconds(), 1, ALIVE_CHECK_SECONDS);
                good = ready.physical.isValid((int) seconds);
            }
            if (good && !budget.knowsSlots()) {
                heard(opener.slots(ready));
            }
        } catch (SQLException e) {
            LOG.debug("A kept connection is lost: {}", e.getMessage());
            good = false;
        }
        if (!good) {
            end(ready);
            lock.lock();
            try {
                open.remove(ready);
            } finally {
                lock.unlock();
            }
        }
        return good;
    }

    private OpenConnection admitted(OpenConnection fresh, String what) {
        heard(fresh.start);
        lock.lock();
        try {
            open.add(fresh);
            if (!closed && !(fresh.use == Use.VISIT && budget.shortOfSlots())) {
                return fresh;
            }
        } finally {
            lock.unlock();
        }
        fresh.sessions = 0;
        closeNow(fresh);
        throw closed
                ? new OpsException(OpsException.Kind.CANCELLED, what, "the console is closing", "")
                : budget.slotsShort(what);
    }

    private void heard(SessionStart now) {
        lock.lock();
        try {
            budget.heard(now);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(Use use) {
        lock.lock();
        try {
            budget.givenBack(use);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The session is over: keep the connection, or close it and free its slot.
    void release(OpenConnection c) {
        lock.lock();
        try {
            if (c.sessions == 0 || --c.sessions > 0) {
                return;
            }
            boolean keep =
                    c.use == Use.MAIN
                            && !c.spoilt
                            && !closed
                            && kept == null
                            && !budget.shortOfSlots()
                            && queues.values().stream().allMatch(Deque::isEmpty);
            if (keep) {
                kept = c;
                c.idleSince = System.nanoTime();
                CompletableFuture.delayedExecutor(
                                IDLE.toMillis(), TimeUnit.MILLISECONDS, background)
                        .execute(() -> closeIdle(c, c.idleSince));
                return;
            }
        } finally {
            lock.unlock();
        }
        background.execute(() -> closeNow(c));
    }

    private void closeIdle(OpenConnection c, long since) {
        lock.lock();
        try {
            if (kept == c && c.idleSince == since) {
                retire(c);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Closes the kept one; until its backend is gone its slot counts as taken.
    private void retire(OpenConnection idle) {
        kept = null;
        background.execute(() -> closeNow(idle));
    }

    private void closeNow(OpenConnection c) {
        end(c);
        lock.lock();
        try {
            open.remove(c);
            budget.givenBack(c.use);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the server's process is gone: only then is the slot free for somebody else.
    private static void end(OpenConnection c) {
        try {
            SynchronousCloseSocketFactory.<SQLException>waiting(c.physical::close);
        } catch (SQLException e) {
            LOG.debug("Closing a connection to {}: {}", c.connector.target(), e.getMessage());
        }
    }

    /// @param module of the SQL library
    void sent(String module, long nanos) {
        meter.sent(module, nanos);
        statements.incrementAndGet();
        waitedNanos.addAndGet(nanos);
    }

    OwnLoad load() {
        lock.lock();
        try {
            return new OwnLoad(
                    open.stream().map(c -> c.start.pid()).toList(),
                    statements.get(),
                    Duration.ofNanos(waitedNanos.get()),
                    meter.lastHour());
        } finally {
            lock.unlock();
        }
    }

    /// Closes what idles to a target that is gone; what is in use is closed by its user.
    void forget(TargetId target) {
        lock.lock();
        try {
            open.stream()
                    .filter(c -> c.connector.target().equals(target))
                    .forEach(c -> c.spoilt = true);
            if (kept != null && kept.connector.target().equals(target)) {
                retire(kept);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<OpenConnection> left;
        lock.lock();
        try {
            closed = true;
            kept = null;
            left = List.copyOf(open);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(ServerConnections::end);
    }
}
