package io.lakebaseops.local.api.work;

import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.compute.ComputeHost;
import io.lakebaseops.local.compute.server.ComputeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Measured sizes of branches. Measured by the machine room, at most every few seconds, as a list
/// of branches would otherwise measure all of them again and again.
public final class Sizes {
    private static final Logger LOG = LoggerFactory.getLogger(Sizes.class);
    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final ComputeHost room;
    private final Map<String, Measured> known = new ConcurrentHashMap<>();

    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    private record Measured(long bytes, long nanos) {}

    public Sizes(ComputeHost room) {
        this.room = room;
    }

    /// The last measured size; empty while there is none. A branch that is being copied, or whose
    /// server starts, cannot be measured for seconds: nobody waits longer than a moment for it.
    public OptionalLong of(BranchRow branch) {
        Measured last = known.get(branch.uid());
        if (branch.state() != BranchRow.State.READY) {
            return last == null ? OptionalLong.empty() : OptionalLong.of(last.bytes);
        }
        boolean stale = last == null || System.nanoTime() - last.nanos > FRESH.toNanos();
        if (stale && underWay.add(branch.uid())) {
            Thread measuring =
                    Thread.ofVirtual()
                            .name("local-size-" + branch.uid())
                            .start(() -> measure(branch));
            if (last == null) {
                await(measuring);
            }
        }
        Measured now = known.get(branch.uid());
        return now == null ? OptionalLong.empty() : OptionalLong.of(now.bytes);
    }

    private static void await(Thread measuring) {
        try {
            measuring.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void measure(BranchRow branch) {
        try {
            long bytes = room.logicalSizeBytes(branch.uid());
            known.put(branch.uid(), new Measured(bytes, System.nanoTime()));
        } catch (ComputeException e) {
            LOG.warn("size of {} cannot be measured", branch.name(), e);
        } finally {
            underWay.remove(branch.uid());
        }
    }
}
