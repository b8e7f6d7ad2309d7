package io.lakebaseops.domain.plan;

import java.util.List;

/// How dangerous a plan is, with the reasons that made it so. Only the risk policy makes one.
public record Risk(RiskLevel level, List<String> reasons) {
    public Risk {
        reasons = List.copyOf(reasons);
    }
}
