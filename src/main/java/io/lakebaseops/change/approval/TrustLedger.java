package io.lakebaseops.change.approval;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.Trust;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateParams;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The trust that kinds of acts have earned on each server, from the outcomes of their plans. It is
/// computed when asked for: there is nothing that could be forgotten or forged beside the plans.
final class TrustLedger {
    /// What happened longer ago says little about the server of today.
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final StateDb db;
    private final Clock clock;

    TrustLedger(StateDb db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    List<Trust> of(TargetId target) {
        var params =
                StateParams.of("target", target.key(), "since", clock.instant().minus(REMEMBERED));
        return db.tx(tx -> tx.query(ChangeSql.TRUST, params, Trust.class));
    }
}
