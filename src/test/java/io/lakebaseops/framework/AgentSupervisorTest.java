package io.lakebaseops.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;

class AgentSupervisorTest {
    private static final Subject TABLE = Subject.table("shop", "shop", "inventory");

    private final TurnedClock clock = new TurnedClock("2026-03-01T12:00:30Z");
    private final TaskExecutor inline = TaskExecutor.inline(clock);

    @AfterEach
    void close() {
        inline.close();
    }

    private static ToolCatalog catalog() {
        return new ToolCatalog(
                List.of(
                        tool(
                                "persist_pg_stat_statements",
                                "performance",
                                EventTrigger.onNewBranch()),
                        tool(
                                "monitor_system_health",
                                "health",
                                EventTrigger.onNewBranch(),
                                EventTrigger.on(OpsEvent.VacuumCompleted.class)),
                        tool(
                                "execute_low_risk_sop",
                                "health",
                                EventTrigger.on(OpsEvent.ThresholdBreached.class)
                                        .with(
                                                e ->
                                                        JsonNodeFactory.instance
                                                                .objectNode()
                                                                .put("alert", e.alertId())))));
    }

    private static Tool<?, ?> tool(String name, String agent, EventTrigger<?>... triggers) {
        var d = SampleTool.describe(name, Patience.LONG);
        return CountingFramework.tool(
                new ToolDescriptor(
                        name,
                        agent,
                        d.module(),
                        d.kind(),
                        d.summary(),
                        d.requirement(),
                        d.scope(),
                        d.timeout(),
                        new Cadence.InJob(StandardJob.METRIC_COLLECTOR),
                        List.of(triggers)));
    }

    private CountingFramework framework(TaskExecutor room, Function<ToolRun, ToolReport> body) {
        return new CountingFramework(room, clock, body, catalog());
    }

    private void roster(CountingFramework framework, EventBus bus, TaskExecutor room) {
        new AgentSupervisor(StandardAgents.of(framework.catalog()), framework, bus, room).start();
    }

    private OpsEvent breach() {
        return new OpsEvent.ThresholdBreached(
                Samples.TARGET,
                clock.instant(),
                "a-7",
                MetricName.MAX_DEAD_TUPLE_RATIO,
                0.4,
                Severity.CRITICAL,
                TABLE);
    }

    private OpsEvent vacuumed() {
        return new OpsEvent.VacuumCompleted(Samples.TARGET, clock.instant(), TABLE, 900, 0);
    }

    @Test
    void breachRunsTheOperatingProcedureOfItsAlert() {
        var bus = new OrderedEventBus(inline);
        var framework = framework(inline, CountingFramework::fine);
        roster(framework, bus, inline);

        bus.publish(breach());

        assertThat(framework.runs).containsExactly("execute_low_risk_sop@production");
        assertThat(framework.inputs).hasToString("[{\"alert\":\"a-7\"}]");
    }

    @Test
    void newBranchIsMeasuredAndGetsItsBaseline() {
        var bus = new OrderedEventBus(inline);
        var framework = framework(inline, CountingFramework::fine);
        roster(framework, bus, inline);

        bus.publish(
                new OpsEvent.BranchCreated(
                        Samples.TARGET, clock.instant(), "ci-pr-7", "production"));

        assertThat(framework.runs)
                .containsExactlyInAnyOrder(
                        "monitor_system_health@ci-pr-7", "persist_pg_stat_statements@ci-pr-7");
    }

    @Test
    void manyVacuumsAskForOneMoreMeasurementNotForMany() {
        var go = new CountDownLatch(1);
        try (var room = TaskExecutor.open(clock)) {
            var bus = new OrderedEventBus(room);
            var framework =
                    framework(
                            room,
                            run -> {
                                try {
                                    go.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                                return CountingFramework.fine(run);
                            });
            roster(framework, bus, room);
            bus.publish(vacuumed());
            await().until(() -> framework.runs.size() == 1);

            Stream.generate(this::vacuumed).limit(20).forEach(bus::publish);
            bus.close();
            go.countDown();

            await().until(() -> framework.runs.size() == 2);
            await().until(() -> room.running().isEmpty());
            assertThat(framework.runs).hasSize(2);
        }
    }

    @Test
    void toolOfAnAgentThatIsNotThereIsRefusedAtStart() {
        var catalog = new ToolCatalog(List.of(tool("water_the_plants", "gardening")));
        assertThatThrownBy(() -> StandardAgents.of(catalog))
                .hasMessageContaining("water_the_plants")
                .hasMessageContaining("gardening");
    }
}
