package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.StatementSessions;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventTrigger;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.AppendResult;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.WriteId;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps what every statement cost in the last interval. Appends the differences of
/// pg_stat_statements since the snapshot before, each interval exactly once.
public final class PersistPgStatStatements
        implements ReadTool<PersistPgStatStatements.Input, PersistPgStatStatements.Output> {

    /// Whose plans are kept: those with the most time of an interval.
    private static final int EXPLAINED = 20;

    private static final String WRITER = "persist_pg_stat_statements:";

    private final Targets targets;
    private final Lakehouse lakehouse;
    private final SnapshotFile snapshots;
    private final WaitBurst waits;
    private final PlanCapture plans;
    private final Map<TargetId, ReentrantLock> turns = new ConcurrentHashMap<>();

    /// @param folder where the last snapshot of each target is kept
    /// @param waits samples what sessions wait for where nobody else does
    /// @param plans keeps the plans of the statements with the most time
    public PersistPgStatStatements(
            Targets targets, Lakehouse lakehouse, Path folder, WaitBurst waits, PlanCapture plans) {
        this.targets = targets;
        this.lakehouse = lakehouse;
        this.snapshots = new SnapshotFile(folder);
        this.waits = waits;
        this.plans = plans;
    }

    public record Input(
            @Doc(
                            value =
                                    "At most this many statements per interval, those with the most"
                                            + " time",
                            defaultValue = "5000")
                    int top) {}

    /// @param baseline nothing to compare with yet: the next run writes the first interval
    /// @param evictions entries the server threw out in the interval; null when it cannot be told
    public record Output(
            int statements,
            int changed,
            int written,
            int newTexts,
            boolean baseline,
            boolean resetDetected,
            boolean restarted,
            @Nullable Long evictions,
            double intervalSeconds) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        PersistPgStatStatements.class,
                        "Appends what every statement did since the last snapshot, texts masked",
                        "B.metrics")
                .appendingHistory()
                .within(Duration.ofMinutes(2))
                .in(StandardJob.METRIC_COLLECTOR)
                .on(EventTrigger.onNewBranch());
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var asleep = SuspendGuard.<Output>always(targets, context);
        if (asleep.isPresent()) {
            return asleep.get();
        }
        var sampled = waits.sample(context.target(), context.deadline());
        var turn = turns.computeIfAbsent(context.target(), _ -> new ReentrantLock());
        turn.lock();
        try {
            var ran = run(input, sampled, context);
            // After the session is given back: a small server allows us a single one.
            plans.capture(ran.dearest(), context);
            return ran.outcome();
        } finally {
            turn.unlock();
        }
    }

    /// @param dearest mean time of the statements with the most time, by database and queryid
    private record Ran(Outcome<Output> outcome, Map<String, Map<Long, Double>> dearest) {
        static Ran without(Outcome<Output> outcome) {
            return new Ran(outcome, Map.of());
        }
    }

    private Ran run(Input input, @Nullable String sampled, ToolContext context) {
        try (var session = StatementSessions.open(targets, context)) {
            if (session == null) {
                return Ran.without(
                        Outcome.unavailable(
                                "pg_stat_statements is installed in no database of "
                                        + context.target(),
                                "CREATE EXTENSION pg_stat_statements in one of them"));
            }
            var rights = session.capabilities();
            if (!rights.seesStatements()) {
                return Ran.without(hidden(session, rights.user()));
            }
            return run(input, session, sampled, context);
        }
    }

    private record Hidden(
            long statements, long hidden, boolean isMonitorMember, boolean isMember) {}

    /// Rows without a queryid cannot be told apart: they are not kept under one key.
    private static Outcome<Output> hidden(ReadSession session, String user) {
        var seen = session.query(MetricsSql.HIDDEN, Map.of(), Hidden.class).getFirst();
        var role = Ident.of(user);
        var granted = seen.isMonitorMember() ? "pg_monitor" : "pg_read_all_stats";
        return Outcome.unavailable(
                "this login sees only its own statements: %d of %d are hidden%s"
                        .formatted(
                                seen.hidden(),
                                seen.statements(),
                                seen.isMember()
                                        ? "; it is a member of %s, but without INHERIT"
                                                .formatted(granted)
                                        : ""),
                seen.isMember()
                        ? "GRANT %s TO %s WITH INHERIT TRUE".formatted(granted, role)
                        : "GRANT pg_monitor (or pg_read_all_stats) TO " + role);
    }

    private Ran run(
            Input input, ReadSession session, @Nullable String sampled, ToolContext context) {
        var target = context.target();
        var names = Names.read(session);
        finishPending(input, names, context);
        var before = snapshots.current(target).orElse(null);
        var now = read(session);
        var texts =
                StatementTexts.fetch(
                        session,
                        new StatementTextReader(targets, context),
                        now,
                        before == null ? Map.of() : before.texts());
        now = now.withTexts(texts.known());
        snapshots.savePending(target, now);
        lakehouse.append(
                OpsTables.QUERY_TEXT.name(),
                texts.rows(),
                new WriteId(WRITER + target.key(), now.at().toEpochMilli()));
        var deltas = before == null ? null : StatementDeltas.between(before, now);
        var stored =
                before == null || deltas == null
                        ? null
                        : store(before, deltas, input, names, now, context);
        snapshots.commit(target);
        return new Ran(
                found(before, now, deltas, texts, stored, input.top(), sampled),
                deltas == null ? Map.of() : dearest(deltas.changes(), names.databases()));
    }

    /// A run died between storing and committing: its rows are made again from the two files and
    /// stored under the same id, which the table refuses if it has them.
    private void finishPending(Input input, Names names, ToolContext context) {
        var pending = snapshots.pending(context.target()).orElse(null);
        if (pending == null) {
            return;
        }
        var before = snapshots.current(context.target()).orElse(null);
        if (before != null) {
            store(before, StatementDeltas.between(before, pending), input, names, pending, context);
        }
        snapshots.commit(context.target());
    }

    /// The table itself remembers until when it holds this server's intervals: another console, or
    /// another profile of the same server, may write them too, and then this one is left out.
    private AppendResult store(
            StatementSnapshot before,
            StatementDeltas deltas,
            Input input,
            Names names,
            StatementSnapshot now,
            ToolContext context) {
        var target = context.target();
        var id = new WriteId(WRITER + target, now.at().toEpochMilli(), before.at().toEpochMilli());
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var change : deltas.changes().stream().limit(input.top()).toList()) {
            var row = HistoryRow.of(target, now.at(), context.runId().toString());
            StatementRow.fill(row, change, names.databases(), names.roles());
            rows.add(row);
        }
        return lakehouse.append(OpsTables.PG_STAT_HISTORY.name(), rows, id);
    }

    private static Map<String, Map<Long, Double>> dearest(
            List<StatementDeltas.Change> changes, Map<Long, String> databases) {
        var means = new LinkedHashMap<String, Map<Long, Double>>();
        for (var change : changes.stream().limit(EXPLAINED).toList()) {
            var key = change.delta().key();
            var database = databases.get(key.dbid());
            if (database != null) {
                means.computeIfAbsent(database, _ -> new LinkedHashMap<>())
                        .put(key.queryid(), change.delta().meanExecTime());
            }
        }
        return means;
    }

    private static StatementSnapshot read(ReadSession session) {
        var epoch = session.query(MetricsSql.EPOCH).list().getFirst();
        var entries = new LinkedHashMap<StatementEntry.Key, StatementEntry>();
        int hidden = 0;
        for (var row : session.query(MetricsSql.COUNTERS).list()) {
            var entry = StatementEntry.of(row);
            if (entry == null) {
                hidden++;
            } else {
                entries.put(entry.key(), entry);
            }
        }
        return new StatementSnapshot(
                moment(epoch, "at"),
                moment(epoch, "postmaster_start"),
                epoch.get("stats_reset") instanceof Instant reset ? reset : null,
                epoch.get("evictions") instanceof Number n ? n.longValue() : 0,
                hidden,
                entries,
                Map.of());
    }

    private static Instant moment(Map<String, @Nullable Object> row, String column) {
        if (row.get(column) instanceof Instant moment) {
            return moment;
        }
        throw new IllegalStateException("statement_epoch gave no " + column);
    }

    private static Outcome<Output> found(
            @Nullable StatementSnapshot before,
            StatementSnapshot now,
            @Nullable StatementDeltas deltas,
            StatementTexts read,
            @Nullable AppendResult stored,
            int top,
            @Nullable String sampled) {
        int texts = read.rows().size();
        var caveats = new ArrayList<String>();
        if (sampled != null) {
            caveats.add(sampled);
        }
        if (read.caveat() != null) {
            caveats.add(read.caveat());
        }
        if (now.hidden() > 0) {
            caveats.add(
                    "%d statements of other roles are hidden (needs pg_read_all_stats)"
                            .formatted(now.hidden()));
        }
        if (before == null || deltas == null || stored == null) {
            caveats.add("first snapshot: the next run writes the first interval");
            return found(
                    new Output(now.entries().size(), 0, 0, texts, true, false, false, null, 0),
                    caveats);
        }
        if (stored.outcome() == AppendResult.Outcome.OVERTAKEN
                || stored.outcome() == AppendResult.Outcome.ALREADY_STORED) {
            caveats.add(
                    "another console stores this server's intervals into the same history: this one is"
                            + " not counted a second time");
        }
        if (deltas.resetAll()) {
            caveats.add(
                    "the statistics were reset inside the interval; what ran before that is not"
                            + " counted");
        }
        if (deltas.evictions() > 0) {
            caveats.add(
                    "the server threw out %d entries; raise pg_stat_statements.max"
                            .formatted(deltas.evictions()));
        }
        if (deltas.changes().size() > top) {
            caveats.add(
                    "%d statements ran, the %d with the most time are kept"
                            .formatted(deltas.changes().size(), top));
        }
        var interval = Duration.between(before.at(), now.at()).toMillis() / 1000.0;
        return found(
                new Output(
                        now.entries().size(),
                        deltas.changes().size(),
                        (int) stored.rows(),
                        texts,
                        false,
                        deltas.resetAll()
                                || deltas.changes().stream()
                                        .anyMatch(StatementDeltas.Change::reset),
                        deltas.restarted(),
                        deltas.evictions() < 0 ? null : deltas.evictions(),
                        interval),
                caveats);
    }

    private static Outcome<Output> found(Output output, List<String> caveats) {
        return new Outcome.Found<>(output, Source.LIVE, List.of(), List.of(), caveats);
    }

    /// What databases and roles are called now, by OID.
    private record Names(Map<Long, String> databases, Map<Long, String> roles) {
        static Names read(ReadSession session) {
            var databases = new HashMap<Long, String>();
            var roles = new HashMap<Long, String>();
            for (var row : session.query(MetricsSql.NAMES).list()) {
                if (row.get("oid") instanceof Number oid) {
                    (Boolean.TRUE.equals(row.get("is_database")) ? databases : roles)
                            .put(oid.longValue(), String.valueOf(row.get("name")));
                }
            }
            return new Names(databases, roles);
        }
    }
}
