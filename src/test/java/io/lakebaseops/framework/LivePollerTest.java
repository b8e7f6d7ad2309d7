package io.lakebaseops.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.TaskExecutor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

class LivePollerTest {
    private static final List<String> TOOLS =
            List.of("monitor_system_health", "evaluate_alert_thresholds");

    private static final List<LivePoller.Step> STEPS =
            TOOLS.stream()
                    .map(t -> new LivePoller.Step(t, JsonNodeFactory.instance.objectNode()))
                    .toList();

    private final TurnedClock clock = new TurnedClock("2026-03-01T12:00:00Z");
    private final TaskExecutor inline = TaskExecutor.inline(clock);
    private final CountingFramework framework =
            new CountingFramework(
                    inline, clock, CountingFramework::fine, TOOLS.toArray(String[]::new));

    @AfterEach
    void close() {
        inline.close();
    }

    private LivePoller live(boolean awake) {
        return new LivePoller(
                framework, inline, clock, (_, _) -> awake, LivePoller.measureAndJudge());
    }

    @Test
    void measuresThenJudgesWhileSomeoneLooksAndStopsAfterwards() {
        try (var live = live(true)) {
            clock.pass(LivePoller.PACE, LivePoller.PACE);
            assertThat(framework.runs).isEmpty();

            var one = live.watch(Samples.TARGET);
            var two = live.watch(Samples.TARGET);
            assertThat(framework.runs.subList(0, 2))
                    .containsExactly(
                            "monitor_system_health@production",
                            "evaluate_alert_thresholds@production");
            assertThat(framework.inputs.getFirst()).hasToString("{\"persist\":false}");
            framework.runs.clear();
            clock.pass(Duration.ofSeconds(10), LivePoller.PACE);
            assertThat(framework.runs).hasSize(4);

            one.close();
            one.close();
            clock.pass(LivePoller.PACE, LivePoller.PACE);
            assertThat(framework.runs).hasSize(6);
            two.close();
            clock.pass(LivePoller.PACE, LivePoller.PACE);
            assertThat(framework.runs).hasSize(6);
        }
    }

    @Test
    void theControlPlaneIsAskedBeforeTheFirstRoundAndNotInEveryOne() {
        var asked = new AtomicInteger();
        try (var live =
                        new LivePoller(
                                framework,
                                inline,
                                clock,
                                (_, _) -> {
                                    asked.incrementAndGet();
                                    return true;
                                },
                                LivePoller.measureAndJudge());
                var _ = live.watch(Samples.TARGET)) {
            clock.pass(Duration.ofMinutes(5), LivePoller.PACE);
            assertThat(framework.runs).hasSizeGreaterThan(100);
            assertThat(asked.get()).isEqualTo(1);
        }
    }

    @Test
    void whatDidNotAnswerIsAskedForAgainAndNotJudged() {
        var asked = new AtomicInteger();
        var failing =
                new CountingFramework(
                        inline,
                        clock,
                        run ->
                                run.failed(
                                        new OpsException(
                                                OpsException.Kind.UNREACHABLE, "x", "gone", "")),
                        TOOLS.toArray(String[]::new));
        try (var live =
                        new LivePoller(
                                failing,
                                inline,
                                clock,
                                (_, _) -> asked.incrementAndGet() > 0,
                                LivePoller.measureAndJudge());
                var _ = live.watch(Samples.TARGET)) {
            clock.pass(LivePoller.PACE, LivePoller.PACE);
            assertThat(failing.runs).containsOnly("monitor_system_health@production").hasSize(2);
            assertThat(asked.get()).isEqualTo(2);
        }
    }

    @Test
    void roundsAtATimeAreBoundedAndNobodyIsForgotten() throws Exception {
        var held = new CountDownLatch(1);
        var begun = ConcurrentHashMap.<String>newKeySet();
        try (var room = TaskExecutor.open(clock)) {
            var slow =
                    new CountingFramework(
                            room,
                            clock,
                            run -> {
                                begun.add(run.target().branch());
                                try {
                                    held.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                                return CountingFramework.fine(run);
                            },
                            TOOLS.toArray(String[]::new));
            try (var live =
                    new LivePoller(
                            slow, room, clock, (_, _) -> true, LivePoller.measureAndJudge())) {
                for (int i = 0; i < 20; i++) {
                    live.watch(new TargetId("local", "shop", "b" + i));
                }
                await().until(() -> begun.size() == LivePoller.AT_ONCE);
                clock.pass(LivePoller.PACE, LivePoller.PACE);
                assertThat(begun).hasSize(LivePoller.AT_ONCE);
                held.countDown();
                await().until(
                                () -> {
                                    clock.pass(LivePoller.PACE, LivePoller.PACE);
                                    return begun.size() == 20;
                                });
            }
        }
    }

    @Test
    void suspendedComputeIsLeftAsleepAndAskedForEveryThirdTime() {
        var asked = new AtomicInteger();
        var awake = new AtomicBoolean();
        try (var live =
                        new LivePoller(
                                framework,
                                inline,
                                clock,
                                (_, _) -> {
                                    asked.incrementAndGet();
                                    return awake.get();
                                },
                                LivePoller.measureAndJudge());
                var _ = live.watch(Samples.TARGET)) {
            clock.pass(LivePoller.PACE.multipliedBy(30), LivePoller.PACE);
            assertThat(framework.runs).isEmpty();
            assertThat(asked).hasValue(11);

            try (var _ = live.watch(Samples.TARGET)) {
                assertThat(asked).as("who begins to look asks at once").hasValue(12);
            }
            awake.set(true);
            clock.pass(LivePoller.PACE.multipliedBy(3), LivePoller.PACE);
            assertThat(framework.runs).isNotEmpty();
        }
    }

    @Test
    void routineRunsFillNeitherHistoryNorRecord() {
        var recorded = new ArrayList<ToolReport>();
        var runner =
                new ToolRunner(
                        CountingFramework.catalog(TOOLS.toArray(String[]::new)),
                        inline,
                        clock,
                        new MemoryFindings(),
                        _ -> {
                            throw new IllegalStateException("no plan is filed here");
                        },
                        List.of(),
                        new OrderedEventBus(inline),
                        recorded::add);
        try (var live = new LivePoller(runner, inline, clock, (_, _) -> true, STEPS);
                var _ = live.watch(Samples.TARGET)) {
            clock.pass(Duration.ofMinutes(10), LivePoller.PACE);
        }
        assertThat(runner.recent(500).stream().map(ToolReport::tool))
                .containsExactly("evaluate_alert_thresholds", "monitor_system_health");
        assertThat(recorded).isEmpty();
    }
}
