package io.lakebaseops.app;

import io.lakebaseops.agents.provisioning.branching.BranchLedger;
import io.lakebaseops.agents.provisioning.branching.BrokenResets;
import io.lakebaseops.agents.provisioning.branching.PlatformExpiry;
import io.lakebaseops.agents.provisioning.branching.PullRequests;
import io.lakebaseops.agents.provisioning.branching.StoredPullRequests;
import io.lakebaseops.change.ApprovalDesk;
import io.lakebaseops.change.ControlPlanes;
import io.lakebaseops.change.PlanHistory;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateDb;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/// What do the branch tools need besides the control plane? What we remember of pull requests and
/// of resets, and the ledger of branch life. Looks into the state database only when asked.
record BranchParts(Supplier<StateDb> state, Supplier<? extends ApprovalDesk> desk) {
    /// Enough to find a reset that was cut off days ago.
    private static final int PLANS_BACK = 500;

    PullRequests pullRequests() {
        return new Late<>(() -> new StoredPullRequests(new Settings(state.get())))
                .as(PullRequests.class);
    }

    BrokenResets brokenResets() {
        return new BrokenResets(() -> desk.get().history(PLANS_BACK));
    }

    ExpiryKeeper expiryKeeper(
            Supplier<List<TargetId>> known,
            Lakehouse lake,
            EventBus events,
            Clock clock,
            ControlPlanes planes) {
        return new ExpiryKeeper(known, new PlatformExpiry(lake, events, clock, planes), state);
    }

    BranchLedger ledger(Lakehouse lake, EventBus events, Clock clock, ControlPlanes planes) {
        var history = new Late<>(() -> new PlanHistory(state.get()));
        return new BranchLedger(lake, events, clock, planes, id -> history.get().receipts(id));
    }
}
