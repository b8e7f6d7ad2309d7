package io.lakebaseops.change.execution;

import io.lakebaseops.change.risk.StatementClass;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.RunningPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.postgres.WritePermit;
import io.lakebaseops.sqltext.SqlMask;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// The watch over running steps: how far a maintenance statement is, whom it keeps waiting, and
/// whom it waits for itself. Looks on connections of its own while the step runs. VACUUM and
/// ANALYZE give way to whoever waits, as the server's own workers do; statements a person approved
/// for their lock, and freezes, go on.
public final class StepMonitor {
    /// Stands in the reason of a plan whose statement we stopped while it ran.
    public static final String STOPPED = "stopped while it ran";

    /// Follows when it was stopped because somebody waited.
    public static final String GAVE_WAY = STOPPED + ", gave way";

    private static final Logger LOG = LoggerFactory.getLogger(StepMonitor.class);
    private static final SqlName PROGRESS = SqlName.of("change/step_progress");
    private static final SqlName BLOCKERS = SqlName.of("change/step_blockers");
    private static final SqlName WAITERS = SqlName.of("change/step_waiters");
    private static final Duration LOOK_WITHIN = Duration.ofSeconds(5);

    private static final Set<StatementClass> YIELDING =
            Set.of(StatementClass.VACUUM, StatementClass.ANALYZE);
    private static final Set<StatementClass> WATCHED =
            Set.of(
                    StatementClass.VACUUM,
                    StatementClass.VACUUM_FREEZE,
                    StatementClass.VACUUM_FULL,
                    StatementClass.ANALYZE,
                    StatementClass.CREATE_INDEX,
                    StatementClass.CREATE_INDEX_CONCURRENTLY,
                    StatementClass.REINDEX,
                    StatementClass.REINDEX_CONCURRENTLY);

    private final Targets targets;
    private final StepListener listener;
    private final Executor threads;
    private final Pace pace;

    /// @param threads never the caller's own: the watch lasts as long as the step
    public StepMonitor(Targets targets, StepListener listener, Executor threads) {
        this(targets, listener, threads, Pace.STANDARD);
    }

    public StepMonitor(Targets targets, StepListener listener, Executor threads, Pace pace) {
        this.targets = targets;
        this.listener = listener;
        this.threads = threads;
        this.pace = pace;
    }

    /// @param look time between two looks
    /// @param patience how long somebody may have waited before the statement gives way
    public record Pace(Duration look, Duration patience) {
        /// The server's own autovacuum gives way after `deadlock_timeout`, 1 s by default.
        public static final Pace STANDARD = new Pace(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    /// Begins to look; close it when the step has ended.
    Watching over(Approved approved, Step step, Deadline deadline) {
        return switch (step) {
            case Step.SqlStep sql -> {
                var kind = StatementClass.of(sql.sql());
                var watching =
                        new Watching(
                                approved,
                                sql.title(),
                                sql.database(),
                                deadline,
                                WATCHED.contains(kind),
                                YIELDING.contains(kind));
                watching.begin(WATCHED.contains(kind) ? sql : null);
                yield watching;
            }
            case Step.ScriptStep script -> {
                var watching =
                        new Watching(
                                approved,
                                script.title(),
                                script.database(),
                                deadline,
                                false,
                                false);
                watching.begin(null);
                yield watching;
            }
            case Step.ArchiveStep archive -> {
                var watching =
                        new Watching(
                                approved,
                                archive.title(),
                                archive.database(),
                                deadline,
                                false,
                                false);
                watching.begin(null);
                yield watching;
            }
            case Step.ApiStep api ->
                    new Watching(approved, api.title(), "", deadline, false, false);
        };
    }

    /// Whom the running statement of a plan waits for; empty while it works.
    public List<RunningPlan.Blocker> waitsFor(TargetId target, String database, UUID plan) {
        try (var session = targets.read(target, database, Deadline.in(LOOK_WITHIN))) {
            return session
                    .query(BLOCKERS, Map.of("marker", WritePermit.comment(plan)), Blocking.class)
                    .stream()
                    .map(Blocking::shown)
                    .toList();
        }
    }

    private record Blocking(
            int pid,
            @Nullable String userName,
            String application,
            String state,
            String query,
            double waited,
            double since) {
        private static final int BRIEF = 200;

        RunningPlan.Blocker shown() {
            var masked = SqlMask.mask(query).replaceAll("\\s+", " ");
            return new RunningPlan.Blocker(
                    pid,
                    userName,
                    application,
                    state,
                    masked.length() <= BRIEF ? masked : masked.substring(0, BRIEF) + "…",
                    Duration.ofMillis(Math.round(waited * 1000)));
        }
    }

    private record Progress(String phase, String unit, long done, long total) {
        double fraction() {
            return total <= 0 ? -1 : Math.min(1, (double) done / total);
        }

        String words() {
            return total <= 0
                    ? phase
                    : String.format(Locale.ROOT, "%s: %,d of %,d %s", phase, done, total, unit);
        }
    }

    private record Waiter(int pid, @Nullable String userName, String application, double waited) {}

    /// One step being watched.
    final class Watching implements AutoCloseable {
        private final Approved approved;
        private final String title;
        private final String database;
        private final Deadline deadline;
        private final boolean progresses;
        private final boolean yields;
        private final CountDownLatch ended = new CountDownLatch(1);

        /// Seconds waited, by the moment each wait began.
        private final Map<Double, Double> waits = new ConcurrentHashMap<>();

        private StepListener.Running told = StepListener.Running.UNSEEN;
        private volatile @Nullable String stopped;

        private Watching(
                Approved approved,
                String title,
                String database,
                Deadline deadline,
                boolean progresses,
                boolean yields) {
            this.approved = approved;
            this.title = title;
            this.database = database;
            this.deadline = deadline;
            this.progresses = progresses;
            this.yields = yields;
        }

        /// @param shown to whoever wants to see progress; null when there is none to see
        private void begin(Step.@Nullable SqlStep shown) {
            if (shown != null) {
                told =
                        listener.started(
                                approved.filed(),
                                shown,
                                () -> stop(STOPPED + ", from the list of running work"));
            }
            threads.execute(this::watch);
        }

        /// How long it waited for locks of others, as far as that was seen.
        Duration waited() {
            return Duration.ofMillis(
                    Math.round(
                            waits.values().stream().mapToDouble(Double::doubleValue).sum() * 1000));
        }

        /// Why we stopped the statement ourselves, null when we did not.
        @Nullable String stopped() {
            return stopped;
        }

        private void stop(String why) {
            if (stopped == null) {
                stopped = why;
            }
            deadline.cancel();
        }

        private void watch() {
            boolean warned = false;
            try {
                while (!ended.await(pace.look().toMillis(), TimeUnit.MILLISECONDS)) {
                    try {
                        look();
                    } catch (OpsException e) {
                        if (!warned) {
                            LOG.warn("'{}' runs unwatched: {}", title, e.getMessage());
                        }
                        warned = true;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void look() {
            TargetId target = approved.filed().plan().target();
            try (var session = targets.read(target, database, Deadline.in(LOOK_WITHIN))) {
                var marker = Map.of("marker", approved.comment());
                session.query(BLOCKERS, marker, Blocking.class)
                        .forEach(b -> waits.merge(b.since(), b.waited(), Math::max));
                if (progresses) {
                    var progress = session.one(PROGRESS, marker, Progress.class);
                    if (progress != null && ended.getCount() > 0) {
                        told.at(progress.fraction(), progress.words());
                    }
                }
                if (yields && stopped == null) {
                    var values =
                            Map.of(
                                    "marker",
                                    approved.comment(),
                                    "patience",
                                    pace.patience().toMillis() / 1000.0);
                    var waiter = session.one(WAITERS, values, Waiter.class);
                    if (waiter != null) {
                        stop(words(waiter));
                    }
                }
            }
        }

        private static String words(Waiter w) {
            return String.format(
                    Locale.ROOT,
                    "%s: session %d (%s%s) had waited %.1f s for it; what was done until then"
                            + " stays",
                    GAVE_WAY,
                    w.pid(),
                    w.userName() == null ? "unknown role" : w.userName(),
                    w.application().isBlank() ? "" : ", " + w.application(),
                    w.waited());
        }

        @Override
        public void close() {
            ended.countDown();
            told.close();
        }
    }
}
