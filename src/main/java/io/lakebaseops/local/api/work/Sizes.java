package io.lakebaseops.local.api.work;

import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.compute.MachineRoom;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many bytes does a branch hold? Measured by the machine room, at most every few seconds, as a
/// list of branches would otherwise measure all of them again and again.
public final class Sizes {
    private static final Logger LOG = LoggerFactory.getLogger(Sizes.class);
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final MachineRoom room;
    private final Map<String, Measured> known = new ConcurrentHashMap<>();

    private record Measured(long bytes, long nanos) {}

    public Sizes(MachineRoom room) {
        this.room = room;
    }

    /// The measured size; 0 while the branch is being made.
    public long of(BranchRow branch) {
        Measured last = known.get(branch.uid());
        if (branch.state() != BranchRow.State.READY
                || (last != null && System.nanoTime() - last.nanos < FRESH.toNanos())) {
            return last == null ? 0 : last.bytes;
        }
        try {
            Measured now = new Measured(room.logicalSizeBytes(branch.uid()), System.nanoTime());
            known.put(branch.uid(), now);
            return now.bytes;
        } catch (RuntimeException e) {
            LOG.warn("size of {} cannot be measured", branch.name(), e);
            return last == null ? 0 : last.bytes;
        }
    }
}
