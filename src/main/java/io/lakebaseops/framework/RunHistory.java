package io.lakebaseops.framework;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The last runs in memory. A repeat of the live view takes the place of the one before it, else a
/// round every five seconds would push out all else within minutes.
final class RunHistory {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<ToolReport> reports = new ArrayDeque<>();

    RunHistory(int capacity) {
        this.capacity = capacity;
    }

    void add(ToolReport report) {
        lock.lock();
        try {
            if (LivePoller.isRoutine(report)) {
                reports.removeIf(
                        r ->
                                LivePoller.isRoutine(r)
                                        && r.tool().equals(report.tool())
                                        && r.target().equals(report.target()));
            }
            reports.addFirst(report);
            if (reports.size() > capacity) {
                reports.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }

    List<ToolReport> recent(int limit) {
        lock.lock();
        try {
            return reports.stream().limit(limit).toList();
        } finally {
            lock.unlock();
        }
    }
}
