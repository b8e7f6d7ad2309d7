package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.PlanQueue.Who;

/// Which plans are listed, and how many of each list.
///
/// @param here only plans of the server shown at the top
record PlanListing(boolean here, Who who, int waiting, int decided) {}
