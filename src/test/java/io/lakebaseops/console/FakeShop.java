package io.lakebaseops.console;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.agents.performance.maintenance.MemoryPostponedVacuums;
import io.lakebaseops.agents.performance.metrics.WaitSampling;
import io.lakebaseops.agents.performance.optimization.StatementFixes;
import io.lakebaseops.agents.provisioning.governance.DatabaseNames;
import io.lakebaseops.agents.provisioning.migration.MigrationTestBoard;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.FakeDesk;
import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.Impact;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Observed;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.Work;
import io.lakebaseops.guard.ReadCaps;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.history.FleetHistory;
import io.lakebaseops.lakehouse.history.IndexUsageHistory;
import io.lakebaseops.lakehouse.history.PastDeeds;
import io.lakebaseops.lakehouse.history.StatementPlans;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.UnwrittenWaits;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Findings;
import io.lakebaseops.state.FleetViews;
import io.lakebaseops.state.IndexAdvice;
import io.lakebaseops.state.IndexSummaries;
import io.lakebaseops.state.IndexSummary;
import io.lakebaseops.state.OutboxInMemory;
import io.lakebaseops.state.TitleSearch;
import io.lakebaseops.state.TitleSearch.Title;
import io.lakebaseops.testing.FakeModel;
import io.lakebaseops.trial.TrialReport;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An invented shop to draw and test screens with. Nothing of it is in the product.
public final class FakeShop {
    public static final Instant NOW = Instant.parse("2026-11-22T14:02:11Z");
    public static final TargetId PRODUCTION =
            new TargetId("local", "storefront-prod", "production");
    public static final TargetId STAGING = new TargetId("local", "storefront-prod", "staging");
    public static final ObjectMapper JSON = new ObjectMapper();

    public final FakeTargets servers = new FakeTargets();
    public final FakeBus bus = new FakeBus();
    public final MovableClock clock = new MovableClock();
    public final FakeArchive archive = new FakeArchive(clock);
    public final FakePractice practice = new FakePractice(clock, PRODUCTION);
    public final FakeAsk ask = new FakeAsk(clock);

    /// Answers come about on the caller's thread unless a test says otherwise.
    public TaskExecutor threads = TaskExecutor.inline(clock);

    public final FakeSettings settings = new FakeSettings(this);
    public final FakeDesk desk = new FakeDesk(clock, bus::publish);
    public final FakeTools tools = new FakeTools(clock, bus);
    public final FakeVacuum vacuum = new FakeVacuum();
    public final FakeSync sync = new FakeSync();
    public final FakeCost cost = new FakeCost();
    public final FakeBranches branches = new FakeBranches();
    public volatile MigrationTestBoard.@Nullable Test migrationTest;
    public volatile DatabaseNames names = DatabaseNames.NONE;
    public final MemoryPostponedVacuums postponed = new MemoryPostponedVacuums();
    public final FakeLakehouse history = new FakeLakehouse();
    public volatile Lakehouse lake = history;
    public volatile @Nullable Targets server;
    public final FakeJobs jobs = new FakeJobs(clock);
    public final Map<TargetId, Map<MetricName, Metric>> metrics = new LinkedHashMap<>();
    public final List<Alerts.Alert> alerts = new CopyOnWriteArrayList<>();
    public final List<Findings.StoredFinding> findings = new CopyOnWriteArrayList<>();
    public final List<Findings.Ignored> ignoredFindings = new CopyOnWriteArrayList<>();
    public final List<String> troubles = new CopyOnWriteArrayList<>();
    public final OutboxInMemory outbox = new OutboxInMemory();
    public final List<Alerts.Mute> mutes = new CopyOnWriteArrayList<>();
    public final AtomicInteger findingReads = new AtomicInteger();
    public final List<String> said = new CopyOnWriteArrayList<>();
    public final AtomicInteger verified = new AtomicInteger();
    public final AtomicInteger listings = new AtomicInteger();
    public final FakeConnections connections = new FakeConnections();
    public final List<Work<?>> work = new CopyOnWriteArrayList<>();
    public volatile @Nullable TrialReport trialReport;
    public final MemorySummaries summaries = new MemorySummaries();
    public volatile HealthBoard.@Nullable Outage outage;
    public volatile @Nullable RuntimeException broken;
    public volatile AuditLog.ChainState chain = new AuditLog.ChainState.Intact(148, "9c1f44");
    public volatile Instant measuredAt = NOW.minusSeconds(3);
    public volatile @Nullable GeneratedHistory generated;
    public boolean withSeries = true;
    public final Map<TargetId, HealthBoard.Outage> outages = new ConcurrentHashMap<>();
    public final Map<TargetId, Instant> measuredAts = new ConcurrentHashMap<>();
    public final Map<TargetId, Double> loads = new ConcurrentHashMap<>();
    public final MemoryViews kept = new MemoryViews();
    public final AtomicInteger titleReads = new AtomicInteger();
    public final AtomicInteger alertReads = new AtomicInteger();

    /// Views of the fleet, in memory.
    public static final class MemoryViews implements FleetViews {
        public final List<View> all = new CopyOnWriteArrayList<>();
        public volatile @Nullable RuntimeException broken;

        @Override
        public List<View> of(String owner) {
            var failure = broken;
            if (failure != null) {
                throw failure;
            }
            return List.copyOf(all);
        }

        @Override
        public void keep(String owner, View view) {
            all.removeIf(v -> v.name().equals(view.name()));
            all.add(view);
        }

        @Override
        public void forget(String owner, String name) {
            all.removeIf(v -> v.name().equals(name));
        }
    }

    /// A clock a test moves.
    public static final class MovableClock extends Clock {
        private volatile Instant now = NOW;

        public void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    public static FakeShop busyDay() {
        var shop = new FakeShop();
        SampleDay.fill(shop);
        return shop;
    }

    public void metric(MetricName name, double value, String detail) {
        metrics.computeIfAbsent(PRODUCTION, _ -> new EnumMap<>(MetricName.class))
                .put(
                        name,
                        new Metric(
                                name,
                                Observed.live(value, measuredAt),
                                detail,
                                Metric.Condition.MEASURED));
    }

    /// A value that is shown, but not judged.
    public void unsure(MetricName name, double value, String detail, Metric.Condition condition) {
        metrics.computeIfAbsent(PRODUCTION, _ -> new EnumMap<>(MetricName.class))
                .put(name, new Metric(name, Observed.live(value, measuredAt), detail, condition));
    }

    public void noMetric(MetricName name, String reason) {
        metrics.computeIfAbsent(PRODUCTION, _ -> new EnumMap<>(MetricName.class))
                .put(
                        name,
                        new Metric(
                                name,
                                Observed.unavailable(reason, measuredAt),
                                reason,
                                Metric.Condition.NOTHING_THERE));
    }

    public ConsoleServices services(Executor background, Path memory) {
        return services(background, memory, desk, desk);
    }

    /// With another gate than the invented one.
    public ConsoleServices services(
            Executor background, Path memory, ApprovalDesk gate, PlanQueue queue) {
        return new ConsoleServices(
                tools,
                jobs,
                bus,
                gate,
                queue,
                new Audit(),
                new Shelf(),
                this::titled,
                servers.targets(listings),
                _ -> Optional.ofNullable(generated),
                new ProvisioningServices(
                        branches, _ -> Optional.ofNullable(migrationTest), _ -> names),
                new PerformanceServices(
                        summaries,
                        IndexAdvice.NONE,
                        vacuum,
                        postponed,
                        this::trial,
                        new NoTwin(),
                        new StatementStatistics(lake),
                        new WaitHistory(lake, UnwrittenWaits.NONE),
                        new StatementPlans(lake),
                        new IndexUsageHistory(lake),
                        _ -> WaitSampling.NONE,
                        new StatementFixes(
                                server == null ? servers.targets(listings) : server,
                                SqlLibrary.fromClassPath(),
                                gate,
                                clock)),
                new HealthServices(
                        new Board(),
                        MetricDefinitions.standard().judgedBy(settings),
                        new Bells(),
                        outbox,
                        archive,
                        sync,
                        cost,
                        new FleetHistory(lake),
                        kept,
                        new PastDeeds(lake, _ -> generated != null),
                        practice),
                new AskServices(
                        ask,
                        new OwnSql(ask::runSql, ReadCaps.USUAL),
                        threads,
                        ask.kept,
                        ask.model.desk(),
                        (question, _) -> FakeModel.request(question.text()),
                        clock),
                settings.services(),
                new ConsoleRuntime(
                        _ -> () -> {},
                        () -> List.copyOf(work),
                        background,
                        clock,
                        Duration.ofSeconds(12),
                        "mira",
                        () -> PRODUCTION,
                        List.copyOf(troubles),
                        memory,
                        connections));
    }

    /// What the last index analysis of each server came to.
    public static final class MemorySummaries implements IndexSummaries {
        public final Map<TargetId, IndexSummary> known = new ConcurrentHashMap<>();

        @Override
        public Optional<IndexSummary> find(TargetId target) {
            return Optional.ofNullable(known.get(target));
        }

        @Override
        public void put(TargetId target, IndexSummary summary) {
            known.put(target, summary);
        }
    }

    private Work<TrialReport> trial(FiledPlan plan, Actor actor) {
        said.add("try " + plan.plan().title() + " for " + actor.name());
        return new FakeWork<>("trial", 1, "done", true, Objects.requireNonNull(trialReport));
    }

    private final class Board implements HealthBoard {
        @Override
        public Optional<Round> latest(TargetId target) {
            var m = metrics.get(target);
            return m == null
                    ? Optional.empty()
                    : Optional.of(
                            new Round(
                                    target,
                                    measuredAts.getOrDefault(target, measuredAt),
                                    Duration.ofMillis(40),
                                    m));
        }

        @Override
        public List<Point> series(TargetId target, MetricName metric, Duration back) {
            var load = loads.get(target);
            if (load != null) {
                return metric == MetricName.ACTIVE_CONNECTIONS
                        ? List.of(new Point(measuredAt, load))
                        : List.of();
            }
            return withSeries && metrics.containsKey(target) ? wave(metric, back) : List.of();
        }

        @Override
        public Subject subject(TargetId target, MetricName metric) {
            return metric == MetricName.MAX_DEAD_TUPLE_RATIO
                    ? Subject.table("shop", "shop", "inventory")
                    : Subject.branch(target.branch());
        }

        @Override
        public @Nullable Outage outage(TargetId target) {
            return outages.isEmpty() ? outage : outages.get(target);
        }
    }

    private List<HealthBoard.Point> wave(MetricName metric, Duration back) {
        double level =
                switch (metric) {
                    case TPS -> 1284;
                    case MEAN_LATENCY_MS -> 2.1;
                    case WAL_BYTES -> 3.4e6 * 20;
                    case ACTIVE_CONNECTIONS -> 11;
                    case ACTIVE_WAITING_AVG -> 2.2;
                    case MAX_DEAD_TUPLE_RATIO -> 0.12;
                    default -> 1;
                };
        var random = new Random(metric.ordinal());
        var points = new ArrayList<HealthBoard.Point>();
        double drift = 0;
        var before = now0(back);
        var now = clock.instant();
        var end = measuredAt.isBefore(now) ? measuredAt : now;
        for (var t = now.minus(back); t.isBefore(end); t = t.plusSeconds(20)) {
            drift = drift * 0.93 + random.nextGaussian() * 0.035;
            long left = Duration.between(t, now).toSeconds();
            // Nobody measured for five minutes: a gap.
            if (left < 1500 && left > 1180) {
                continue;
            }
            double wave = Math.sin(left / 700.0) * 0.12;
            double share =
                    metric == MetricName.WAL_BYTES
                            ? Duration.between(before, t).toSeconds() / 20.0
                            : 1;
            before = t;
            points.add(new HealthBoard.Point(t, Math.max(0, level * share * (1 + drift + wave))));
        }
        return points;
    }

    private Instant now0(Duration back) {
        return clock.instant().minus(back);
    }

    private final class Bells implements Alerts {
        @Override
        public Optional<Alert> active(TargetId target, MetricName metric) {
            return active(target).stream().filter(a -> a.metric() == metric).findFirst();
        }

        @Override
        public List<Alert> active(@Nullable TargetId target) {
            alertReads.incrementAndGet();
            return alerts.stream()
                    .filter(a -> a.recoveredAt() == null)
                    .filter(a -> target == null || a.target().equals(target))
                    .toList();
        }

        @Override
        public List<Alert> history(@Nullable TargetId target, int limit) {
            return alerts.stream()
                    .filter(a -> target == null || a.target().equals(target))
                    .limit(limit)
                    .toList();
        }

        @Override
        public Alert save(Alert alert) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void acknowledge(String id, String by, Instant at) {
            said.add("acknowledge " + id + " by " + by);
            alerts.replaceAll(a -> a.id().equals(id) ? seen(a, by) : a);
        }

        @Override
        public void repaired(String id, UUID plan) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void mute(TargetId target, Mute mute) {
            said.add("mute " + mute.metric().id() + " until " + mute.until());
            mutes.add(mute);
        }

        @Override
        public void unmute(TargetId target, MetricName metric, Subject subject) {
            said.add("unmute " + metric.id());
            mutes.removeIf(m -> m.metric() == metric && m.subject().equals(subject));
        }

        @Override
        public List<Mute> mutes(TargetId target, Instant now) {
            return mutes.stream().filter(m -> m.until().isAfter(now)).toList();
        }

        @Override
        public Map<TargetId, List<Mute>> mutes(Instant now) {
            return Map.of(PRODUCTION, mutes(PRODUCTION, now));
        }

        @Override
        public List<Alert> recoveries(TargetId target, Instant since) {
            return List.of();
        }
    }

    static Alerts.Alert seen(Alerts.Alert a, String by) {
        return new Alerts.Alert(
                a.id(),
                a.target(),
                a.metric(),
                a.severity(),
                a.value(),
                a.threshold(),
                a.subject(),
                a.message(),
                a.openedAt(),
                a.updatedAt(),
                a.recoveredAt(),
                by,
                a.handledBy(),
                a.breachedAt(),
                a.criticalAt(),
                a.returns());
    }

    private List<Title> titled(TargetId target, List<String> words, int limit) {
        titleReads.incrementAndGet();
        var all = new ArrayList<Title>();
        for (var plan : desk.waiting(0, 100)) {
            all.add(
                    new Title(
                            TitleSearch.Kind.PLAN,
                            plan.id().toString(),
                            plan.plan().title(),
                            "waiting"));
        }
        for (var found : findings) {
            all.add(
                    new Title(
                            TitleSearch.Kind.FINDING,
                            found.finding().fingerprint(),
                            found.finding().summary(),
                            found.finding().kind()));
        }
        for (var alert : alerts) {
            all.add(
                    new Title(
                            TitleSearch.Kind.ALERT,
                            alert.metric().id(),
                            alert.message(),
                            "warning"));
        }
        return all.stream().filter(t -> holds(t.title(), words)).limit(limit).toList();
    }

    private static boolean holds(String title, List<String> words) {
        var text = title.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(w -> text.contains(w.toLowerCase(Locale.ROOT)));
    }

    private final class Shelf implements Findings {
        @Override
        public Reconciled reconcile(
                TargetId target, List<Finding> seen, List<String> coversKinds, Instant at) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<StoredFinding> open(@Nullable TargetId target) {
            var failure = broken;
            if (failure != null) {
                throw failure;
            }
            return findings.stream()
                    .filter(f -> target == null || f.finding().target().equals(target))
                    .toList();
        }

        @Override
        public Optional<StoredFinding> find(String fingerprint) {
            return findings.stream()
                    .filter(f -> f.finding().fingerprint().equals(fingerprint))
                    .findFirst();
        }

        @Override
        public List<StoredFinding> page(Filter filter, int offset, int limit) {
            findingReads.incrementAndGet();
            return open(filter.target()).stream()
                    .filter(f -> f.finding().kind().equals(filter.kind()) || filter.kind() == null)
                    .skip(offset)
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<StoredFinding> ranked(
                TargetId target, List<String> kinds, int offset, int limit) {
            findingReads.incrementAndGet();
            return of(target, kinds)
                    .sorted(
                            Comparator.comparing(
                                            (StoredFinding f) -> f.finding().severity(),
                                            Comparator.reverseOrder())
                                    .thenComparing(
                                            f -> impact(f).msPerHour(), Comparator.reverseOrder())
                                    .thenComparing(
                                            f -> impact(f).bytesFreed(), Comparator.reverseOrder()))
                    .skip(offset)
                    .limit(limit)
                    .toList();
        }

        private Stream<StoredFinding> of(TargetId target, List<String> kinds) {
            return open(target).stream().filter(f -> kinds.contains(f.finding().kind()));
        }

        private Impact impact(StoredFinding f) {
            return f.finding().impact() == null ? Impact.frees(0) : f.finding().impact();
        }

        private long freed(List<StoredFinding> some) {
            return some.stream().mapToLong(f -> Math.max(0, impact(f).bytesFreed())).sum();
        }

        @Override
        public List<Ignored> ignored(TargetId target, List<String> kinds, Instant now, int limit) {
            return ignoredFindings.stream()
                    .filter(i -> kinds.contains(i.finding().kind()))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<Sum> sums(TargetId target, List<String> kinds) {
            return of(target, kinds)
                    .collect(
                            Collectors.groupingBy(
                                    f -> f.finding().kind(), TreeMap::new, Collectors.toList()))
                    .entrySet()
                    .stream()
                    .map(
                            e ->
                                    new Sum(
                                            e.getKey(),
                                            e.getValue().size(),
                                            (int)
                                                    e.getValue().stream()
                                                            .filter(f -> impact(f).bytesFreed() > 0)
                                                            .count(),
                                            Severity.WARNING,
                                            freed(e.getValue()),
                                            e.getValue().stream()
                                                    .mapToDouble(f -> impact(f).msPerHour())
                                                    .sum(),
                                            NOW))
                    .toList();
        }

        @Override
        public List<OfTable> tables(TargetId target, List<String> kinds, int limit) {
            return of(target, kinds)
                    .collect(
                            Collectors.groupingBy(
                                    f ->
                                            f.finding().subject().schema()
                                                    + "."
                                                    + f.finding().subject().table()))
                    .values()
                    .stream()
                    .map(
                            some -> {
                                var s = some.getFirst().finding().subject();
                                return new OfTable(
                                        String.valueOf(s.database()),
                                        String.valueOf(s.schema()),
                                        String.valueOf(s.table()),
                                        some.size(),
                                        Severity.WARNING,
                                        freed(some));
                            })
                    .sorted(Comparator.comparingLong(OfTable::bytesFreed).reversed())
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<Group> groups(TargetId target) {
            var counts = new LinkedHashMap<String, Integer>();
            open(target).forEach(f -> counts.merge(f.finding().kind(), 1, Integer::sum));
            return counts.entrySet().stream()
                    .map(
                            e ->
                                    new Group(
                                            target,
                                            e.getKey(),
                                            "",
                                            "",
                                            e.getValue(),
                                            Severity.WARNING,
                                            NOW,
                                            NOW))
                    .toList();
        }

        @Override
        public void remedied(Map<String, String> keys, Instant until) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void ignore(String fingerprint, String by, String reason, @Nullable Instant until) {
            said.add("ignore " + fingerprint);
            findings.stream()
                    .filter(f -> f.finding().fingerprint().equals(fingerprint))
                    .findFirst()
                    .ifPresent(
                            f ->
                                    ignoredFindings.add(
                                            new Ignored(f.finding(), by, reason, NOW, until)));
            findings.removeIf(f -> f.finding().fingerprint().equals(fingerprint));
        }
    }

    private final class Audit implements AuditLog {
        @Override
        public Optional<Restored> restored() {
            return Optional.empty();
        }

        @Override
        public ChainState acceptRestored(Actor person, String head, String reason) {
            return chain;
        }

        @Override
        public List<AuditEntry> entries(int limit) {
            return List.of();
        }

        @Override
        public ChainState verifyAll() {
            return chain;
        }

        @Override
        public ChainState verify() {
            verified.incrementAndGet();
            return chain;
        }
    }

    static Findings.StoredFinding finding(
            String kind, Severity severity, Subject subject, String summary, @Nullable String ddl) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("index", subject.name());
        row.put("scans", 0L);
        row.put("size_mb", 412.3);
        row.put("columns", "status");
        var second = new LinkedHashMap<>(row);
        second.put("index", subject.name() + "_2");
        second.put("scans", 41_207L);
        var f =
                Finding.of(
                        PRODUCTION,
                        kind,
                        severity,
                        subject,
                        summary,
                        new Confidence(0.97, "statistics cover 31 days on two nodes"),
                        ddl,
                        "select * from pg_stat_user_indexes where indexrelname = '"
                                + subject.name()
                                + "';",
                        List.of(
                                new Evidence(
                                        "indexes/" + kind,
                                        Map.of(),
                                        new Rows(List.of(row, second)),
                                        NOW.minusSeconds(7000))),
                        NOW.minusSeconds(7000));
        return new Findings.StoredFinding(
                f,
                Findings.State.OPEN,
                NOW.minus(Duration.ofDays(2)),
                NOW.minusSeconds(7000),
                14,
                null);
    }

    static Alerts.Alert alert(
            String id, MetricName m, Severity s, double value, Subject subject, String message) {
        return new Alerts.Alert(
                id,
                PRODUCTION,
                m,
                s,
                value,
                0.1,
                subject,
                message,
                NOW.minusSeconds(1260),
                NOW.minusSeconds(5),
                null,
                null,
                null,
                NOW.minusSeconds(1268),
                null,
                0);
    }

    public static Actor agent(String name) {
        return Actor.agent(name);
    }

    public FiledPlan plan(UUID id) {
        return desk.find(id).orElseThrow();
    }
}
