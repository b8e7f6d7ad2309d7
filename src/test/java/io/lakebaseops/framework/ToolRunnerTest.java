package io.lakebaseops.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.ToolReport.Status;
import io.lakebaseops.framework.work.Launcher;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

class ToolRunnerTest {
    private static final Duration GRACE = Duration.ofMillis(100);
    private static final Clock CLOCK = Clock.systemUTC();

    private final TaskExecutor room = new TaskExecutor(CLOCK, this::launch, Duration.ofMillis(300));
    private final OrderedEventBus bus = new OrderedEventBus(room);
    private final MemoryFindings findings = new MemoryFindings();
    private final List<ToolReport> recorded = new CopyOnWriteArrayList<>();
    private final Map<String, FiledPlan> queue = new LinkedHashMap<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger busy = new AtomicInteger();

    private void launch(String name, Runnable body) {
        busy.incrementAndGet();
        Launcher.virtualThreads()
                .launch(
                        name,
                        () -> {
                            try {
                                body.run();
                            } finally {
                                busy.decrementAndGet();
                            }
                        });
    }

    @AfterEach
    void close() {
        bus.close();
        room.close();
    }

    private ToolRunner with(Tool<?, ?>... tools) {
        return new ToolRunner(
                new ToolCatalog(List.of(tools)),
                room,
                CLOCK,
                findings,
                this::file,
                List.of(PlanEvents.indexRecommendations(CLOCK)),
                bus,
                recorded::add,
                GRACE);
    }

    private FiledPlan file(ChangePlan plan) {
        return queue.computeIfAbsent(
                plan.fingerprint().hex(),
                _ -> Samples.filed(plan, FiledPlan.State.WAITING, CLOCK.instant()));
    }

    private ToolReport run(ToolRunner runner, String tool, ObjectNode input) {
        return runner.run(tool, input, Samples.TARGET, Samples.AGENT);
    }

    private ToolReport run(
            BiFunction<SampleTool.Input, ToolContext, Outcome<SampleTool.Output>> body) {
        return run(with(SampleTool.named("sample", body)), "sample", none());
    }

    private static ObjectNode none() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static SampleTool.Output output(String note) {
        return new SampleTool.Output(note, 7, Duration.ofMinutes(90));
    }

    @Test
    void goodRunReportsItsDataInSnakeCase() {
        var report = run((in, _) -> Outcome.live(output("top " + in.top())));

        assertThat(report.status()).isEqualTo(Status.OK);
        assertThat(report.source()).isEqualTo(Source.LIVE);
        assertThat(OutputJson.tree(report.data()).toString())
                .isEqualTo("{\"note\":\"top 5000\",\"rows_seen\":7,\"oldest_idle\":\"PT1H30M\"}");
        await().untilAsserted(() -> assertThat(recorded).containsExactly(report));
    }

    @Test
    void findingsAreStoredAndThoseNoLongerSeenAreClosed() {
        var seen = new CopyOnWriteArrayList<>(List.of(Samples.duplicate()));
        var runner =
                with(
                        SampleTool.named(
                                "sample",
                                (_, _) ->
                                        new Outcome.Found<>(
                                                output("x"),
                                                Source.LIVE,
                                                seen,
                                                List.of("duplicate_index"),
                                                List.of("no superuser"))));

        assertThat(run(runner, "sample", none()).caveats()).containsExactly("no superuser");
        assertThat(findings.open(Samples.TARGET)).hasSize(1);
        seen.clear();
        run(runner, "sample", none());
        assertThat(findings.open(Samples.TARGET)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE,FAILED",
        "TIMEOUT,FAILED",
        "NOT_FOUND,FAILED",
        "DENIED,UNAVAILABLE",
        "UNSUPPORTED,UNAVAILABLE",
        "CANCELLED,CANCELLED",
    })
    void foreseenFailureBecomesAReportThatSaysWhy(OpsException.Kind kind, Status status) {
        var report =
                run(
                        (_, _) -> {
                            throw new OpsException(kind, "Reading", "it rained", "wait");
                        });

        assertThat(report.status()).isEqualTo(status);
        assertThat(report.source()).isEqualTo(Source.UNAVAILABLE);
        assertThat(report.data()).isNull();
        assertThat(report.error()).isEqualTo("Reading: it rained — wait");
    }

    @Test
    void unforeseenFailureBecomesAReportToo() {
        var report =
                run(
                        (_, _) -> {
                            throw new StackOverflowError("deep");
                        });

        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.error()).contains("deep");
    }

    @Test
    void whatIsNotThereIsUnavailableWithItsRemedy() {
        var report = run((_, _) -> Outcome.unavailable("no pg_stat_statements", "create it"));

        assertThat(report.status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(report.error()).isEqualTo("no pg_stat_statements — create it");
    }

    @Test
    void unknownToolAndBadInputAreReports() {
        var runner = with(SampleTool.named("sample", (_, _) -> Outcome.live(output("x"))));

        assertThat(run(runner, "other", none()).error()).contains("other");
        assertThat(run(runner, "sample", none().put("tpo", 1)).error())
                .contains("unknown field tpo");
        assertThat(runner.recent(10)).hasSize(2).allMatch(r -> r.status() == Status.FAILED);
    }

    @Test
    void hangingToolDoesNotHoldItsCaller() {
        var interrupted = new CountDownLatch(1);
        var tool =
                new SampleTool(
                        SampleTool.describe("hang", Duration.ofMillis(100)),
                        (_, _) -> {
                            waitFor(never, interrupted);
                            return Outcome.live(output("late"));
                        });
        long begin = System.nanoTime();

        var report = run(with(tool), "hang", none());

        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.error()).contains("did not finish within 100 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        await().until(() -> interrupted.getCount() == 0);
    }

    @Test
    void cancelledRunSaysSo() {
        var started = new CountDownLatch(1);
        var runner =
                with(
                        SampleTool.named(
                                "hang",
                                (_, _) -> {
                                    started.countDown();
                                    waitFor(never, new CountDownLatch(1));
                                    return Outcome.live(output("late"));
                                }));
        var work = runner.start("hang", none(), Samples.TARGET, Samples.AGENT);
        await().until(() -> started.getCount() == 0);

        work.cancel();

        assertThat(work.join().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void plansAreFiledOnceAndOnlyNewOnesAreNews() {
        var heard = new CopyOnWriteArrayList<OpsEvent>();
        bus.subscribe("test", heard::add);
        var plan = Samples.dropDuplicate(Samples.NOON);
        var runner = with(new Proposing(List.of(plan)));

        var first = run(runner, "propose", none());
        var second = run(runner, "propose", none());

        assertThat(first.plans()).hasSize(1);
        assertThat(second.plans()).isEqualTo(first.plans());
        await().until(() -> heard.size() >= 3);
        assertThat(heard.stream().map(e -> e.getClass().getSimpleName()))
                .containsExactly("IndexRecommendation", "RunEnded", "RunEnded");
    }

    @Test
    void toolGivenUpFilesNothing() {
        var tool =
                new Proposing(
                        SampleTool.describe("propose", Duration.ofMillis(50)),
                        List.of(Samples.dropDuplicate(Samples.NOON)),
                        new CountDownLatch(1));

        var report = run(with(tool), "propose", none());
        tool.mayGoOn().countDown();
        await().until(() -> busy.get() == 0);

        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(queue).isEmpty();
        await().untilAsserted(() -> assertThat(recorded).hasSize(1));
    }

    @Test
    void failingRecorderHarmsNobody() {
        var runner =
                new ToolRunner(
                        new ToolCatalog(
                                List.of(
                                        SampleTool.named(
                                                "sample", (_, _) -> Outcome.live(output("x"))))),
                        room,
                        CLOCK,
                        findings,
                        this::file,
                        List.of(),
                        bus,
                        _ -> {
                            throw new IllegalStateException("disk full");
                        });

        assertThat(run(runner, "sample", none()).status()).isEqualTo(Status.OK);
    }

    private static void waitFor(CountDownLatch latch, CountDownLatch interrupted) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw new IllegalStateException(e);
        }
    }

    /// Proposes the given plans when it may go on, deaf to every interrupt until then.
    private record Proposing(
            ToolDescriptor descriptor, List<ChangePlan> plans, CountDownLatch mayGoOn)
            implements ChangeTool<SampleTool.Input, SampleTool.Output> {
        Proposing(List<ChangePlan> plans) {
            this(SampleTool.describe("propose", Patience.LONG), plans, new CountDownLatch(0));
        }

        @Override
        public Class<SampleTool.Input> inputType() {
            return SampleTool.Input.class;
        }

        @Override
        public Proposal<SampleTool.Output> propose(SampleTool.Input input, ToolContext context) {
            while (mayGoOn.getCount() > 0) {
                Thread.interrupted();
                LockSupport.parkNanos(1_000_000);
            }
            return new Proposal<>(Outcome.live(output("planned")), plans);
        }
    }
}
