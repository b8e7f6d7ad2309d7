package io.lakebaseops.change.risk;

import io.lakebaseops.domain.plan.RiskLevel;

/// One reason for the risk of a plan, and how much it weighs alone.
record Ground(RiskLevel level, String reason) {}
