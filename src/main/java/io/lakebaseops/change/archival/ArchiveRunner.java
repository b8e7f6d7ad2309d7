package io.lakebaseops.change.archival;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.postgres.WritePermit;
import io.lakebaseops.state.ArchivalStore;

import java.util.UUID;

/// Runs archive steps: a state machine over the journal, which goes on where it was killed.
///
/// Table, archive and journal are three stores without a common transaction. So every act can be
/// repeated, what is about to be committed is journaled before, and the server is asked afterwards
/// how a transaction ended of which the journal does not know.
public final class ArchiveRunner {
    private final Targets targets;
    private final ArchivalStore journal;
    private final ColdStore cold;
    private final Moments moments;

    public ArchiveRunner(Targets targets, ArchivalStore journal, ColdStore cold, Moments moments) {
        this.targets = targets;
        this.journal = journal;
        this.cold = cold;
        this.moments = moments;
    }

    /// Hears of every point at which a killed process leaves another state behind.
    @FunctionalInterface
    public interface Moments {
        Moments UNHEARD = (_, _) -> {};

        void reached(UUID archival, String moment);
    }

    /// @return rows moved
    public long run(TargetId target, WritePermit permit, Step.ArchiveStep step, Deadline deadline) {
        var order = step.order();
        var name =
                "archive/%s/%s.%s.%s"
                        .formatted(target.key(), step.database(), order.schema(), order.table());
        var turn = journal.turn(name).orElseThrow(() -> taken(step));
        try (turn;
                var session = targets.write(target, step.database(), permit, deadline)) {
            journal.begin(target, permit.planId(), step);
            var table = new PortionStatements(session, step, deadline);
            try {
                return switch (order.direction()) {
                    case ARCHIVE -> new ArchiveMove(order, table, journal, cold, moments).run();
                    case RESTORE -> new RestoreMove(order, table, journal, cold, moments).run();
                };
            } catch (OpsException | IllegalArgumentException e) {
                journal.stopped(order.archival(), String.valueOf(e.getMessage()));
                throw e;
            }
        }
    }

    /// Of what this runner has moved.
    public ArchiveProofs proofs(SqlLibrary sql) {
        return new ArchiveProofs(targets, sql, journal, cold);
    }

    private static OpsException taken(Step.ArchiveStep step) {
        return new OpsException(
                OpsException.Kind.CONFLICT,
                step.title(),
                "another archival of this table runs",
                "wait for its end");
    }
}
