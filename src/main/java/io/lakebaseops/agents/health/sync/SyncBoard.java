package io.lakebaseops.agents.health.sync;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.reconcile.CheckMonitor;
import io.lakebaseops.reconcile.CheckProgress;
import io.lakebaseops.reconcile.TablePair;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The checks under way in this process: how far each is, and the hold a person puts on it. Kept in
/// memory; what a check found is in the state database.
public final class SyncBoard {
    private final Map<TargetId, Running> running = new ConcurrentHashMap<>();

    /// One check of a target at a time.
    public static final class Running {
        private final TablePair pair;
        private final Deadline deadline;
        private final AtomicReference<CheckProgress> progress = new AtomicReference<>();
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition resumed = lock.newCondition();
        private boolean paused;

        private Running(TablePair pair, Deadline deadline) {
            this.pair = pair;
            this.deadline = deadline;
        }

        public TablePair pair() {
            return pair;
        }

        public Optional<CheckProgress> progress() {
            return Optional.ofNullable(progress.get());
        }

        public boolean paused() {
            lock.lock();
            try {
                return paused;
            } finally {
                lock.unlock();
            }
        }

        /// Holds it before its next read, or lets it go on.
        public void pause(boolean hold) {
            lock.lock();
            try {
                paused = hold;
                resumed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        public void cancel() {
            deadline.cancel();
            pause(false);
        }

        private void waitWhilePaused() {
            lock.lock();
            try (var _ = deadline.onCancel(() -> pause(false))) {
                while (paused && !deadline.cancelled()) {
                    if (!resumed.await(
                            Math.max(1, deadline.remaining().toMillis()), TimeUnit.MILLISECONDS)) {
                        break;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                deadline.cancel();
            } finally {
                lock.unlock();
            }
            deadline.check("Comparing " + pair.source());
        }
    }

    public Optional<Running> running(TargetId target) {
        return Optional.ofNullable(running.get(target));
    }

    /// Follows one check until closed.
    Watch watch(TablePair pair, Deadline deadline) {
        var mine = new Running(pair, deadline);
        running.put(pair.target(), mine);
        return new Watch(mine);
    }

    final class Watch implements CheckMonitor, AutoCloseable {
        private final Running mine;

        private Watch(Running mine) {
            this.mine = mine;
        }

        @Override
        public void at(CheckProgress progress) {
            mine.progress.set(progress);
        }

        @Override
        public void waitWhilePaused(Deadline deadline) {
            mine.waitWhilePaused();
        }

        @Override
        public void close() {
            running.remove(mine.pair.target(), mine);
        }
    }
}
