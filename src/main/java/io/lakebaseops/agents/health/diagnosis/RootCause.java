package io.lakebaseops.agents.health.diagnosis;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Diagnoses a server: reads the facts in one session, and weighs the causes.
public final class RootCause {
    private final HealthBoard board;
    private final Lakehouse lakehouse;

    public RootCause(HealthBoard board, Lakehouse lakehouse) {
        this.board = board;
        this.lakehouse = lakehouse;
    }

    /// @param gaps what could not be read, and what would help
    public record Answer(Diagnosis diagnosis, List<String> gaps) {
        public Answer {
            gaps = List.copyOf(gaps);
        }
    }

    /// Takes about a second: who waits for whom is looked at three times.
    ///
    /// @param asked the metric somebody asks about; null for the server as a whole
    public Answer of(ReadSession session, @Nullable MetricName asked, ToolContext context) {
        var facts = new Facts();
        var now = context.clock().instant();
        var server = new ServerFacts(session, context.clock(), facts);
        var metrics = new MetricFacts(board, context.target(), now, facts);
        context.progress().at(0.1, "reading figures");
        var before = server.scans();
        metrics.read();
        context.progress().at(0.3, "looking who waits for whom, three times");
        new SessionFacts(session, context.clock(), facts).read();
        context.progress().at(0.7, "reading the history of statements");
        new HistoryFacts(lakehouse, context.target(), now, context.deadline(), facts).read();
        server.read(before);
        var symptoms =
                metrics.symptoms().stream()
                        .filter(s -> asked == null || s.metric() == asked)
                        .toList();
        return new Answer(
                new CauseRanking(CauseRules.standard(), facts, symptoms).diagnose(asked),
                facts.gaps());
    }
}
