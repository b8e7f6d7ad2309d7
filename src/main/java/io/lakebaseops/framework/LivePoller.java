package io.lakebaseops.framework;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.TaskSpec;
import io.lakebaseops.framework.work.Ticker;
import io.lakebaseops.framework.work.Work;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Measures every watched server every few seconds. A round still running is not doubled, rounds at
/// a time are bounded, and a suspended compute is left asleep: the control plane is asked before
/// the first round, and again only after one that brought nothing; of a compute that sleeps on,
/// every third time.
public final class LivePoller implements AutoCloseable {
    /// Fast enough for "shown within seconds", slow enough to be invisible in the server's load.
    public static final Duration PACE = Duration.ofSeconds(5);

    private static final Actor VIEW = new Actor("live view", Actor.Kind.PLATFORM);
    /// Rounds at a time; with more servers than fit, those that waited longest come first.
    static final int AT_ONCE = 8;

    /// A server that answered this lately cannot have been suspended since.
    private static final long ANSWERED_NANOS = Duration.ofSeconds(20).toNanos();

    /// Ticks for which a compute found suspended is not asked for again: who wakes it is seen
    /// within fifteen seconds, and a console full of sleeping branches costs little.
    private static final int LEFT_ALONE = 2;

    private static final Duration ROUND_TIMEOUT = Duration.ofSeconds(60);

    private final AgentFramework framework;
    private final TaskExecutor room;
    private final TargetFilter filter;
    private final List<Step> steps;
    private final Ticker.Ticking ticking;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<TargetId, Integer> viewers = new HashMap<>();
    private final Map<TargetId, Work<Boolean>> rounds = new LinkedHashMap<>();
    private final Map<TargetId, Long> answered = new ConcurrentHashMap<>();
    private final Map<TargetId, Integer> asleep = new ConcurrentHashMap<>();

    /// @param steps run one after the other per round
    public LivePoller(
            AgentFramework framework,
            TaskExecutor room,
            Ticker ticker,
            TargetFilter filter,
            List<Step> steps) {
        this.framework = framework;
        this.room = room;
        this.filter = filter;
        this.steps = List.copyOf(steps);
        ticking = ticker.every("live cycle", PACE, this::tick);
    }

    /// One tool of a round and its input.
    public record Step(String tool, ObjectNode input) {}

    /// Measure, then judge. The collector's job keeps the history, at its own pace.
    public static List<Step> measureAndJudge() {
        var json = JsonNodeFactory.instance;
        return List.of(
                new Step("monitor_system_health", json.objectNode().put("persist", false)),
                new Step("evaluate_alert_thresholds", json.objectNode()));
    }

    /// Is it this rhythm that asks?
    public static boolean isLive(Actor actor) {
        return actor.equals(VIEW);
    }

    /// Runs that only refresh a screen and went well: not worth a row in the run history.
    static boolean isRoutine(ToolReport report) {
        return isLive(report.actor()) && report.status() == ToolReport.Status.OK;
    }

    /// Starts at once and goes on until closed; several viewers of one target share its rounds.
    public Ticker.Ticking watch(TargetId target) {
        lock.lock();
        try {
            viewers.merge(target, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
        asleep.remove(target);
        begin(target);
        return new Viewer(target);
    }

    /// Closing twice counts once.
    private final class Viewer implements Ticker.Ticking {
        private final TargetId target;
        private boolean closed;

        Viewer(TargetId target) {
            this.target = target;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!closed) {
                    closed = true;
                    viewers.computeIfPresent(target, (_, n) -> n == 1 ? null : n - 1);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void tick() {
        List<TargetId> looked;
        lock.lock();
        try {
            // Insertion order of the rounds is the order they began in.
            var order = List.copyOf(rounds.keySet());
            looked =
                    viewers.keySet().stream()
                            .sorted(Comparator.comparingInt(order::indexOf))
                            .toList();
        } finally {
            lock.unlock();
        }
        looked.stream().filter(this::due).forEach(this::begin);
    }

    private boolean due(TargetId target) {
        return asleep.computeIfPresent(target, (_, ticks) -> ticks == 0 ? null : ticks - 1) == null;
    }

    private void begin(TargetId target) {
        lock.lock();
        try {
            var last = rounds.get(target);
            long running = rounds.values().stream().filter(r -> !r.done()).count();
            if (running < AT_ONCE && (last == null || last.done())) {
                rounds.remove(target);
                rounds.put(
                        target,
                        room.start(
                                TaskSpec.of(
                                        "live view of " + target,
                                        ROUND_TIMEOUT,
                                        scope -> round(target, scope.deadline()))));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean round(TargetId target, Deadline deadline) {
        var last = answered.get(target);
        boolean lately = last != null && System.nanoTime() - last < ANSWERED_NANOS;
        if (!lately && !filter.awake(target, deadline)) {
            asleep.put(target, LEFT_ALONE);
            return false;
        }
        for (var step : steps) {
            var report = framework.run(step.tool(), step.input(), target, VIEW, deadline);
            if (report.status() != ToolReport.Status.OK) {
                answered.remove(target);
                return false;
            }
            answered.put(target, System.nanoTime());
        }
        return true;
    }

    @Override
    public void close() {
        ticking.close();
        lock.lock();
        try {
            viewers.clear();
            rounds.values().forEach(Work::cancel);
        } finally {
            lock.unlock();
        }
    }
}
