package io.lakebaseops.change;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.postgres.WritePermit;

import java.util.UUID;

/// The proof that a plan may run now. Only this package makes one, after a decision was recorded
/// and the preconditions were read again.
public final class Approved implements WritePermit {
    private final FiledPlan filed;

    Approved(FiledPlan filed) {
        this.filed = filed;
    }

    @Override
    public UUID planId() {
        return filed.id();
    }

    FiledPlan filed() {
        return filed;
    }
}
