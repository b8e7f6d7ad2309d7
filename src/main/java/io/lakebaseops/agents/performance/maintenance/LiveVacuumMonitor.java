package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.performance.maintenance.VacuumRound.Part;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The vacuum state read from the server itself, in one session a round. Sessions, slots and
/// running vacuums are read each time; tables and ages as often as they can be for two percent of
/// one core each.
public final class LiveVacuumMonitor implements VacuumMonitor {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// What costs more is not read again before so many times as long as reading it took.
    private static final int SPARING = 50;

    private static final Duration PAGES_KEPT = Duration.ofMinutes(10);
    private static final Duration HISTORY_KEPT = Duration.ofMinutes(10);
    private static final Duration RUNS_KEPT = Duration.ofMinutes(1);
    private static final Duration A_DAY = Duration.ofHours(24);

    private final Targets targets;
    private final Lakehouse lakehouse;
    private final Clock clock;
    private final Map<TargetId, Watched> watched = new ConcurrentHashMap<>();

    public LiveVacuumMonitor(Targets targets, Lakehouse lakehouse, Clock clock) {
        this.targets = targets;
        this.lakehouse = lakehouse;
        this.clock = clock;
    }

    /// As `maintenance/vacuum_server` returns it.
    record Server(
            String databaseName,
            boolean inRecovery,
            long nextXid,
            long workersBusy,
            long workers,
            boolean autovacuumOn,
            boolean counting,
            Instant at) {}

    /// What is remembered of one server from round to round.
    private static final class Watched {
        private final DeadRowSamples samples = new DeadRowSamples();
        private final VacuumProgress progress = new VacuumProgress();
        private @Nullable Kept<VacuumTables.Read> tables;
        private @Nullable Kept<VacuumTables.Pages> pages;
        private @Nullable Kept<IdConsumption.Rates> rates;
        private @Nullable Kept<Ages> ages;
        private @Nullable Kept<QuietHours> quiet;
        private volatile @Nullable Kept<Runs> runs;
    }

    private record Ages(
            List<CheckTxidWraparoundRisk.Database> databases,
            CheckTxidWraparoundRisk.Seen oldest) {}

    private record Runs(String table, List<TableHistory.Run> runs) {}

    private record Kept<T>(T value, Instant until) {}

    @Override
    public VacuumRound read(TargetId target) {
        var known = watched.computeIfAbsent(target, _ -> new Watched());
        var deadline = Deadline.in(PATIENCE);
        synchronized (known) {
            try (var session = targets.read(target, deadline)) {
                return read(session, known, target, deadline);
            }
        }
    }

    private VacuumRound read(
            ReadSession session, Watched known, TargetId target, Deadline deadline) {
        var server = session.query(MaintenanceSql.VACUUM_SERVER, Map.of(), Server.class).getFirst();
        var read = part(() -> tables(session, known, server));
        var states = read.value() == null ? List.<TableState>of() : read.value().states();
        var blockers =
                part(
                        () ->
                                new XminHorizon(
                                        session.query(
                                                MaintenanceSql.XMIN_HORIZON,
                                                Map.of(),
                                                XminHorizon.Blocker.class)));
        var judged =
                blockers.value() == null
                        ? null
                        : new HorizonRelease(
                                        server.databaseName(),
                                        blockers.value(),
                                        known.samples,
                                        server.nextXid(),
                                        server.at())
                                .judge(states);
        var horizon =
                judged == null
                        ? Part.<VacuumRound.Horizon>failed(String.valueOf(blockers.problem()))
                        : Part.of(new VacuumRound.Horizon(judged.holders()));
        var tables =
                read.value() == null
                        ? Part.<VacuumRound.Tables>failed(String.valueOf(read.problem()))
                        : Part.of(
                                new VacuumRound.Tables(
                                        read.value()
                                                .lines(
                                                        server,
                                                        blockers.value() == null
                                                                ? new XminHorizon(List.of())
                                                                : blockers.value(),
                                                        judged == null
                                                                ? HorizonRelease.Judged.NOTHING
                                                                : judged),
                                        read.value().at()));
        return new VacuumRound(
                server.at(),
                server.databaseName(),
                server.inRecovery() ? "a standby replays what its primary does" : null,
                session.capabilities().canMonitor(),
                horizon,
                part(
                        () ->
                                known.progress.read(
                                        session,
                                        server,
                                        tables.value() == null
                                                ? List.of()
                                                : tables.value().tables(),
                                        horizon.value())),
                tables,
                part(() -> wraparound(session, known, target, server, deadline)));
    }

    /// A part that cannot be read does not take the others with it; a lost connection does.
    private static <T> Part<T> part(Supplier<T> read) {
        try {
            return Part.of(read.get());
        } catch (OpsException e) {
            if (e.kind() == OpsException.Kind.UNREACHABLE
                    || e.kind() == OpsException.Kind.CANCELLED) {
                throw e;
            }
            return Part.failed(e.why() + ". " + e.remedy());
        }
    }

    private VacuumTables.Read tables(ReadSession session, Watched known, Server server) {
        var kept =
                spared(
                        known.tables,
                        () -> {
                            var read = VacuumTables.read(session, pages(session, known));
                            known.samples.add(read.at(), server.nextXid(), read.states());
                            return read;
                        });
        known.tables = kept;
        return kept.value();
    }

    /// What was read last, until it may be read again.
    private <T> Kept<T> spared(@Nullable Kept<T> kept, Supplier<T> read) {
        if (kept != null && clock.instant().isBefore(kept.until())) {
            return kept;
        }
        var began = System.nanoTime();
        var value = read.get();
        var took = Duration.ofNanos(System.nanoTime() - began);
        return new Kept<>(value, clock.instant().plus(took.multipliedBy(SPARING)));
    }

    private VacuumTables.Pages pages(ReadSession session, Watched known) {
        var kept = known.pages;
        if (kept != null && clock.instant().isBefore(kept.until())) {
            return kept.value();
        }
        var pages = VacuumTables.Pages.read(session);
        known.pages = new Kept<>(pages, clock.instant().plus(PAGES_KEPT));
        return pages;
    }

    private VacuumRound.Wraparound wraparound(
            ReadSession session, Watched known, TargetId target, Server server, Deadline deadline) {
        var ages =
                spared(
                        known.ages,
                        () ->
                                new Ages(
                                        session.query(
                                                MaintenanceSql.WRAPAROUND,
                                                Map.of(),
                                                CheckTxidWraparoundRisk.Database.class),
                                        CheckTxidWraparoundRisk.oldest(
                                                session, server.databaseName())));
        known.ages = ages;
        var kept = known.rates;
        if (kept == null || !clock.instant().isBefore(kept.until())) {
            var rates = IdConsumption.rates(lakehouse, target, clock.instant(), deadline);
            kept = new Kept<>(rates, clock.instant().plus(HISTORY_KEPT));
            known.rates = kept;
        }
        var ids =
                new IdConsumption(
                        ages.value().databases(),
                        kept.value(),
                        clock.instant(),
                        IdConsumption.Marks.STANDARD);
        return new VacuumRound.Wraparound(
                ids.transactions(),
                ids.multixacts(),
                CheckTxidWraparoundRisk.tables(ages.value().oldest(), ids));
    }

    @Override
    public TableHistory history(TargetId target, VacuumTable table) {
        var known = watched.computeIfAbsent(target, _ -> new Watched());
        var now = clock.instant();
        var kept = known.runs;
        if (kept == null
                || !kept.value().table().equals(table.name())
                || !now.isBefore(kept.until())) {
            kept =
                    new Kept<>(
                            new Runs(table.name(), runs(target, table, now)), now.plus(RUNS_KEPT));
            known.runs = kept;
        }
        return new TableHistory(
                table.toast() ? List.of() : known.samples.of(table.oid()), kept.value().runs());
    }

    private List<TableHistory.Run> runs(TargetId target, VacuumTable table, Instant now) {
        var runs = new ArrayList<TableHistory.Run>();
        for (var row :
                lakehouse
                        .query(
                                HistoryQueries.VACUUMS_OF_TABLE,
                                Map.of(
                                        "project",
                                        target.project(),
                                        "branch",
                                        target.branch(),
                                        "schema",
                                        table.schema(),
                                        "table",
                                        table.table()),
                                ReadScope.since(now.minus(A_DAY)),
                                Deadline.in(PATIENCE))
                        .list()) {
            if (row.get("recorded_at") instanceof Instant at) {
                runs.add(
                        new TableHistory.Run(
                                at,
                                number(row.get("removed")),
                                row.get("duration_seconds") instanceof Number s
                                        ? s.doubleValue()
                                        : 0,
                                String.valueOf(row.get("operation_type")),
                                "simulated".equals(row.get("source"))));
            }
        }
        return runs;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number n ? n.longValue() : 0;
    }

    @Override
    public QuietHours quietHours(TargetId target) {
        var known = watched.computeIfAbsent(target, _ -> new Watched());
        synchronized (known) {
            var kept = known.quiet;
            if (kept == null || !clock.instant().isBefore(kept.until())) {
                var now = clock.instant();
                kept =
                        new Kept<>(
                                QuietHours.of(lakehouse, target, now, Deadline.in(PATIENCE)),
                                now.plus(HISTORY_KEPT));
                known.quiet = kept;
            }
            return kept.value();
        }
    }
}
