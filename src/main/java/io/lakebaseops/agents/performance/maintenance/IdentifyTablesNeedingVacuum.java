package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Finds tables that should have been vacuumed by now, by their own limits, and says whether a
/// vacuum would help.
public final class IdentifyTablesNeedingVacuum
        implements ReadTool<IdentifyTablesNeedingVacuum.Input, IdentifyTablesNeedingVacuum.Output> {
    public static final String KIND = "table_needs_vacuum";
    public static final String FULL_KIND = "table_bloated";
    public static final String STATISTICS_KIND = "partitioned_table_not_analyzed";
    public static final String HORIZON_KIND = "xmin_horizon_held";

    /// A list that is longer is not read.
    private static final int MOST_SHOWN = 500;

    private final Targets targets;
    private final SqlLibrary sql;

    public IdentifyTablesNeedingVacuum(Targets targets, SqlLibrary sql) {
        this.targets = targets;
        this.sql = sql;
    }

    public record Input(
            @Doc(
                            value =
                                    "Share of a table's file wasted before VACUUM FULL is"
                                            + " considered",
                            defaultValue = "0.3")
                    double fullFrom) {}

    /// @param outlook of the tables of some size that are on their way to a limit, the nearest
    ///     first
    public record Output(
            int databases,
            int tables,
            List<Table> needing,
            List<AutovacuumOutlook> outlook,
            @Nullable Held horizon) {
        public Output {
            needing = List.copyOf(needing);
            outlook = List.copyOf(outlook);
        }
    }

    /// @param excess how many times its own limit is reached
    /// @param late over its limit and not vacuumed for more than 24 h
    /// @param bloatLow share of the file wasted at least, 0 to 1; null when it cannot be estimated
    /// @param bloatMeasured by pgstattuple, not estimated
    /// @param fullCandidate even the lower bound is above the limit
    public record Table(
            String database,
            String schema,
            String table,
            long deadRows,
            double deadShare,
            double excess,
            String rule,
            boolean late,
            @Nullable Double hoursSinceVacuum,
            @Nullable Double bloatLow,
            @Nullable Double bloatHigh,
            boolean bloatMeasured,
            boolean fullCandidate,
            List<String> partitions) {}

    /// @param by all that stand at the oldest point
    /// @param wouldRelease what ending them would bring
    /// @param remedy the statements or acts that end them
    public record Held(String by, long xminAge, String wouldRelease, String remedy) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        IdentifyTablesNeedingVacuum.class,
                        "Finds tables past their own vacuum limits, how late autovacuum is, and what holds"
                                + " it up",
                        "B.maintenance")
                .in(StandardJob.VACUUM_SCHEDULER);
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var asleep = SuspendGuard.<Output>unlessAsked(targets, context);
        if (asleep.isPresent()) {
            return asleep.get();
        }
        var look = PerDatabase.look(targets, context, s -> look(s));
        XminHorizon horizon;
        boolean seesSessions;
        try (var session = targets.read(context.target(), context.deadline())) {
            seesSessions = session.capabilities().canMonitor();
            horizon =
                    new XminHorizon(
                            session.query(
                                    MaintenanceSql.XMIN_HORIZON,
                                    Map.of(),
                                    XminHorizon.Blocker.class));
        }
        var findings = new ArrayList<Finding>();
        var tables = new ArrayList<Table>();
        var words = new VacuumFindings(sql, context, horizon, input.fullFrom());
        for (var seen : look.perDatabase()) {
            for (var need : seen.needs()) {
                tables.add(words.table(seen.database(), need));
                findings.addAll(words.findings(seen.database(), need));
            }
            seen.unanalyzed().forEach(p -> findings.add(words.notAnalyzed(seen.database(), p)));
        }
        var held = words.held(look.perDatabase());
        words.horizonFinding(held, look.perDatabase()).ifPresent(findings::add);
        tables.sort((a, b) -> Double.compare(b.excess(), a.excess()));
        var caveats = new ArrayList<>(look.caveats());
        look.perDatabase().forEach(d -> d.caveat().forEach(caveats::add));
        if (!seesSessions) {
            caveats.add(
                    "without pg_monitor the sessions of other roles that hold the horizon are"
                            + " hidden");
        }
        return new Outcome.Found<>(
                new Output(
                        look.perDatabase().size(),
                        look.perDatabase().stream().mapToInt(Database::tables).sum(),
                        tables,
                        outlook(look.perDatabase(), horizon),
                        held),
                Source.LIVE,
                findings,
                seesSessions
                        ? look.covers(KIND, FULL_KIND, STATISTICS_KIND, HORIZON_KIND)
                        : look.covers(KIND, FULL_KIND, STATISTICS_KIND),
                caveats);
    }

    private static List<AutovacuumOutlook> outlook(List<Database> databases, XminHorizon horizon) {
        return databases.stream()
                .flatMap(
                        d ->
                                d.large().stream()
                                        .map(t -> AutovacuumOutlook.of(d.database(), t, horizon)))
                .filter(o -> o.share() >= AutovacuumOutlook.WORTH_SHOWING)
                .sorted(Comparator.comparingDouble(AutovacuumOutlook::share).reversed())
                .limit(MOST_SHOWN)
                .toList();
    }

    /// @param large tables over the floor
    /// @param unanalyzed partitioned tables whose statistics over the whole are missing or old
    record Database(
            String database,
            int tables,
            List<VacuumNeed> needs,
            List<TableState> large,
            List<PartitionedStatistics> unanalyzed,
            List<String> caveat) {}

    private static Database look(ReadSession session) {
        var states = session.query(MaintenanceSql.VACUUM_STATE, Map.of(), TableState.class);
        var widths =
                session.query(
                        MaintenanceSql.ROW_WIDTHS,
                        Map.of("min_bytes", TableState.FLOOR_BYTES),
                        HeapBloat.Widths.class);
        var caveat = new ArrayList<String>();
        var bloat = HeapBloatCheck.of(session, states, widths, HeapBloatCheck.Budget.RUN);
        bloat.caveat().ifPresent(caveat::add);
        var needs = VacuumNeed.of(states, bloat.byTable());
        TableCaveats.unmeasured(session.database(), states, widths).ifPresent(caveat::add);
        caveat.addAll(TableCaveats.counters(session.database(), states));
        if (session.capabilities().setting("track_counts").orElse("on").equals("off")) {
            caveat.add(session.database() + ": track_counts is off, so nobody counts dead rows");
        }
        var unanalyzed =
                session
                        .query(
                                MaintenanceSql.PARTITIONED_STATISTICS,
                                Map.of(),
                                PartitionedStatistics.class)
                        .stream()
                        .filter(PartitionedStatistics::due)
                        .toList();
        return new Database(
                session.database(),
                states.size(),
                needs,
                states.stream().filter(TableState::overFloor).toList(),
                unanalyzed,
                caveat);
    }
}
