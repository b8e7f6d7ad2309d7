package io.lakebaseops.app.past;

import io.lakebaseops.domain.ConnectionProvider.ConnectionInfo;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.WriteId;
import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Settings;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Gives the demo a past: 90 days of generated history that end where measuring begins, each row
/// marked as simulated. Made once; a run that was cut off is taken up where it stopped.
public final class DemoPast {
    /// A day less than retention: nothing is written to be removed at once.
    private static final Duration LENGTH = Duration.ofDays(OpsTables.HISTORY_DAYS - 1L);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEY = "history.generated/";
    private static final String DONE = "history.generated.done/";
    private static final String BY = "demo";

    /// Slots written together: a few thousand rows.
    private static final int SLOTS_PER_WRITE = 300;

    private static final Logger LOG = LoggerFactory.getLogger(DemoPast.class);

    private final Targets targets;
    private final Lakehouse lakehouse;
    private final Supplier<Settings> settings;
    private final Instant measuringSince;
    private final Executor background;
    private final Map<TargetId, GeneratedHistory> known = new ConcurrentHashMap<>();

    /// @param measuringSince nothing of this process was measured before
    /// @param background writes the tables side by side
    public DemoPast(
            Targets targets,
            Lakehouse lakehouse,
            Supplier<Settings> settings,
            Instant measuringSince,
            Executor background) {
        this.targets = targets;
        this.lakehouse = lakehouse;
        this.settings = settings;
        this.measuringSince = measuringSince;
        this.background = background;
    }

    /// Which part of a server's history was generated; empty for all but the demo.
    public Optional<GeneratedHistory> of(TargetId target) {
        var there = known.get(target);
        if (there != null) {
            return Optional.of(there);
        }
        var found = settings.get().get(KEY + target.key()).flatMap(DemoPast::parse);
        found.ifPresent(history -> known.put(target, history));
        return found;
    }

    /// How many rows were written, and how long that took.
    public record Made(long rows, Duration took) {
        public static final Made NOTHING = new Made(0, Duration.ZERO);
    }

    /// Writes the past unless it is there.
    ///
    /// @param entry a login to the demo's server
    public Made make(TargetId target, ConnectionInfo entry, String database) {
        long began = System.nanoTime();
        if (settings.get().get(DONE + target.key()).isPresent()) {
            return Made.NOTHING;
        }
        var server = server(entry, database);
        var span = server == null ? null : span(target);
        long rows =
                server == null || span == null
                        ? 0
                        : write(target, server, explained(target, server), span);
        if (server != null) {
            settings.get().putFirst(DONE + target.key(), String.valueOf(rows), BY);
        }
        var took = Duration.ofNanos(System.nanoTime() - began);
        LOG.info("{} rows of history generated for {} in {} ms", rows, target, took.toMillis());
        return new Made(rows, took);
    }

    private static @Nullable DemoServer server(ConnectionInfo entry, String database) {
        var properties = new Properties();
        properties.putAll(entry.properties());
        properties.setProperty("user", entry.user());
        properties.setProperty("password", entry.password());
        try (var connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://%s/%s".formatted(entry.hosts(), database), properties)) {
            return DemoServer.read(connection);
        } catch (SQLException e) {
            throw new OpsException(
                    OpsException.Kind.INTERNAL,
                    "The demo's history",
                    "its server cannot be read: " + e.getMessage(),
                    "the demo goes on without a past; it is tried again at the next start",
                    e);
        }
    }

    /// Kept before anything is written, so that a second try generates the same.
    private @Nullable GeneratedHistory span(TargetId target) {
        var until = measuringSince;
        for (var table :
                List.of(
                        OpsTables.LAKEBASE_METRICS,
                        OpsTables.PG_STAT_HISTORY,
                        OpsTables.WAIT_SAMPLES)) {
            var first = firstMeasured(target, table);
            until = first != null && first.isBefore(until) ? first : until;
        }
        var from = measuringSince.minus(LENGTH);
        if (!from.isBefore(until)) {
            return null;
        }
        var span = new GeneratedHistory(from, Instant.ofEpochSecond(until.getEpochSecond()));
        settings.get().putFirst(KEY + target.key(), span.from() + "/" + span.until(), BY);
        return of(target).orElse(span);
    }

    private @Nullable Instant firstMeasured(TargetId target, TableDef table) {
        var rows =
                lakehouse.query(
                        HistoryQueries.FIRST_MEASURED.at("history", table.name()),
                        Map.of("project", target.project(), "branch", target.branch()),
                        ReadScope.ALL,
                        Deadline.in(PATIENCE));
        return rows.list().getFirst().get("first_measured") instanceof Instant at ? at : null;
    }

    private static Optional<GeneratedHistory> parse(String text) {
        var parts = text.split("/", 2);
        return Optional.of(new GeneratedHistory(Instant.parse(parts[0]), Instant.parse(parts[1])));
    }

    /// @param explained the plan of each statement by queryid
    long write(
            TargetId target,
            DemoServer server,
            Map<Long, String> explained,
            GeneratedHistory span) {
        var curve = new LoadCurve(span.from(), span.until(), target.key().hashCode());
        var statements = new PastStatements(target, server, curve);
        var slots =
                PastSlot.between(span.from(), span.until()).stream()
                        .filter(curve::watched)
                        .toList();
        var writer = "generated history of " + target.key();
        var waits = new PastWaits(target, statements, curve);
        var metrics = new PastMetrics(target, statements, curve);
        var plans = new PastPlans(target, server, curve, explained);
        var maintenance = new PastMaintenance(target, curve);
        var branches = new PastBranches(target, curve);
        var alerts = new PastAlerts(target, metrics, curve);
        var archivals = new PastArchivals(target, curve);
        var indexes = new PastIndexes(target, server, statements, curve, explained);
        var parts =
                Stream.<Supplier<Long>>of(
                                () ->
                                        write(
                                                OpsTables.PG_STAT_HISTORY,
                                                writer,
                                                slots,
                                                statements::rows),
                                () ->
                                        write(
                                                OpsTables.LAKEBASE_METRICS,
                                                writer,
                                                slots,
                                                metrics::rows),
                                () -> write(OpsTables.WAIT_SAMPLES, writer, slots, waits::rows),
                                () -> write(OpsTables.QUERY_TEXT, writer, statements.texts()),
                                () -> write(OpsTables.PLAN_HISTORY, writer, plans.rows()),
                                () -> write(OpsTables.VACUUM_HISTORY, writer, maintenance.rows()),
                                () -> write(OpsTables.BRANCH_LIFECYCLE, writer, branches.rows()),
                                () -> write(OpsTables.ALERT_HISTORY, writer, alerts.rows(slots)),
                                () ->
                                        write(
                                                OpsTables.DATA_ARCHIVAL_HISTORY,
                                                writer,
                                                archivals.rows()),
                                () -> write(OpsTables.INDEX_USAGE_HISTORY, writer, indexes.rows()))
                        .map(part -> CompletableFuture.supplyAsync(part, background))
                        .toList();
        try {
            return parts.stream().mapToLong(CompletableFuture::join).sum();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private long write(
            TableDef table,
            String writer,
            List<PastSlot> slots,
            Function<PastSlot, List<Map<String, @Nullable Object>>> rows) {
        long written = 0;
        // The newest first: it is what a screen that is open already shows.
        int sequence = 0;
        for (int end = slots.size(); end > 0; end -= SLOTS_PER_WRITE) {
            var together = new ArrayList<Map<String, @Nullable Object>>();
            slots.subList(Math.max(0, end - SLOTS_PER_WRITE), end)
                    .forEach(slot -> together.addAll(rows.apply(slot)));
            lakehouse.append(table.name(), together, new WriteId(writer, ++sequence));
            written += together.size();
        }
        return written;
    }

    private long write(TableDef table, String writer, List<Map<String, @Nullable Object>> rows) {
        if (!rows.isEmpty()) {
            lakehouse.append(table.name(), rows, new WriteId(writer, 1));
        }
        return rows.size();
    }

    private Map<Long, String> explained(TargetId target, DemoServer server) {
        var plans = new HashMap<Long, String>();
        try (var session = targets.read(target, Deadline.in(PATIENCE))) {
            for (var statement : server.statements()) {
                plans.put(statement.queryId(), session.explain(new ExplainText(statement.sql())));
            }
        }
        return plans;
    }
}
