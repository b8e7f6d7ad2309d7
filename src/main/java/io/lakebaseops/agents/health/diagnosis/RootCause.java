package io.lakebaseops.agents.health.diagnosis;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Diagnoses a server: reads the facts in one session, and weighs the causes.
public final class RootCause {
    /// Rates are taken over at least this time.
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /// A reading taken ahead of the diagnosis is of no use when it is older.
    private static final Duration YOUNG = Duration.ofSeconds(10);

    private final Map<TargetId, FirstReading> ahead = new ConcurrentHashMap<>();
    private final HealthBoard board;
    private final MetricDefinitions definitions;
    private final Lakehouse lakehouse;

    public RootCause(HealthBoard board, MetricDefinitions definitions, Lakehouse lakehouse) {
        this.board = board;
        this.definitions = definitions;
        this.lakehouse = lakehouse;
    }

    /// The counters with which those at the end of the interval are compared.
    private record FirstReading(ServerFacts.Scans scans, StatementFacts.@Nullable Totals totals) {
        static FirstReading of(ServerFacts server, StatementFacts statements) {
            return new FirstReading(server.scans(), statements.totals());
        }
    }

    /// @param gaps what could not be read, and what would help
    public record Answer(Diagnosis diagnosis, List<String> gaps) {
        public Answer {
            gaps = List.copyOf(gaps);
        }
    }

    /// Takes the first reading of a diagnosis that is about to be asked for, so that its interval
    /// passes while other things are made ready. What fails here is said by the diagnosis.
    public void prepare(Targets targets, TargetId target, Clock clock, Deadline deadline) {
        var unsaid = new Facts();
        try (var session = targets.read(target, deadline)) {
            ahead.put(
                    target,
                    FirstReading.of(
                            new ServerFacts(session, clock, unsaid),
                            new StatementFacts(session, clock, unsaid)));
        } catch (OpsException e) {
            ahead.remove(target);
        }
        Objects.requireNonNull(CauseRules.standard());
    }

    private FirstReading first(
            @Nullable String database,
            ServerFacts server,
            StatementFacts statements,
            ToolContext context) {
        var taken = ahead.remove(context.target());
        if (taken != null
                && database == null
                && taken.totals() != null
                && taken.scans().at().plus(YOUNG).isAfter(context.clock().instant())) {
            return taken;
        }
        return FirstReading.of(server, statements);
    }

    /// Takes about a second: who waits for whom is looked at three times.
    ///
    /// @param asked the metric somebody asks about; null for the server as a whole
    private Answer of(
            ReadSession session,
            @Nullable String database,
            @Nullable MetricName asked,
            ToolContext context) {
        var facts = new Facts();
        var now = context.clock().instant();
        var server = new ServerFacts(session, context.clock(), facts);
        var metrics = new MetricFacts(board, definitions, context.target(), now, facts);
        context.progress().at(0.1, "reading figures");
        var statements = new StatementFacts(session, context.clock(), facts);
        var before = first(database, server, statements, context);
        metrics.read();
        context.progress().at(0.3, "looking who waits for whom, three times");
        new SessionFacts(session, context.clock(), facts).read();
        context.progress().at(0.7, "reading the history of statements");
        new HistoryFacts(lakehouse, context.target(), now, context.deadline(), facts).read();
        context.progress().at(0.8, "looking what statements do within a second");
        restOf(INTERVAL, before.scans().at(), context.clock().instant());
        statements.read(before.totals());
        server.read(before.scans());
        metrics.restarted();
        var symptoms =
                metrics.symptoms().stream()
                        .filter(s -> asked == null || s.metric() == asked)
                        .toList();
        return new Answer(
                new CauseRanking(CauseRules.standard(), facts, symptoms).diagnose(asked),
                facts.gaps());
    }

    /// Opens a session and asks; a server that lets nobody in is an answer, too. One attempt that
    /// fails proves nothing: a connection is also lost when a server is started anew.
    ///
    /// @param database null for the default one
    public Answer ask(
            Targets targets,
            @Nullable String database,
            @Nullable MetricName asked,
            ToolContext context) {
        try {
            return asked(targets, database, asked, context);
        } catch (OpsException e) {
            if (e.kind() != OpsException.Kind.UNREACHABLE) {
                return away(targets, e, context);
            }
            SessionFacts.pause(INTERVAL);
            try {
                return asked(targets, database, asked, context);
            } catch (OpsException again) {
                return away(targets, again, context);
            }
        }
    }

    private Answer asked(
            Targets targets,
            @Nullable String database,
            @Nullable MetricName asked,
            ToolContext context) {
        try (var session =
                database == null
                        ? targets.read(context.target(), context.deadline())
                        : targets.read(context.target(), database, context.deadline())) {
            return of(session, database, asked, context);
        }
    }

    private Answer away(Targets targets, OpsException failure, ToolContext context) {
        return switch (failure.kind()) {
            case UNREACHABLE, TIMEOUT, DENIED -> noEntry(targets, failure, context);
            case CANCELLED, NOT_FOUND, CONFLICT, INVALID_INPUT, UNSUPPORTED, INTERNAL ->
                    throw failure;
        };
    }

    private Answer noEntry(Targets targets, OpsException failure, ToolContext context) {
        var condition = targets.condition(context.target());
        boolean refused = condition instanceof TargetCondition.LoginRefused;
        // A missing right on a server that answers is something else.
        if (failure.kind() == OpsException.Kind.DENIED && !refused) {
            throw failure;
        }
        var outage = board.outage(context.target());
        var facts =
                new Facts()
                        .add(
                                refused ? FactName.LOGINS_REFUSED : FactName.NO_ANSWER,
                                1,
                                condition.answers() ? failure.why() : condition.sentence(),
                                outage == null ? null : outage.since())
                        .gap("nothing could be read from the server");
        return new Answer(
                new CauseRanking(CauseRules.standard(), facts, List.of()).diagnose(null),
                facts.gaps());
    }

    private static void restOf(Duration time, Instant since, Instant now) {
        var rest = time.minus(Duration.between(since, now));
        if (rest.isPositive()) {
            SessionFacts.pause(rest);
        }
    }
}
