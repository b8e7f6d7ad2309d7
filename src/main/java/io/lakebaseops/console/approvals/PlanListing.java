package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.PlanQueue.Who;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/// Which plans are listed, and how many of each list.
///
/// @param here only plans of the server shown at the top
/// @param who whose decisions; null for what is kept: refusals that hold and ignored findings
/// @param open the alike plans of which all are listed
record PlanListing(boolean here, @Nullable Who who, Set<String> open, int waiting, int decided) {
    PlanListing {
        open = Set.copyOf(open);
    }

    static PlanListing first(boolean here, @Nullable Who who) {
        return new PlanListing(
                here, who, Set.of(), ApprovalsViewModel.PAGE, ApprovalsViewModel.PAGE);
    }

    PlanListing who(@Nullable Who next) {
        return new PlanListing(here, next, open, waiting, ApprovalsViewModel.PAGE);
    }

    PlanListing opening(String alike) {
        var next = new HashSet<>(open);
        next.add(alike);
        return new PlanListing(here, who, next, waiting, decided);
    }

    PlanListing moreWaiting() {
        return new PlanListing(here, who, open, waiting + ApprovalsViewModel.PAGE, decided);
    }

    PlanListing moreDecided() {
        return new PlanListing(here, who, open, waiting, decided + ApprovalsViewModel.PAGE);
    }
}
