package io.lakebaseops.local.api.work;

import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.compute.ComputeException;
import io.lakebaseops.local.compute.MachineRoom;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How many bytes does a branch hold? Measured by the machine room, at most every few seconds, as a
/// list of branches would otherwise measure all of them again and again.
public final class Sizes {
    private static final Logger LOG = LoggerFactory.getLogger(Sizes.class);
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final MachineRoom room;
    private final Map<String, Measured> known = new ConcurrentHashMap<>();

    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    private record Measured(long bytes, long nanos) {}

    public Sizes(MachineRoom room) {
        this.room = room;
    }

    /// The measured size; 0 while the branch is being made. An old figure is given once more while
    /// a new one is taken: a branch that is being copied cannot be measured for seconds.
    public long of(BranchRow branch) {
        Measured last = known.get(branch.uid());
        if (branch.state() != BranchRow.State.READY) {
            return last == null ? 0 : last.bytes;
        }
        if (last == null) {
            measure(branch);
        } else if (System.nanoTime() - last.nanos > FRESH.toNanos() && underWay.add(branch.uid())) {
            Thread.ofVirtual().name("local-size-" + branch.uid()).start(() -> measure(branch));
        }
        Measured now = known.get(branch.uid());
        return now == null ? 0 : now.bytes;
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
