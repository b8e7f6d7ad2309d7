package io.lakebaseops.change.risk;

import io.lakebaseops.domain.plan.ApiAct;
import io.lakebaseops.lakebase.acts.Standing;

import java.util.Map;

/// The place a change happens in: what the risk policy knows besides the steps.
///
/// @param environment of the target's own branch
/// @param standings of the branches that acts of the plan touch
/// @param known false when the control plane could not be asked: the worst is assumed
public record ChangeContext(
        Environment environment, Map<ApiAct, Standing> standings, boolean known) {
    public ChangeContext {
        standings = Map.copyOf(standings);
    }

    /// A branch nobody looked up could be any branch.
    Standing standing(ApiAct act) {
        var known = standings.get(act);
        return known != null
                ? known
                : new Standing(null, false, null, false, environment == Environment.PRODUCTION);
    }

    /// Order is ascending by how careful one has to be.
    public enum Environment {
        /// A copy that the trial this plan belongs to made itself: nobody's data is at stake.
        TRIAL,
        OTHER,
        /// A project that this very plan makes: nothing of anybody's is in it yet.
        NEW,
        STAGING,
        PRODUCTION
    }
}
