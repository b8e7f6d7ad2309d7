package io.lakebaseops.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.JobScheduler.JobDefinition;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.Work;
import io.lakebaseops.testing.Fastest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class CronJobSchedulerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final TargetId PRODUCTION = Samples.TARGET;
    private static final TargetId STAGING = new TargetId("local", "shop", "staging");
    private static final TargetFilter ALL_AWAKE = (_, _) -> true;
    private static final Map<String, StandardJob> TOOLS = tools();

    private static Map<String, StandardJob> tools() {
        var tools = new LinkedHashMap<String, StandardJob>();
        tools.put("persist_pg_stat_statements", StandardJob.METRIC_COLLECTOR);
        tools.put("monitor_system_health", StandardJob.METRIC_COLLECTOR);
        tools.put("evaluate_alert_thresholds", StandardJob.METRIC_COLLECTOR);
        tools.put("detect_duplicate_indexes", StandardJob.INDEX_ANALYZER);
        tools.put("detect_missing_fk_indexes", StandardJob.INDEX_ANALYZER);
        tools.put("identify_tables_needing_vacuum", StandardJob.VACUUM_SCHEDULER);
        tools.put("schedule_vacuum_analyze", StandardJob.VACUUM_SCHEDULER);
        tools.put("monitor_branch_count", StandardJob.BRANCH_MANAGER);
        return tools;
    }

    private static ToolCatalog catalog(String... names) {
        return new ToolCatalog(
                Stream.of(names).map(n -> CountingFramework.tool(described(n))).toList());
    }

    private static ToolCatalog all() {
        return catalog(TOOLS.keySet().toArray(String[]::new));
    }

    private static ToolDescriptor described(String name) {
        return SampleTool.describe(name, HOUR).in(TOOLS.get(name));
    }

    private final TurnedClock clock = new TurnedClock("2026-03-23T00:00:30Z");
    private final TaskExecutor inline = TaskExecutor.inline(clock);
    private final MemoryJobStore store = new MemoryJobStore();

    @AfterEach
    void close() {
        inline.close();
    }

    private CountingFramework framework(Function<ToolRun, ToolReport> body) {
        return new CountingFramework(inline, clock, body, all());
    }

    private CronJobScheduler scheduler(
            AgentFramework framework, List<TargetId> targets, TargetFilter filter) {
        return scheduler(framework, targets, filter, inline);
    }

    private CronJobScheduler scheduler(
            AgentFramework framework,
            List<TargetId> targets,
            TargetFilter filter,
            TaskExecutor room) {
        return new CronJobScheduler(
                StandardJobs.of(framework.catalog()),
                framework,
                () -> targets,
                filter,
                store,
                room,
                clock,
                clock);
    }

    private List<String> runs(String job) {
        return store.recent(job, 10_000).reversed().stream()
                .map(r -> r.startedAt() + " " + r.trigger() + " " + r.state())
                .toList();
    }

    @Test
    void aWeekWithASleepInItRunsInUnderASecond() throws Exception {
        var framework = framework(CountingFramework::fine);
        // What is measured is the schedule, not the loading of the cron and JSON libraries.
        scheduler(framework, List.of(PRODUCTION), ALL_AWAKE).runAll();
        var monday = new AtomicReference<Instant>();
        Fastest.of(
                5,
                SECOND,
                () -> {
                    monday.set(clock.instant());
                    return aWeekWithASleepInIt(framework);
                });
        var counts =
                store.recent(null, 10_000).stream()
                        .collect(
                                Collectors.groupingBy(
                                        r -> r.job() + " " + r.trigger(), Collectors.counting()));
        // 25 h before and 112.5 h after the sleep; per job one run makes up for all it slept over.
        assertThat(counts)
                .containsOnly(
                        java.util.Map.entry("metric-collector schedule", 25 * 12L + 1350),
                        java.util.Map.entry("metric-collector missed", 1L),
                        java.util.Map.entry("index-analyzer schedule", 25L + 113),
                        java.util.Map.entry("index-analyzer missed", 1L),
                        java.util.Map.entry("vacuum-scheduler schedule", 1L + 4),
                        java.util.Map.entry("vacuum-scheduler missed", 1L),
                        java.util.Map.entry("branch-manager schedule", 4L + 19),
                        java.util.Map.entry("branch-manager missed", 1L));
        assertThat(store.recent(null, 10_000)).allMatch(r -> r.state() == JobRunState.OK);
        assertThat(runs("vacuum-scheduler").get(1))
                .startsWith(wednesdayMorning(monday.get()) + " missed OK");
    }

    private static Instant wednesdayMorning(Instant monday) {
        return monday.plus(Duration.ofHours(55).plusMinutes(30)).plus(SECOND);
    }

    /// All of it happens on this thread; its processor time is not blurred by other processes.
    private Duration aWeekWithASleepInIt(AgentFramework framework) {
        store.clear();
        var threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        try (var scheduler = scheduler(framework, List.of(PRODUCTION), ALL_AWAKE)) {
            scheduler.start();
            clock.pass(Duration.ofHours(25), SECOND);
            // Tuesday 01:00:30 to Wednesday 07:30:30, over the vacuum of Wednesday 02:00.
            clock.sleep(Duration.ofHours(30).plusMinutes(30));
            clock.pass(Duration.ofDays(7).minusHours(55).minusMinutes(30), SECOND);
        }
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin);
    }

    @Test
    void daylightSavingMovesNothing() {
        // 29 March 2026: Europe's clocks skip 02:00; 25 October: they have it twice.
        for (var day : List.of("2026-03-28T23:00:00Z", "2026-10-24T23:00:00Z")) {
            var own = new TurnedClock(day);
            var own2 = new MemoryJobStore();
            var scheduler =
                    new CronJobScheduler(
                            List.of(
                                    new JobDefinition(
                                            "v",
                                            "0 2 * * *",
                                            HOUR,
                                            List.of("persist_pg_stat_statements"))),
                            framework(CountingFramework::fine),
                            () -> List.of(PRODUCTION),
                            ALL_AWAKE,
                            own2,
                            TaskExecutor.inline(own),
                            own,
                            own);
            scheduler.start();
            own.pass(Duration.ofDays(2), SECOND);
            assertThat(own2.recent("v", 10))
                    .hasSize(2)
                    .allMatch(r -> r.startedAt().toString().endsWith("T02:00:00Z"));
        }
    }

    @Test
    void toolsRunInOrderPerTargetAndProjectToolsOncePerProject() {
        var framework = framework(CountingFramework::fine);
        try (var scheduler = scheduler(framework, List.of(PRODUCTION, STAGING), ALL_AWAKE)) {
            scheduler.start();
            scheduler.runNow("metric-collector");

            assertThat(framework.runs)
                    .containsExactly(
                            "persist_pg_stat_statements@production",
                            "monitor_system_health@production",
                            "evaluate_alert_thresholds@production",
                            "persist_pg_stat_statements@staging",
                            "monitor_system_health@staging",
                            "evaluate_alert_thresholds@staging");
            var run = scheduler.runs("metric-collector", 1).getFirst();
            assertThat(run.trigger()).isEqualTo("manual");
            assertThat(run.log()).hasSize(6);
            assertThat(run.log().getFirst())
                    .isEqualTo("shop/production persist_pg_stat_statements: ok in 0 ms");
        }
    }

    @Test
    void projectToolsRunOncePerProjectNotForPlainServersAndWakeNothing() {
        var tool =
                CountingFramework.tool(
                        described("monitor_branch_count").about(ToolDescriptor.Scope.PROJECT));
        var framework =
                new CountingFramework(
                        inline, clock, CountingFramework::fine, new ToolCatalog(List.of(tool)));
        var plain = new TargetId("orders", TargetId.PLAIN, "db1:5432");
        try (var scheduler =
                scheduler(framework, List.of(plain, PRODUCTION, STAGING), (_, _) -> false)) {
            scheduler.runNow("branch-manager");
            assertThat(framework.runs).containsExactly("monitor_branch_count@production");
        }
    }

    @Test
    void suspendedComputesSleepOn() {
        var framework = framework(CountingFramework::fine);
        try (var scheduler =
                scheduler(
                        framework,
                        List.of(PRODUCTION, STAGING),
                        (target, _) -> target.equals(PRODUCTION))) {
            scheduler.runNow("index-analyzer");

            assertThat(framework.runs).allMatch(r -> r.endsWith("@production"));
            assertThat(scheduler.runs("index-analyzer", 1).getFirst().log())
                    .contains("shop/staging: suspended, left asleep");
        }
    }

    @Test
    void failedToolFailsTheRunButNeitherTheOthersNorTheSchedule() {
        var framework =
                framework(
                        run -> {
                            if (run.tool().startsWith("persist")) {
                                throw new OpsException(
                                        OpsException.Kind.UNREACHABLE, "Connect", "refused", "");
                            }
                            return CountingFramework.fine(run);
                        });
        try (var scheduler = scheduler(framework, List.of(PRODUCTION), ALL_AWAKE)) {
            scheduler.start();
            clock.pass(Duration.ofMinutes(10), SECOND);
        }
        assertThat(runs("metric-collector"))
                .containsExactly(
                        "2026-03-23T00:05:00Z schedule FAILED",
                        "2026-03-23T00:10:00Z schedule FAILED");
        assertThat(framework.runs).hasSize(6);
        assertThat(store.recent("metric-collector", 1).getFirst().log().getFirst())
                .contains("failed", "Connect: refused");
    }

    /// A missing right is no failure of the job, but nothing was done either.
    @Test
    void runInWhichNoToolCouldRunIsNotCalledGood() {
        var able = new AtomicBoolean();
        var framework =
                framework(
                        run -> {
                            if (!able.get() || run.tool().startsWith("persist")) {
                                throw new OpsException(
                                        OpsException.Kind.DENIED, "Read", "no right", "GRANT");
                            }
                            return CountingFramework.fine(run);
                        });
        try (var scheduler = scheduler(framework, List.of(PRODUCTION), ALL_AWAKE)) {
            scheduler.start();
            clock.pass(Duration.ofMinutes(5), SECOND);
            able.set(true);
            clock.pass(Duration.ofMinutes(5), SECOND);
        }
        assertThat(runs("metric-collector"))
                .containsExactly(
                        "2026-03-23T00:05:00Z schedule SKIPPED",
                        "2026-03-23T00:10:00Z schedule OK");
    }

    @Test
    void targetListThatCannotBeHadFailsTheRunWithItsReason() {
        var framework = framework(CountingFramework::fine);
        var scheduler =
                new CronJobScheduler(
                        StandardJobs.of(framework.catalog()),
                        framework,
                        () -> {
                            throw new OpsException(
                                    OpsException.Kind.UNREACHABLE, "List branches", "no route", "");
                        },
                        ALL_AWAKE,
                        store,
                        inline,
                        clock,
                        clock);
        scheduler.runNow("metric-collector");
        var run = scheduler.runs("metric-collector", 1).getFirst();
        assertThat(run.state()).isEqualTo(JobRunState.FAILED);
        assertThat(run.log()).containsExactly("List branches: no route");
    }

    @Test
    void pausedJobDoesNotRunAndMakesNothingUpAfterwards() {
        var framework = framework(CountingFramework::fine);
        try (var scheduler = scheduler(framework, List.of(PRODUCTION), ALL_AWAKE)) {
            scheduler.start();
            scheduler.pause("metric-collector", true);
            clock.pass(HOUR, SECOND);
            assertThat(runs("metric-collector")).isEmpty();
            assertThat(scheduler.jobs().getFirst().paused()).isTrue();
            assertThat(scheduler.jobs().getFirst().next()).isNull();
            assertThat(store.paused()).containsExactly("metric-collector");

            scheduler.pause("metric-collector", false);
            clock.pass(Duration.ofMinutes(5), SECOND);
            assertThat(runs("metric-collector"))
                    .containsExactly("2026-03-23T01:05:00Z schedule OK");
        }
    }

    @Test
    void aRestartRemembersWhatWasPausedAndMissed() {
        store.pause("index-analyzer", true);
        store.take("vacuum-scheduler", clock.instant().minus(Duration.ofDays(3)))
                .orElseThrow()
                .close();
        try (var scheduler =
                scheduler(framework(CountingFramework::fine), List.of(PRODUCTION), ALL_AWAKE)) {
            scheduler.start();
            clock.pass(HOUR, SECOND);
        }
        assertThat(runs("index-analyzer")).isEmpty();
        assertThat(runs("vacuum-scheduler")).containsExactly("2026-03-23T00:00:31Z missed OK");
    }

    @Test
    void jobStillRunningIsSkippedAndTheSkipIsRecorded() {
        var go = new CountDownLatch(1);
        try (var room = TaskExecutor.open(clock)) {
            var framework =
                    new CountingFramework(
                            room,
                            clock,
                            run -> {
                                try {
                                    go.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                                return CountingFramework.fine(run);
                            },
                            all());
            var scheduler = scheduler(framework, List.of(PRODUCTION), ALL_AWAKE, room);
            scheduler.start();
            await().until(() -> room.running().isEmpty());
            clock.pass(Duration.ofMinutes(5), SECOND);
            await().until(() -> scheduler.jobs().getFirst().running() != null);

            clock.pass(Duration.ofMinutes(5), SECOND);

            var skipped = scheduler.runs("metric-collector", 1).getFirst();
            assertThat(skipped.state()).isEqualTo(JobRunState.SKIPPED);
            assertThat(skipped.log().getFirst()).contains("still at it, since 2026-03-23T00:05");
            go.countDown();
            await().until(
                            () ->
                                    scheduler.runs("metric-collector", 10).stream()
                                            .anyMatch(r -> r.state() == JobRunState.OK));
            scheduler.close();
        }
    }

    @Test
    void cancelEndsARunAndItsTool() {
        try (var room = TaskExecutor.open(clock)) {
            var never = new CountDownLatch(1);
            var framework =
                    new CountingFramework(
                            room,
                            clock,
                            _ -> {
                                try {
                                    never.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                                throw new IllegalStateException("never");
                            },
                            all());
            var scheduler = scheduler(framework, List.of(PRODUCTION), ALL_AWAKE, room);
            scheduler.runNow("metric-collector");
            await().until(() -> framework.runs.size() == 1);

            room.running().stream()
                    .filter(work -> work.title().equals("job metric-collector"))
                    .forEach(Work::cancel);

            await().until(() -> scheduler.runs(null, 1).getFirst().endedAt() != null);
            assertThat(scheduler.runs(null, 1).getFirst().state()).isEqualTo(JobRunState.CANCELLED);
            await().until(() -> room.running().isEmpty());
            assertThat(framework.runs).hasSize(1);
        }
    }

    @Test
    void twoConsolesTakeTurns() {
        var one = framework(CountingFramework::fine);
        var two = framework(CountingFramework::fine);
        try (var a = scheduler(one, List.of(PRODUCTION), ALL_AWAKE);
                var b = scheduler(two, List.of(PRODUCTION), ALL_AWAKE)) {
            a.start();
            b.start();
            clock.pass(HOUR, SECOND);
        }
        assertThat(runs("metric-collector")).hasSize(12);
        assertThat(one.runs.size() + two.runs.size()).isEqualTo(12 * 3 + 2);
    }

    @Test
    void clockSetBackDoesNotStopTheSchedule() {
        try (var scheduler =
                scheduler(framework(CountingFramework::fine), List.of(PRODUCTION), ALL_AWAKE)) {
            scheduler.start();
            clock.pass(Duration.ofMinutes(5), SECOND);
            clock.sleep(HOUR.negated());
            clock.pass(Duration.ofMinutes(1), SECOND);
            assertThat(scheduler.jobs().getFirst().next())
                    .isBefore(clock.instant().plus(Duration.ofMinutes(6)));
        }
    }

    @Test
    void onlyJobsWithToolsExist() {
        assertThat(StandardJobs.of(catalog("monitor_system_health")))
                .containsExactly(
                        new JobDefinition(
                                "metric-collector",
                                "*/5 * * * *",
                                Duration.ofMinutes(5),
                                List.of("monitor_system_health")));
    }

    @Test
    void toolWithTimesOfItsOwnHasAJobOfItsOwn() {
        var own = SampleTool.describe("monitor_connections", HOUR).every("* * * * *");
        assertThat(StandardJobs.of(new ToolCatalog(List.of(CountingFramework.tool(own)))))
                .containsExactly(
                        new JobDefinition(
                                "monitor-connections",
                                "* * * * *",
                                HOUR,
                                List.of("monitor_connections")));
    }

    @Test
    void jobThatRunsAToolNobodyHasIsRefusedAtStart() {
        var framework =
                new CountingFramework(
                        inline, clock, CountingFramework::fine, new ToolCatalog(List.of()));
        var job = new JobDefinition("lost", "0 * * * *", HOUR, List.of("no_such_tool"));
        assertThatThrownBy(
                        () ->
                                new CronJobScheduler(
                                        List.of(job),
                                        framework,
                                        List::of,
                                        ALL_AWAKE,
                                        store,
                                        inline,
                                        clock,
                                        clock))
                .hasMessageContaining("lost")
                .hasMessageContaining("no_such_tool");
    }

    @Test
    void unknownJobIsNamed() {
        var scheduler =
                scheduler(framework(CountingFramework::fine), List.of(PRODUCTION), ALL_AWAKE);
        assertThatThrownBy(() -> scheduler.runNow("nope"))
                .hasMessageContaining("nope")
                .hasMessageContaining("metric-collector");
    }

    @Test
    void runAllRunsEachOnce() {
        var scheduler =
                scheduler(framework(CountingFramework::fine), List.of(PRODUCTION), ALL_AWAKE);
        assertThat(scheduler.runAll()).hasSize(4);
        assertThat(scheduler.runs(null, 10).stream().map(JobRun::job))
                .containsExactlyInAnyOrder(
                        "metric-collector", "index-analyzer", "vacuum-scheduler", "branch-manager");
    }
}
