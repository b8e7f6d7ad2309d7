package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.agents.VacuumKind;
import io.lakebaseops.agents.VacuumPlan;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.PostponedVacuums;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Vacuums the tables that need it, worst first, in quiet hours unless it is urgent: what waits for
/// them is remembered and comes back then. Each table is a plan of its own; a partitioned table is
/// done partition by partition.
public final class ScheduleVacuumAnalyze
        implements ChangeTool<ScheduleVacuumAnalyze.Input, ScheduleVacuumAnalyze.Output> {
    /// Beyond this share of dead rows waiting for a quiet hour costs more than it saves.
    private static final double URGENT_SHARE = 0.25;

    private final Targets targets;
    private final SqlLibrary sql;
    private final Lakehouse lakehouse;
    private final PostponedVacuums postponed;

    public ScheduleVacuumAnalyze(
            Targets targets, SqlLibrary sql, Lakehouse lakehouse, PostponedVacuums postponed) {
        this.targets = targets;
        this.sql = sql;
        this.lakehouse = lakehouse;
        this.postponed = postponed;
    }

    public enum Window {
        NOW,
        LOW_TRAFFIC
    }

    /// @param tables null or empty = those found
    public record Input(
            @Doc("Tables to vacuum; left out: those past their limits")
                    @Nullable List<Table> tables,
            @Doc(
                            value =
                                    "When: at once, or when the hours begin that history shows as"
                                            + " quiet",
                            defaultValue = "\"LOW_TRAFFIC\"")
                    Window window,
            @Doc(value = "At most this many tables in one run", defaultValue = "20") int limit) {
        public Input {
            tables = tables == null ? null : List.copyOf(tables);
        }
    }

    public record Table(
            @Doc("Database; left out: the default one") @Nullable String database,
            String schema,
            String table) {}

    /// @param postponed tables over the limit of this run, or that wait for `quietFrom`
    /// @param quietFrom when those that wait will be vacuumed; null when none waits
    public record Output(
            List<String> planned,
            List<String> postponed,
            List<String> refused,
            @Nullable Instant quietFrom) {
        public Output {
            planned = List.copyOf(planned);
            postponed = List.copyOf(postponed);
            refused = List.copyOf(refused);
        }
    }

    private record Candidate(
            VacuumKind kind,
            String database,
            Subject table,
            String why,
            double weight,
            boolean urgent,
            @Nullable String fingerprint) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        ScheduleVacuumAnalyze.class,
                        "Vacuums and analyses the tables that need it, worst first, measured before and"
                                + " after",
                        "B.maintenance")
                .within(Duration.ofMinutes(60))
                .in(StandardJob.VACUUM_SCHEDULER);
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var asleep = SuspendGuard.<Output>unlessAsked(targets, context);
        if (asleep.isPresent()) {
            return new Proposal<>(asleep.get(), List.of());
        }
        var caveats = new ArrayList<String>();
        var candidates = candidates(input, context, caveats);
        var wait =
                candidates.isEmpty() || input.window() == Window.NOW
                        ? null
                        : quietFrom(context, caveats);
        var planned = new ArrayList<String>();
        var later = new ArrayList<String>();
        var refused = new ArrayList<String>();
        var plans = new ArrayList<ChangePlan>();
        for (var c : candidates) {
            var name = c.database() + ": " + c.table().display();
            if (wait != null && !c.urgent()) {
                later.add(name);
                postpone(c, wait, context);
                continue;
            }
            if (plans.size() >= input.limit()) {
                later.add(name);
                continue;
            }
            try (var session = targets.read(context.target(), c.database(), context.deadline())) {
                new VacuumPlan(sql, c.kind(), "schedule_vacuum_analyze", null)
                        .of(session, c.table(), c.why(), c.fingerprint(), context)
                        .ifPresentOrElse(
                                p -> {
                                    plans.add(p);
                                    planned.add(name);
                                },
                                () -> refused.add(name));
            } catch (OpsException e) {
                // A table that somebody locks must not cost the others their night.
                if (PerDatabase.endsAll(e, context)) {
                    throw e;
                }
                refused.add(name);
                caveats.add("%s is left out this time: %s".formatted(name, e.why()));
            }
        }
        if (!refused.isEmpty()) {
            caveats.add(
                    "not planned, because the table is gone, locked or being vacuumed, or this"
                            + " login may not vacuum it (needs MAINTAIN or pg_maintain): "
                            + String.join(", ", refused));
        }
        return new Proposal<>(
                new Outcome.Found<>(
                        new Output(planned, later, refused, wait),
                        Source.LIVE,
                        List.of(),
                        List.of(),
                        caveats),
                plans);
    }

    private List<Candidate> candidates(Input input, ToolContext context, List<String> caveats) {
        var given = input.tables();
        if (given != null && !given.isEmpty()) {
            var all = new ArrayList<Candidate>();
            for (var t : given) {
                all.addAll(asked(t, context, caveats));
            }
            return all.stream().distinct().toList();
        }
        var look = PerDatabase.look(targets, context, s -> found(s, context));
        caveats.addAll(look.caveats());
        look.perDatabase().forEach(seen -> caveats.addAll(seen.caveats()));
        return look.perDatabase().stream()
                .flatMap(seen -> seen.candidates().stream())
                .sorted(Comparator.comparingDouble(Candidate::weight).reversed())
                .toList();
    }

    private record Seen(List<Candidate> candidates, List<String> caveats) {}

    private static Seen found(ReadSession session, ToolContext context) {
        var states = session.query(MaintenanceSql.VACUUM_STATE, Map.of(), TableState.class);
        var needs =
                VacuumNeed.of(states, Map.of()).stream().filter(VacuumNeed::needsVacuum).toList();
        // ANALYZE of the whole reads every partition: where one is vacuumed and analyzed in this
        // run, it waits for the next.
        var due = needs.stream().map(n -> n.subject(session.database())).toList();
        return new Seen(
                Stream.concat(
                                needs.stream()
                                        .flatMap(n -> candidates(session.database(), n, context)),
                                unanalyzed(session, context).filter(c -> !due.contains(c.table())))
                        .toList(),
                TableCaveats.counters(session.database(), states));
    }

    private static Stream<Candidate> unanalyzed(ReadSession session, ToolContext context) {
        var database = session.database();
        return session
                .query(MaintenanceSql.PARTITIONED_STATISTICS, Map.of(), PartitionedStatistics.class)
                .stream()
                .filter(PartitionedStatistics::due)
                .map(
                        p -> {
                            var table = Subject.table(database, p.schemaName(), p.tableName());
                            return new Candidate(
                                    VacuumKind.STATISTICS,
                                    database,
                                    table,
                                    p.words(),
                                    p.bytes(),
                                    false,
                                    Finding.fingerprint(
                                            context.target(),
                                            IdentifyTablesNeedingVacuum.STATISTICS_KIND,
                                            table));
                        });
    }

    private static Stream<Candidate> candidates(
            String database, VacuumNeed need, ToolContext context) {
        var fingerprint =
                Finding.fingerprint(
                        context.target(), IdentifyTablesNeedingVacuum.KIND, need.subject(database));
        return need.tables().stream()
                .filter(t -> t.excess() >= 1)
                .map(
                        t ->
                                new Candidate(
                                        VacuumKind.ANALYZE,
                                        database,
                                        Subject.table(database, t.schemaName(), t.tableName()),
                                        t.rule(),
                                        t.excess() * Math.max(1, t.tableBytes()),
                                        t.deadShare() > URGENT_SHARE,
                                        fingerprint));
    }

    private record Leaf(String schemaName, String tableName, long deadRows) {}

    private List<Candidate> asked(Table t, ToolContext context, List<String> caveats) {
        try (var session =
                t.database() == null
                        ? targets.read(context.target(), context.deadline())
                        : targets.read(context.target(), t.database(), context.deadline())) {
            var leaves =
                    session.query(
                            MaintenanceSql.PARTITION_LEAVES,
                            Map.of("schema_name", t.schema(), "table_name", t.table()),
                            Leaf.class);
            if (leaves.isEmpty()) {
                caveats.add(
                        "there is no table %s.%s in %s"
                                .formatted(t.schema(), t.table(), session.database()));
            }
            var asked = Subject.table(session.database(), t.schema(), t.table());
            var parts =
                    leaves.stream()
                            .map(
                                    l ->
                                            new Candidate(
                                                    VacuumKind.ANALYZE,
                                                    session.database(),
                                                    Subject.table(
                                                            session.database(),
                                                            l.schemaName(),
                                                            l.tableName()),
                                                    "%s asked for it; %,d dead rows"
                                                            .formatted(
                                                                    context.actor().name(),
                                                                    l.deadRows()),
                                                    l.deadRows(),
                                                    false,
                                                    null));
            return Stream.concat(
                            parts,
                            unanalyzed(session, context).filter(c -> c.table().equals(asked)))
                    .toList();
        }
    }

    /// Null when it is quiet now, or nobody knows when it is.
    private @Nullable Instant quietFrom(ToolContext context, List<String> caveats) {
        var now = context.clock().instant();
        var quiet = QuietHours.of(lakehouse, context.target(), now, context.deadline());
        var next = quiet.window(now);
        if (next == null) {
            caveats.add("the history is too short to know the quiet hours; vacuuming now");
            return null;
        }
        if (quiet.quiet(now)) {
            return null;
        }
        caveats.add("this hour is busy; vacuums wait for the quiet hours, " + quiet.words(now));
        return next.from();
    }

    private void postpone(Candidate c, Instant until, ToolContext context) {
        if (c.table().schema() == null) {
            return;
        }
        postponed.add(
                new PostponedVacuums.Postponed(
                        context.target(),
                        c.database(),
                        c.table().schema(),
                        c.table().name(),
                        context.actor().name(),
                        until));
    }
}
