package io.lakebaseops.agents.health.monitoring;

import static io.lakebaseops.agents.health.monitoring.AlertRule.Bad.ABOVE;
import static io.lakebaseops.agents.health.monitoring.AlertRule.Bad.BELOW;
import static io.lakebaseops.agents.health.monitoring.Derivation.counted;
import static io.lakebaseops.agents.health.monitoring.Derivation.gauge;
import static io.lakebaseops.agents.health.monitoring.Derivation.of;
import static io.lakebaseops.agents.health.monitoring.Derivation.share;
import static io.lakebaseops.agents.health.monitoring.Derivation.transactions;

import io.lakebaseops.agents.health.monitoring.AlertRule.Sop;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The list of all metrics; those with a gauge come first and in the order of the gauges.
public final class MetricDefinitions {
    private static final MetricDefinitions STANDARD = new MetricDefinitions(standardList());

    private final List<MetricDefinition> all;
    private final Map<MetricName, MetricDefinition> byName = new EnumMap<>(MetricName.class);
    private final RulesInForce rules;

    MetricDefinitions(List<MetricDefinition> all) {
        this(all, (_, rule) -> rule);
    }

    private MetricDefinitions(List<MetricDefinition> all, RulesInForce rules) {
        this.all = List.copyOf(all);
        this.rules = rules;
        all.forEach(d -> byName.put(d.name(), d));
    }

    /// Gives the rule in force on a server, where a person may have changed its limits; may block.
    @FunctionalInterface
    public interface RulesInForce {
        AlertRule on(TargetId target, AlertRule standard);
    }

    /// With the limits this product comes with.
    public static MetricDefinitions standard() {
        return STANDARD;
    }

    /// The same metrics, judged by other limits.
    public MetricDefinitions judgedBy(RulesInForce inForce) {
        return new MetricDefinitions(all, inForce);
    }

    List<MetricDefinition> all() {
        return all;
    }

    /// Those with a gauge, in the order of the screen.
    public List<Watched> watched() {
        return all.stream().map(MetricDefinition::watched).<Watched>mapMulti(this::some).toList();
    }

    /// The same with the limits in force on one server; may block.
    public List<Watched> watched(TargetId target) {
        return watched().stream().map(w -> w.with(rules.on(target, w.rule()))).toList();
    }

    public Optional<Watched> watched(TargetId target, MetricName name) {
        return watched(name).map(w -> w.with(rules.on(target, w.rule())));
    }

    private void some(@Nullable Watched watched, java.util.function.Consumer<Watched> to) {
        if (watched != null) {
            to.accept(watched);
        }
    }

    public Optional<Watched> watched(MetricName name) {
        return Optional.ofNullable(byName.get(name)).map(MetricDefinition::watched);
    }

    /// Every column that only grows until the statistics are reset.
    List<String> counters() {
        return all.stream().flatMap(d -> d.derivation().counters().stream()).distinct().toList();
    }

    /// `ok`, `warning` or `critical` for the history; null for a metric that is not watched.
    @Nullable String levelOf(TargetId target, MetricName name, double value) {
        return watched(target, name)
                .map(w -> w.rule().severityOf(value).map(MetricDefinitions::word).orElse("ok"))
                .orElse(null);
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static MetricDefinition plain(MetricName name, Derivation how) {
        return new MetricDefinition(name, how, null);
    }

    private static MetricDefinition watched(
            Derivation how, GaugeText gauge, AlertRule rule, MetricEvidence evidence) {
        return new MetricDefinition(rule.metric(), how, new Watched(rule, gauge, evidence));
    }

    private static MetricEvidence rows(
            String title, SqlName query, @Nullable String nextTool, String... findingKinds) {
        return new MetricEvidence(
                title, query, Map.of(), false, false, Set.of(findingKinds), nextTool);
    }

    private static MetricEvidence sessions(
            String title, SqlName query, @Nullable String nextTool, String... findingKinds) {
        return new MetricEvidence(
                title, query, Map.of(), true, false, Set.of(findingKinds), nextTool);
    }

    private static List<MetricDefinition> standardList() {
        var list = new ArrayList<>(gauges());
        list.addAll(recorded());
        return list;
    }

    private static List<MetricDefinition> gauges() {
        return List.of(
                watched(
                        share("blocks_hit", "blocks_read", "blocks", 5_000),
                        new GaugeText("Cache hit", 1, 0.5, "the cache hit ratio is %1$s"),
                        new AlertRule(
                                MetricName.CACHE_HIT_RATIO,
                                BELOW,
                                0.99,
                                0.95,
                                Duration.ofMinutes(2),
                                0.002,
                                Duration.ofMinutes(30),
                                Sop.ADVISE_CACHE,
                                "transactional work should find its blocks in memory; a single"
                                        + " report or a cold start may miss for a minute"),
                        rows("Tables read most from disk", HealthSql.DISK_READERS, null)),
                watched(
                        of(Derivations::connections),
                        new GaugeText("Connections", 0, 1, "%1$s of the connections are taken"),
                        new AlertRule(
                                MetricName.CONNECTION_UTILIZATION,
                                ABOVE,
                                0.70,
                                0.85,
                                Duration.ofSeconds(10),
                                0.05,
                                Duration.ofMinutes(10),
                                Sop.END_IDLE_SESSIONS,
                                "some slots are reserved, and a deployment doubles the sessions for"
                                        + " a while"),
                        sessions(
                                "Sessions",
                                HealthSql.SESSIONS,
                                "terminate_idle_connections",
                                "idle_in_transaction")),
                watched(
                        of(Derivations::deadRows),
                        new GaugeText("Dead rows", 0, 0.5, "%2$s has %1$s dead rows"),
                        new AlertRule(
                                MetricName.MAX_DEAD_TUPLE_RATIO,
                                ABOVE,
                                0.10,
                                0.25,
                                Duration.ZERO,
                                0.02,
                                Duration.ofMinutes(10),
                                Sop.VACUUM_WORST_TABLE,
                                "the share grows slowly, so one reading is enough; autovacuum's"
                                        + " default begins at 20 %"),
                        new MetricEvidence(
                                "Tables with most dead rows",
                                HealthSql.WORST_DEAD_ROWS,
                                DeadRowsTour.FLOORS,
                                false,
                                true,
                                Set.of("table_needs_vacuum", "xmin_horizon_held", "repair_repeats"),
                                "schedule_vacuum_analyze")),
                watched(
                        of(Derivations::lockWait),
                        new GaugeText("Lock wait", 0, 600, "a session waits %1$s for a lock"),
                        new AlertRule(
                                MetricName.LOCK_WAIT_SECONDS,
                                ABOVE,
                                30,
                                120,
                                Duration.ZERO,
                                5,
                                Duration.ofMinutes(5),
                                Sop.CAPTURE_LOCK_CHAIN,
                                "the figure is itself a duration; people notice after half a"
                                        + " minute"),
                        sessions(
                                "Who waits for whom",
                                HealthSql.LOCK_CHAIN,
                                "monitor_connections",
                                "blocking_session")),
                watched(
                        new Derivation(List.of("deadlocks"), Derivations::deadlocks),
                        new GaugeText("Deadlocks", 0, 20, "%1$s deadlocks"),
                        new AlertRule(
                                MetricName.DEADLOCKS_PER_HOUR,
                                ABOVE,
                                2,
                                5,
                                Duration.ZERO,
                                1,
                                Duration.ofMinutes(60),
                                Sop.CAPTURE_BLOCKERS,
                                "one now and then is retried unseen, several an hour are a"
                                        + " pattern"),
                        sessions(
                                "Who waits for whom",
                                HealthSql.LOCK_CHAIN,
                                "monitor_connections",
                                "blocking_session")),
                watched(
                        of(Derivations::slowestQuery).needsMonitor(),
                        new GaugeText("Slow query", 0, 300, "a query runs for %1$s"),
                        new AlertRule(
                                MetricName.SLOWEST_QUERY_SECONDS,
                                ABOVE,
                                5,
                                30,
                                Duration.ZERO,
                                1,
                                Duration.ofMinutes(5),
                                Sop.CAPTURE_SLOW_STATEMENT,
                                "the figure is itself a duration; interactive work is over well"
                                        + " before"),
                        sessions(
                                "Running statements",
                                HealthSql.RUNNING_STATEMENTS,
                                "monitor_connections")),
                watched(
                        of(Derivations::xidAge),
                        new GaugeText("XID age", 0, 2_147_483_648.0, "transaction ID age is %1$s"),
                        new AlertRule(
                                MetricName.TXID_AGE,
                                ABOVE,
                                500e6,
                                1e9,
                                Duration.ZERO,
                                10e6,
                                Duration.ofHours(6),
                                Sop.FREEZE_OLDEST,
                                "autovacuum freezes at 200 million; writes stop near 2.1 billion"),
                        rows(
                                "Tables by age",
                                HealthSql.OLDEST_TABLES,
                                "identify_tables_needing_vacuum",
                                "xmin_horizon_held")),
                watched(
                        of(Derivations::replicaLag),
                        new GaugeText("Replica lag", 0, 600, "the standby is %1$s behind"),
                        new AlertRule(
                                MetricName.REPLICATION_LAG_SECONDS,
                                ABOVE,
                                10,
                                60,
                                Duration.ofSeconds(15),
                                2,
                                Duration.ofMinutes(5),
                                Sop.ADVISE_REPLICATION,
                                "a burst of writes replays within seconds"),
                        sessions("Standbys", HealthSql.REPLICATION, null)));
    }

    private static List<MetricDefinition> recorded() {
        return List.of(
                // Whoever was measured has answered; its alert is raised by the heartbeat.
                plain(
                        MetricName.NO_ANSWER_SECONDS,
                        of(i -> Derived.value(0, i.now().at(), "answers"))),
                // Whoever is measured is awake; it is stored by whoever saw a compute wake.
                plain(
                        MetricName.WAKE_SECONDS,
                        of(
                                _ ->
                                        new Derived.Missing(
                                                Metric.Condition.NOTHING_THERE,
                                                "measured when a compute wakes"))),
                plain(MetricName.TPS, transactions()),
                plain(
                        MetricName.ROLLBACK_RATIO,
                        share("rollbacks", "commits", "transactions", 100)),
                plain(MetricName.ACTIVE_CONNECTIONS, gauge("active").needsMonitor()),
                plain(MetricName.IDLE_CONNECTIONS, gauge("idle").needsMonitor()),
                plain(MetricName.IDLE_IN_TRANSACTION, gauge("idle_in_transaction").needsMonitor()),
                plain(MetricName.ACTIVE_WAITING_AVG, gauge("active_waiting").needsMonitor()),
                plain(MetricName.WAITING_LOCKS, gauge("waiting_locks")),
                plain(MetricName.TEMP_BYTES, counted("temp_bytes")),
                plain(MetricName.IO_HIT_RATIO, share("io_hits", "io_reads", "blocks", 5_000)),
                plain(
                        MetricName.IO_READ_TIME_MS,
                        counted("io_read_ms").needsSetting("io_timing", "track_io_timing")),
                plain(
                        MetricName.IO_WRITE_TIME_MS,
                        counted("io_write_ms").needsSetting("io_timing", "track_io_timing")),
                plain(MetricName.WAL_BYTES, counted("wal_bytes")),
                plain(MetricName.WAL_BUFFERS_FULL, counted("wal_buffers_full")),
                plain(
                        MetricName.WAL_WRITE_TIME_MS,
                        counted("wal_write_ms")
                                .needsSetting("wal_io_timing", "track_wal_io_timing")),
                plain(MetricName.CHECKPOINTS_TIMED, counted("checkpoints_timed")),
                plain(MetricName.CHECKPOINTS_REQUESTED, counted("checkpoints_requested")),
                plain(MetricName.CHECKPOINT_WRITE_TIME_MS, counted("checkpoint_write_ms")),
                plain(MetricName.DATABASE_SIZE_BYTES, of(Derivations::size)),
                plain(MetricName.MULTIXACT_AGE, gauge("multixact_age")),
                plain(MetricName.OLDEST_XMIN_AGE, gauge("oldest_xmin_age")),
                plain(MetricName.SLOT_RETAINED_BYTES, of(Derivations::slots)),
                plain(MetricName.MEAN_LATENCY_MS, of(Derivations::meanLatency)),
                plain(MetricName.SLOW_QUERY_MEAN_SECONDS, of(Derivations::slowestMean)));
    }
}
