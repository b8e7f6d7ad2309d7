package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.MaskedStatements;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;

/// The rows behind an alert, captured before anything is done, because doing it destroys the
/// traces. Literals in query texts are masked.
final class SopEvidence {
    private SopEvidence() {}

    static Evidence capture(MetricEvidence asked, ReadSession session, ToolContext context) {
        var rows = MaskedStatements.in(session.query(asked.query(), asked.params()));
        return new Evidence(asked.query().path(), asked.params(), rows, context.clock().instant());
    }
}
