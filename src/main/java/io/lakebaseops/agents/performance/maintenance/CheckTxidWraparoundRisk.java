package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.agents.VacuumKind;
import io.lakebaseops.agents.VacuumPlan;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.GeneratedRows;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Says how far each database and its oldest tables are from running out of transaction and
/// multixact ids, when they would at the measured rate, and what keeps them from being frozen.
public final class CheckTxidWraparoundRisk
        implements ReadTool<CheckTxidWraparoundRisk.Input, CheckTxidWraparoundRisk.Output> {
    /// Of a database.
    public static final String KIND = "txid_wraparound";

    /// Of a table that keeps its database old.
    public static final String TABLE_KIND = "table_needs_freeze";

    public static final long WARNING_AGE = 500_000_000;
    public static final long CRITICAL_AGE = 1_000_000_000;

    private static final int TOP = 10;

    private final Targets targets;
    private final SqlLibrary sql;
    private final Lakehouse lakehouse;

    public CheckTxidWraparoundRisk(Targets targets, SqlLibrary sql, Lakehouse lakehouse) {
        this.targets = targets;
        this.sql = sql;
        this.lakehouse = lakehouse;
    }

    public record Input(
            @Doc(value = "Age from which it is a warning", defaultValue = "500000000") long warning,
            @Doc(value = "Age from which it is critical", defaultValue = "1000000000")
                    long critical) {
        public Input {
            if (warning < 1 || critical < warning) {
                throw new OpsException(
                        OpsException.Kind.INVALID_INPUT,
                        "Checking for wraparound",
                        "warning is %d and critical %d".formatted(warning, critical),
                        "give a warning above zero and a critical age of at least that");
            }
        }
    }

    /// @param horizon what keeps old row versions, and with them the ages; null for nothing
    public record Output(
            Ids transactions,
            Ids multixacts,
            List<Database> databases,
            List<Table> tables,
            @Nullable String horizon,
            long horizonAge) {
        public Output {
            databases = List.copyOf(databases);
            tables = List.copyOf(tables);
        }
    }

    /// One kind of id over the whole server.
    ///
    /// @param autovacuumFrom age at which autovacuum freezes whatever the settings say
    /// @param perHour null when the history is too short to say
    /// @param generatedUntil the rate and the dates rest on generated ages until then; null for
    ///     none
    public record Ids(
            long age,
            long autovacuumFrom,
            @Nullable Double perHour,
            @Nullable Limit autovacuum,
            @Nullable Limit warning,
            @Nullable Limit critical,
            @Nullable Limit stop,
            @Nullable Instant generatedUntil) {}

    /// When a limit is met if nothing is frozen until then; nine of ten such rates lie within.
    public record Limit(Instant expected, Instant earliest, @Nullable Instant latest) {
        static @Nullable Limit of(ConsumptionRate.@Nullable Eta eta) {
            return eta == null ? null : new Limit(eta.expected(), eta.earliest(), eta.latest());
        }
    }

    /// As `maintenance/txid_wraparound_risk` returns it.
    public record Database(
            String databaseName,
            boolean allowsConnections,
            long xidAge,
            long multixactAge,
            double xidUsed,
            double multixactUsed,
            long freezeMaxAge,
            long multixactFreezeMaxAge) {}

    /// @param freezeTableAge from which any vacuum of it is aggressive: it reads all that is not
    ///     frozen
    /// @param aggressive when it has that age; null when it is passed, or the rate is not known
    /// @param forced when autovacuum begins an aggressive vacuum whatever the settings say; the
    ///     same
    public record Table(
            String database,
            String schema,
            String table,
            long xidAge,
            long multixactAge,
            long bytes,
            long freezeMaxAge,
            long freezeTableAge,
            @Nullable Limit aggressive,
            @Nullable Limit forced,
            boolean vacuumRunning) {}

    /// As `maintenance/oldest_tables` returns it.
    record Oldest(
            String schemaName,
            String tableName,
            long xidAge,
            long multixactAge,
            long tableBytes,
            long freezeMaxAge,
            long freezeTableAge,
            boolean mayMaintain,
            boolean vacuumRunning) {
        long age() {
            return Math.max(xidAge, multixactAge);
        }
    }

    record Seen(String database, List<Oldest> oldest) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        CheckTxidWraparoundRisk.class,
                        "Says how far transaction and multixact ids are from wraparound, and until when",
                        "B.maintenance")
                .every("*/5 * * * *");
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var asleep = SuspendGuard.<Output>unlessAsked(targets, context);
        if (asleep.isPresent()) {
            return asleep.get();
        }
        List<Database> databases;
        XminHorizon horizon;
        boolean seesSessions;
        try (var session = targets.read(context.target(), context.deadline())) {
            databases = session.query(MaintenanceSql.WRAPAROUND, Map.of(), Database.class);
            seesSessions = session.capabilities().canMonitor();
            horizon =
                    new XminHorizon(
                            session.query(
                                    MaintenanceSql.XMIN_HORIZON,
                                    Map.of(),
                                    XminHorizon.Blocker.class));
        }
        var look = PerDatabase.look(targets, context, s -> oldest(s, s.database()));
        var caveats = new ArrayList<>(look.caveats());
        var now = context.clock().instant();
        var ids =
                new IdConsumption(
                        databases,
                        IdConsumption.rates(lakehouse, context.target(), now, context.deadline()),
                        now,
                        new IdConsumption.Marks(input.warning(), input.critical()));
        var transactions = ids.transactions();
        var multixacts = ids.multixacts();
        if (transactions.perHour() == null) {
            caveats.add(
                    "the history of ages is too short to say how fast ids are used up: it needs six"
                            + " hours");
        }
        var generated =
                GeneratedRows.later(transactions.generatedUntil(), multixacts.generatedUntil());
        if (generated != null) {
            caveats.add("rates and dates: " + GeneratedHistory.caveat(generated));
        }
        if (!seesSessions) {
            caveats.add(
                    "without pg_monitor the sessions of other roles that hold the horizon are"
                            + " hidden");
        }
        var words = new WraparoundFindings(sql, context, input, horizon, transactions, multixacts);
        var findings = new ArrayList<Finding>();
        databases.forEach(d -> words.database(d).ifPresent(findings::add));
        look.perDatabase().forEach(d -> findings.addAll(words.tables(d)));
        return new Outcome.Found<>(
                new Output(
                        transactions,
                        multixacts,
                        databases,
                        look.each(s -> tables(s, ids)),
                        horizon.holder().map(horizon::words).orElse(null),
                        horizon.holder().map(XminHorizon.Blocker::xminAge).orElse(0L)),
                Source.LIVE,
                findings,
                look.covers(KIND, TABLE_KIND),
                caveats);
    }

    static Seen oldest(ReadSession session, String database) {
        return new Seen(
                database,
                session.query(MaintenanceSql.OLDEST_TABLES, Map.of("top", TOP), Oldest.class));
    }

    static List<Table> tables(Seen seen, IdConsumption ids) {
        return seen.oldest().stream()
                .map(
                        o ->
                                new Table(
                                        seen.database(),
                                        o.schemaName(),
                                        o.tableName(),
                                        o.xidAge(),
                                        o.multixactAge(),
                                        o.tableBytes(),
                                        o.freezeMaxAge(),
                                        o.freezeTableAge(),
                                        ids.xidsReach(o.xidAge(), o.freezeTableAge()),
                                        ids.xidsReach(o.xidAge(), o.freezeMaxAge()),
                                        o.vacuumRunning()))
                .toList();
    }

    @Override
    public Remedies remedies(String database, List<Finding> findings, ToolContext context) {
        var plans = new ArrayList<ChangePlan>();
        var skipped = new ArrayList<String>();
        try (var session = targets.read(context.target(), database, context.deadline())) {
            var freeze =
                    new VacuumPlan(
                            sql,
                            VacuumKind.FREEZE,
                            ToolDescriptor.name(CheckTxidWraparoundRisk.class),
                            null);
            for (var finding : findings) {
                freeze.of(
                                session,
                                finding.subject(),
                                finding.summary(),
                                finding.fingerprint(),
                                context)
                        .ifPresentOrElse(
                                plans::add,
                                () ->
                                        skipped.add(
                                                "no plan for %s: it is gone, being vacuumed, or not ours"
                                                        .formatted(finding.subject().display())));
            }
        }
        return new Remedies(plans, skipped);
    }
}
