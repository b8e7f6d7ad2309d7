package io.lakebaseops.app;

import io.lakebaseops.agents.provisioning.branching.BranchLedger;
import io.lakebaseops.agents.provisioning.branching.InterruptedResets;
import io.lakebaseops.agents.provisioning.branching.PlatformExpiry;
import io.lakebaseops.agents.provisioning.branching.PullRequests;
import io.lakebaseops.agents.provisioning.branching.StoredPullRequests;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.PlanHistory;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.state.CreatedResourceStore;
import io.lakebaseops.state.CreatedResources;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateDb;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/// Wires what the branch tools need besides the control plane. What we remember of pull requests
/// and of resets, and the ledger of branch life. Looks into the state database only when asked.
record BranchWiring(Supplier<StateDb> state, Supplier<? extends ApprovalDesk> desk) {
    /// Enough to find a reset that was cut off days ago.
    private static final int PLANS_BACK = 500;

    PullRequests pullRequests() {
        return new Lazy<>(() -> new StoredPullRequests(new Settings(state.get())))
                .as(PullRequests.class);
    }

    CreatedResources created(Clock clock) {
        return new Lazy<>(() -> new CreatedResourceStore(state.get(), clock))
                .as(CreatedResources.class);
    }

    InterruptedResets brokenResets() {
        return new InterruptedResets(() -> desk.get().history(PLANS_BACK));
    }

    BranchExpiryJob expiryKeeper(
            Supplier<List<TargetId>> known,
            Lakehouse lake,
            EventBus events,
            Clock clock,
            ControlPlaneAccess planes) {
        return new BranchExpiryJob(known, new PlatformExpiry(lake, events, clock, planes), state);
    }

    BranchLedger ledger(Lakehouse lake, EventBus events, Clock clock, ControlPlaneAccess planes) {
        var history = new Lazy<>(() -> new PlanHistory(state.get()));
        return new BranchLedger(lake, events, clock, planes, id -> history.get().receipts(id));
    }
}
