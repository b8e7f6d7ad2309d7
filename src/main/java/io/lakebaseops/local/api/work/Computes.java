package io.lakebaseops.local.api.work;

import io.lakebaseops.local.api.state.EndpointRow;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.Sizing;
import io.lakebaseops.local.api.state.Workspace;
import io.lakebaseops.local.compute.ComputeHost;
import io.lakebaseops.local.compute.ComputeHost.ComputeState;
import io.lakebaseops.local.compute.ComputeHost.EndpointSpec;
import io.lakebaseops.local.compute.ComputeHost.EndpointStatus;
import io.lakebaseops.local.compute.server.ComputeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Starts, stops and changes the computes of endpoints. A change of an endpoint returns before its
/// compute has followed; until then `pending` tells where it is heading.
public final class Computes {
    private static final Logger LOG = LoggerFactory.getLogger(Computes.class);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final ComputeHost room;
    private final Workspace workspace;
    private final SerialExecutors lanes;
    private final OperationDelay pace;
    private final Map<String, String> pending = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    public Computes(
            ComputeHost room, Workspace workspace, SerialExecutors lanes, OperationDelay pace) {
        this.room = room;
        this.workspace = workspace;
        this.lanes = lanes;
        this.pace = pace;
    }

    /// Brings the compute to what the endpoint's row says, in the background.
    public void settle(String endpoint) {
        EndpointRow row = workspace.read(s -> s.endpoints().get(endpoint));
        if (row == null) {
            return;
        }
        pending.put(row.uid(), row.disabled() ? "IDLE" : "ACTIVE");
        lanes.submit(List.of(Names.parent(endpoint)), () -> follow(endpoint, row.uid()));
    }

    public void close(EndpointRow row) {
        pending.remove(row.uid());
        problems.remove(row.uid());
        if (open.remove(row.uid())) {
            room.closeEndpoint(row.uid());
        }
    }

    /// Frees what only this endpoint has: its port, a standby's files.
    public void drop(EndpointRow row, String branchUid) {
        close(row);
        room.dropEndpoint(branchUid, row.uid());
    }

    /// The state being approached (`ACTIVE`, `IDLE`); empty once there.
    public Optional<String> pending(EndpointRow row) {
        return Optional.ofNullable(pending.get(row.uid()));
    }

    /// The state as the API names it.
    public String current(EndpointRow row) {
        if (problems.containsKey(row.uid())) {
            return "DEGRADED";
        }
        EndpointStatus status = status(row);
        if (status == null) {
            return "INIT";
        }
        return switch (status.state()) {
            case STARTING -> "INIT";
            case RUNNING -> "ACTIVE";
            case STOPPED -> "IDLE";
            case FAILED -> "DEGRADED";
        };
    }

    /// Null while its port is not open yet.
    public @Nullable EndpointStatus status(EndpointRow row) {
        if (!open.contains(row.uid())) {
            return null;
        }
        try {
            return room.status(row.uid());
        } catch (ComputeException e) {
            LOG.debug("{} was closed while it was looked at", row.name(), e);
            return null;
        }
    }

    private void follow(String endpoint, String uid) {
        EndpointRow row = workspace.read(s -> s.endpoints().get(endpoint));
        if (row == null || !pending.containsKey(uid)) {
            pending.remove(uid);
            return;
        }
        try {
            if (open.contains(uid) && !problems.containsKey(uid)) {
                room.updateEndpoint(spec(row));
            } else {
                // What a failed start left open would stand in the way of the next try.
                room.closeEndpoint(uid);
                // Its port shows while its compute still starts: a client may connect and wait.
                open.add(uid);
                room.openEndpoint(spec(row));
            }
            problems.remove(uid);
            OperationDelay.sleep(pace.settle());
            await(uid);
        } catch (RuntimeException e) {
            if (!workspace.frozen()) {
                LOG.warn("{} could not follow its settings", endpoint, e);
            }
            problems.put(uid, String.valueOf(e.getMessage()));
        } finally {
            pending.remove(uid);
        }
    }

    private void await(String uid) {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (room.status(uid).state() == ComputeState.STARTING && System.nanoTime() < end) {
            OperationDelay.sleep(LOOK_AGAIN);
        }
    }

    private EndpointSpec spec(EndpointRow row) {
        Sizing sizing = row.sizing();
        String branchUid = workspace.read(s -> s.branch(row.branch()).uid());
        return new EndpointSpec(
                row.uid(),
                branchUid,
                row.readOnly(),
                sizing.minCu(),
                sizing.maxCu(),
                sizing.suspendAfter(),
                row.disabled(),
                sizing.pgSettings());
    }
}
