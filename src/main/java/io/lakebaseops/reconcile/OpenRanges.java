package io.lakebaseops.reconcile;

import java.util.concurrent.atomic.AtomicInteger;

/// Which ranges of keys nobody has taken yet, from the last to the first, and which are known.
final class OpenRanges {
    private final AtomicInteger next;
    private final boolean[] known;

    OpenRanges(int count) {
        this.next = new AtomicInteger(count);
        this.known = new boolean[count];
    }

    /// Negative: there is none left.
    int take() {
        return next.decrementAndGet();
    }

    void stop() {
        next.set(0);
    }

    int count() {
        return known.length;
    }

    /// @return the first of those at the end that are all known
    int known(int range) {
        known[range] = true;
        int first = known.length;
        while (first > 0 && known[first - 1]) {
            first--;
        }
        return first;
    }
}
