package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.MaskedStatements;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.Targets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Reads the rows behind a watched metric as they are now: the statement, the blocker and the
/// victim, the tables. Literals in statements are masked.
public final class EvidenceReader {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Targets targets;
    private final Clock clock;

    public EvidenceReader(Targets targets, Clock clock) {
        this.targets = targets;
        this.clock = clock;
    }

    /// What was read, or why nothing was.
    public sealed interface Found {
        Instant at();

        /// @param partly true when the login sees only its own sessions
        record Read(Rows rows, Instant at, boolean partly) implements Found {}

        record Failed(String reason, Instant at) implements Found {}
    }

    /// @param subject what the metric is about now; its database is asked where that matters
    public Found read(TargetId target, MetricEvidence evidence, Subject subject) {
        var deadline = Deadline.in(PATIENCE);
        var database = evidence.inSubjectsDatabase() ? subject.database() : null;
        try (var session =
                database == null
                        ? targets.read(target, deadline)
                        : targets.read(target, database, deadline)) {
            var rows = MaskedStatements.in(session.query(evidence.query(), evidence.params()));
            boolean partly = evidence.needsMonitor() && !session.capabilities().canMonitor();
            return new Found.Read(rows, clock.instant(), partly);
        } catch (OpsException e) {
            return new Found.Failed(e.why(), clock.instant());
        }
    }
}
