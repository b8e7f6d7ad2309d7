package io.lakebaseops.local.api.work;

import io.lakebaseops.local.api.state.Limits;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.state.Workspace;
import io.lakebaseops.local.compute.ComputeHost;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/// What all resource families of the API share. The memory, the machine room and the background
/// work.
///
/// @param user the caller's identity: owner of what is made here
public record ApiContext(
        Workspace workspace,
        ComputeHost room,
        OperationRunner operations,
        Computes computes,
        Sizes sizes,
        Clock clock,
        Limits limits,
        String user) {

    public <T> T read(Function<State, T> look) {
        return workspace.read(look);
    }

    /// Now, in the microseconds Postgres and clients keep.
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
