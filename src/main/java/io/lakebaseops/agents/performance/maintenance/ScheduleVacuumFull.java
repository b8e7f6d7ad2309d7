package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.agents.VacuumKind;
import io.lakebaseops.agents.VacuumPlan;
import io.lakebaseops.agents.performance.maintenance.FullVacuumAdvice.Way;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;
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

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Plans VACUUM FULL where much space would come back and nothing cheaper does it: says who would
/// be shut out and for how long, what disk it needs, and when the server is quiet.
public final class ScheduleVacuumFull
        implements ChangeTool<ScheduleVacuumFull.Input, ScheduleVacuumFull.Output> {
    /// Read once, written once, on one core.
    private static final double FAST_BYTES_PER_SECOND = 80 << 20;

    private static final double SLOW_BYTES_PER_SECOND = 15 << 20;

    private final Targets targets;
    private final SqlLibrary sql;
    private final Lakehouse lakehouse;

    public ScheduleVacuumFull(Targets targets, SqlLibrary sql, Lakehouse lakehouse) {
        this.targets = targets;
        this.sql = sql;
        this.lakehouse = lakehouse;
    }

    /// @param table null = those found
    public record Input(
            @Doc("Schema of the table; left out with it: those found") @Nullable String schema,
            @Doc("Table to write anew; left out: those with much free space")
                    @Nullable String table,
            @Doc("Database of the table; left out: all") @Nullable String database,
            @Doc(
                            value = "Share of a table's file wasted before it is considered",
                            defaultValue = "0.3")
                    double fullFrom,
            @Doc(value = "At most this many plans in one run", defaultValue = "3") int limit) {}

    public record Output(List<Table> tables, @Nullable String quietHours) {
        public Output {
            tables = List.copyOf(tables);
        }
    }

    /// @param way `full`, `vacuum_first`, `reindex`, `not_worth_it` or `unknown`
    /// @param wasteMeasured by pgstattuple, not estimated
    /// @param diskBytes needed beside the table while it runs
    /// @param sessions that hold a lock on it now and would be waited for
    /// @param scansPerHour that would have to wait
    public record Table(
            String database,
            String schema,
            String table,
            String way,
            String why,
            long bytes,
            long expectedBytes,
            long diskBytes,
            @Nullable Double leastWasted,
            @Nullable Double mostWasted,
            boolean wasteMeasured,
            String duration,
            long sessions,
            double scansPerHour) {}

    /// As `maintenance/table_users` returns it.
    private record Users(
            long sessions,
            long scans,
            Instant since,
            long indexBytes,
            long toastBytes,
            long heapBytes,
            Instant at) {
        double perHour() {
            return scans / Math.max(0.02, Duration.between(since, at).toMillis() / 3_600_000.0);
        }
    }

    private record Judged(Table table, boolean may, double freed) {}

    private record Seen(List<Judged> judged, List<String> caveats) {
        static final Seen NOTHING = new Seen(List.of(), List.of());
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        ScheduleVacuumFull.class,
                        "Plans VACUUM FULL where much space would come back and nothing cheaper does it",
                        "B.maintenance")
                .in(StandardJob.VACUUM_SCHEDULER);
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        if (input.table() != null && input.schema() == null) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Planning VACUUM FULL",
                    "a table is given without its schema",
                    "give both");
        }
        var asleep = SuspendGuard.<Output>unlessAsked(targets, context);
        if (asleep.isPresent()) {
            return new Proposal<>(asleep.get(), List.of());
        }
        var quiet =
                QuietHours.of(
                        lakehouse, context.target(), context.clock().instant(), context.deadline());
        var look = PerDatabase.look(targets, context, s -> judge(s, input, context));
        var caveats = new ArrayList<>(look.caveats());
        look.perDatabase().forEach(seen -> caveats.addAll(seen.caveats()));
        var judged =
                look.perDatabase().stream()
                        .flatMap(seen -> seen.judged().stream())
                        .sorted(Comparator.comparingDouble(Judged::freed).reversed())
                        .toList();
        if (input.table() != null && judged.isEmpty()) {
            caveats.add("there is no table %s.%s".formatted(input.schema(), input.table()));
        }
        if (!quiet.known()) {
            caveats.add("the history is too short to know the quiet hours");
        }
        var generated = quiet.generatedUntil();
        if (generated != null) {
            caveats.add("quiet hours: " + GeneratedHistory.caveat(generated));
        }
        var plans = new ArrayList<ChangePlan>();
        for (var j : judged) {
            if (!j.table().way().equals(word(Way.FULL)) || plans.size() >= input.limit()) {
                continue;
            }
            if (!j.may()) {
                caveats.add(
                        "no plan for %s.%s: this login may not vacuum it (needs MAINTAIN or pg_maintain)"
                                .formatted(j.table().schema(), j.table().table()));
                continue;
            }
            plan(j.table(), quiet, context).ifPresent(plans::add);
        }
        return new Proposal<>(
                new Outcome.Found<>(
                        new Output(
                                judged.stream().map(Judged::table).toList(),
                                quiet.known() ? quiet.words(context.clock().instant()) : null),
                        Source.LIVE,
                        List.of(),
                        List.of(),
                        caveats),
                plans);
    }

    private static String word(Way way) {
        return way.name().toLowerCase(Locale.ROOT);
    }

    private Optional<ChangePlan> plan(Table t, QuietHours quiet, ToolContext context) {
        var table = Subject.table(t.database(), t.schema(), t.table());
        var note =
                "%s more are needed while it runs, %s; %s it now, %s scans an hour would wait%s"
                        .formatted(
                                Format.size(t.diskBytes()),
                                t.duration(),
                                Format.count(t.sessions(), "session") + " use",
                                Format.grouped(t.scansPerHour()),
                                quiet.known()
                                        ? "; next quiet hours: "
                                                + quiet.words(context.clock().instant())
                                        : "");
        try (var session = targets.read(context.target(), t.database(), context.deadline())) {
            return new VacuumPlan(
                            sql,
                            VacuumKind.FULL,
                            ToolDescriptor.name(ScheduleVacuumFull.class),
                            null,
                            note)
                    .of(
                            session,
                            table,
                            "%s of %s would come back: %s"
                                    .formatted(
                                            Format.size(t.bytes() - t.expectedBytes()),
                                            Format.size(t.bytes()),
                                            t.why()),
                            Finding.fingerprint(
                                    context.target(), IdentifyTablesNeedingVacuum.FULL_KIND, table),
                            context);
        }
    }

    private static Seen judge(ReadSession session, Input input, ToolContext context) {
        if (input.database() != null && !input.database().equals(session.database())) {
            return Seen.NOTHING;
        }
        var all = session.query(MaintenanceSql.VACUUM_STATE, Map.of(), TableState.class);
        var states =
                input.table() == null
                        ? all
                        : all.stream()
                                .filter(s -> s.tableName().equals(input.table()))
                                .filter(s -> s.schemaName().equals(input.schema()))
                                .toList();
        var widths =
                session.query(
                        MaintenanceSql.ROW_WIDTHS,
                        Map.of("min_bytes", input.table() == null ? TableState.FLOOR_BYTES : 0L),
                        HeapBloat.Widths.class);
        var check = HeapBloatCheck.of(session, states, widths, HeapBloatCheck.Budget.RUN);
        var judged = new ArrayList<Judged>();
        for (var state : states) {
            var bloat = check.byTable().get(state.tableOid());
            if (input.table() != null
                    || state.overFloor() && bloat != null && bloat.low() > input.fullFrom()) {
                context.deadline().check("Judging " + state.tableName());
                judge(session, state, bloat, input.fullFrom()).ifPresent(judged::add);
            }
        }
        var caveats = new ArrayList<>(TableCaveats.counters(session.database(), states));
        TableCaveats.unmeasured(session.database(), states, widths).ifPresent(caveats::add);
        check.caveat().ifPresent(caveats::add);
        return new Seen(judged, caveats);
    }

    private static Optional<Judged> judge(
            ReadSession session, TableState state, @Nullable HeapBloat bloat, double from) {
        var users =
                session.one(
                        MaintenanceSql.TABLE_USERS,
                        Map.of("schema_name", state.schemaName(), "table_name", state.tableName()),
                        Users.class);
        if (users == null) {
            return Optional.empty();
        }
        var parts =
                new FullVacuumAdvice.Parts(
                        users.heapBytes(), users.indexBytes(), users.toastBytes());
        var advice = FullVacuumAdvice.of(state, bloat, parts, from);
        long bytes = users.heapBytes() + users.indexBytes() + users.toastBytes();
        double work = users.heapBytes() + (double) advice.expectedBytes();
        return Optional.of(
                new Judged(
                        new Table(
                                session.database(),
                                state.schemaName(),
                                state.tableName(),
                                word(advice.way()),
                                advice.why(),
                                bytes,
                                advice.expectedBytes(),
                                advice.diskBytes(),
                                bloat == null ? null : bloat.low(),
                                bloat == null ? null : bloat.high(),
                                bloat != null && bloat.measured(),
                                "%s to %s"
                                        .formatted(
                                                time(work / FAST_BYTES_PER_SECOND),
                                                time(work / SLOW_BYTES_PER_SECOND)),
                                users.sessions(),
                                users.perHour()),
                        state.mayMaintain() && !state.vacuumRunning(),
                        bytes - (double) advice.expectedBytes()));
    }

    private static String time(double seconds) {
        return Format.duration(Duration.ofMillis((long) (seconds * 1000) + 100));
    }
}
