package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Proposes autovacuum limits of their own for tables whose dead rows would pile up under those
/// they have, with the runs and the peak that follow, and only where the peak at least halves.
public final class TuneAutovacuumParameters
        implements ChangeTool<TuneAutovacuumParameters.Input, TuneAutovacuumParameters.Output> {
    /// Of the peak, with all tables that share the workers.
    private static final double STILL_WORTH = 0.75;

    /// Tables whose freezing is told of: one mistake is usually made on many alike.
    private static final int REVISITS = 10;

    private final Targets targets;
    private final SqlLibrary sql;

    public TuneAutovacuumParameters(Targets targets, SqlLibrary sql) {
        this.targets = targets;
        this.sql = sql;
    }

    /// @param table null for every table; then `schema` is not looked at
    public record Input(
            @Doc(value = "At most this many tables in one run", defaultValue = "20") int limit,
            @Doc("Schema of the table") @Nullable String schema,
            @Doc("Only this table; left out: those that would gain") @Nullable String table) {
        boolean means(AutovacuumTuning.Table t) {
            return table == null
                    || (t.tableName().equals(table)
                            && (schema == null || t.schemaName().equals(schema)));
        }
    }

    /// @param tables looked at: those of 8 MB and more
    public record Output(int tables, List<Tuning> tunings) {
        public Output {
            tunings = List.copyOf(tunings);
        }
    }

    /// Peaks and curves are those of a simulation of all tables that share the workers.
    ///
    /// @param deadPerHour rows, over the `measuredHours` that were seen
    /// @param waitHours for a free worker at most, under the settings of today and as proposed
    /// @param curveNow and `curveProposed`: dead rows of the next day, simulated
    public record Tuning(
            String database,
            String schema,
            String table,
            long liveRows,
            long deadRows,
            double deadPerHour,
            double measuredHours,
            double factorNow,
            long thresholdNow,
            double factor,
            long threshold,
            double runsPerDayNow,
            double runsPerDay,
            double peakNow,
            double peak,
            long savedBytes,
            double waitHoursNow,
            double waitHours,
            List<AutovacuumSchedule.Point> curveNow,
            List<AutovacuumSchedule.Point> curveProposed) {
        public Tuning {
            curveNow = List.copyOf(curveNow);
            curveProposed = List.copyOf(curveProposed);
        }
    }

    private record Seen(
            String database, int tables, List<Simulated> tunings, List<String> caveats) {}

    /// A proposal with what all tables do to each other under it.
    record Simulated(AutovacuumTuning tuning, AutovacuumForesight foresight) {
        /// Where its limit is not met within the day, what it would have then.
        double peakNow() {
            return Math.max(
                    foresight.today().of(tuning.table().name()).peak(), tuning.today().peak());
        }

        double peak() {
            return Math.max(
                    foresight.proposed().of(tuning.table().name()).peak(),
                    tuning.proposed().peak());
        }

        /// Where tables wait for workers, earlier limits may bring nothing.
        boolean helps() {
            return peak() <= STILL_WORTH * peakNow();
        }

        long savedBytes() {
            return tuning.savedBytes(peakNow(), peak());
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        TuneAutovacuumParameters.class,
                        "Proposes autovacuum limits for tables whose dead rows pile up, with what follows",
                        "B.maintenance")
                .every("0 3 * * *");
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var asleep = SuspendGuard.<Output>unlessAsked(targets, context);
        if (asleep.isPresent()) {
            return new Proposal<>(asleep.get(), List.of());
        }
        var look = PerDatabase.look(targets, context, s -> judge(s, input));
        var caveats = new ArrayList<>(look.caveats());
        look.perDatabase().forEach(d -> caveats.addAll(d.caveats()));
        var found = new ArrayList<Tuning>();
        var plans = new ArrayList<ChangePlan>();
        for (var database : look.perDatabase()) {
            var chosen = database.tunings();
            chosen.forEach(t -> found.add(tuning(database.database(), t)));
            var ours = chosen.stream().filter(t -> t.tuning().table().mayAlter()).toList();
            if (ours.size() < chosen.size()) {
                caveats.add(
                        "%s: no plan for %d tables of other owners"
                                .formatted(database.database(), chosen.size() - ours.size()));
            }
            if (!ours.isEmpty() && plans.size() < input.limit()) {
                try (var session =
                        targets.read(context.target(), database.database(), context.deadline())) {
                    var maker = new AutovacuumLimitsPlan(sql, session, context);
                    ours.stream()
                            .limit(input.limit() - plans.size())
                            .forEach(t -> maker.of(t).ifPresent(plans::add));
                }
            }
        }
        return new Proposal<>(
                new Outcome.Found<>(
                        new Output(look.perDatabase().stream().mapToInt(Seen::tables).sum(), found),
                        Source.LIVE,
                        List.of(),
                        List.of(),
                        caveats),
                plans);
    }

    private static Seen judge(ReadSession session, Input input) {
        var tables =
                session.query(
                        MaintenanceSql.TABLE_CHURN,
                        Map.of("min_bytes", TableState.FLOOR_BYTES),
                        AutovacuumTuning.Table.class);
        var caveats = new ArrayList<String>();
        var unknown = tables.stream().filter(t -> AutovacuumTuning.deadPerHour(t) < 0).count();
        if (unknown > 0) {
            caveats.add(
                    "%s: of %d tables it is not known how fast they change: counters younger than ten minutes, or of unknown age"
                            .formatted(session.database(), unknown));
        }
        tables.stream()
                .filter(t -> AutovacuumTuning.deadPerHour(t) >= 0)
                .filter(t -> t.statsReset() != null && TableCaveats.young(t.statsReset(), t.at()))
                .findFirst()
                .ifPresent(
                        t ->
                                caveats.add(
                                        "%s: the statistics were reset at %s: how fast tables change is known of the time since only"
                                                .formatted(session.database(), t.statsReset())));
        session.query(MaintenanceSql.FREEZE_REVISITS, Map.of(), FreezeRevisit.class).stream()
                .limit(REVISITS)
                .map(r -> session.database() + ": " + r.words())
                .forEach(caveats::add);
        var off = tables.stream().filter(t -> !t.enabled()).toList();
        if (!off.isEmpty()) {
            caveats.add(
                    "%s: autovacuum is switched off for %s%s"
                            .formatted(
                                    session.database(),
                                    off.getFirst().tableName(),
                                    off.size() > 1
                                            ? " and %d others".formatted(off.size() - 1)
                                            : ""));
        }
        var tunings =
                tables.stream()
                        .map(AutovacuumTuning::of)
                        .filter(Objects::nonNull)
                        .filter(t -> input.means(t.table()))
                        .toList();
        var foresight = AutovacuumForesight.of(tables, tunings);
        foresight.caveat().map(c -> session.database() + ": " + c).ifPresent(caveats::add);
        return new Seen(
                session.database(),
                tables.size(),
                tunings.stream()
                        .map(t -> new Simulated(t, foresight))
                        .filter(Simulated::helps)
                        .sorted(Comparator.comparingLong(Simulated::savedBytes).reversed())
                        .toList(),
                caveats);
    }

    private static Tuning tuning(String database, Simulated s) {
        var t = s.tuning();
        var table = t.table();
        var today = s.foresight().today();
        var proposed = s.foresight().proposed();
        return new Tuning(
                database,
                table.schemaName(),
                table.tableName(),
                table.liveRows(),
                table.deadRows(),
                t.deadPerHour(),
                t.measured().toMillis() / 3_600_000.0,
                table.factorNow(),
                table.thresholdNow(),
                t.factor(),
                t.threshold(),
                t.today().runsPerDay(),
                t.proposed().runsPerDay(),
                s.peakNow(),
                s.peak(),
                s.savedBytes(),
                today.waited(table.name()),
                proposed.waited(table.name()),
                today.of(table.name()).points(),
                proposed.of(table.name()).points());
    }

    static String words(Simulated s) {
        var t = s.tuning();
        double wait = s.foresight().today().waited(t.table().name());
        return "%s rows die an hour; autovacuum begins at %s of them, %s times a day, and they peak at %s%s; with the proposed limits %s times a day and a peak of %s, %s less (simulated with all tables and %d workers)"
                .formatted(
                        Format.grouped(t.deadPerHour()),
                        Format.grouped(t.today().limit()),
                        Format.digits(t.today().runsPerDay()),
                        Format.grouped(s.peakNow()),
                        wait > 2 * t.table().server().napHours()
                                ? ", since it waits up to %s for a worker"
                                        .formatted(
                                                Format.duration(
                                                        Duration.ofSeconds((long) (wait * 3_600))))
                                : "",
                        Format.digits(t.proposed().runsPerDay()),
                        Format.grouped(s.peak()),
                        Format.size(s.savedBytes()),
                        t.table().workers());
    }
}
