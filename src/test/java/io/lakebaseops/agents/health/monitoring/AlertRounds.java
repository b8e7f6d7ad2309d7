package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.framework.MemoryFindings;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.TestTargets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// Rounds of measuring a real server and judging it, and what was told of each metric. The time a
/// value must last passes on a clock of its own.
final class AlertRounds {
    private final ToolRig rig;
    private final Lakehouse lakehouse;
    private final Alerts alerts;
    private final MetricDefinitions definitions;
    private final ToolRig.Events events = new ToolRig.Events();
    private Duration passed = Duration.ZERO;
    private Duration pace = Duration.ofSeconds(5);
    private MonitorSystemHealth monitor;
    private EvaluateAlertThresholds judge;

    AlertRounds(ToolRig rig, Lakehouse lakehouse, Alerts alerts, MetricDefinitions definitions) {
        this.rig = rig;
        this.lakehouse = lakehouse;
        this.alerts = alerts;
        this.definitions = definitions;
        restart();
    }

    /// What a new process knows: the alerts that are stored, and nothing that was measured.
    void restart() {
        var board = new LiveHealthBoard();
        monitor =
                new MonitorSystemHealth(
                        rig.targets(),
                        rig.sql(),
                        lakehouse,
                        board,
                        definitions,
                        Clock.systemUTC(),
                        events);
        judge =
                new EvaluateAlertThresholds(
                        board,
                        alerts,
                        definitions,
                        events,
                        monitor,
                        new MemoryFindings(),
                        (_, _, _) -> List.of());
    }

    /// @param between two rounds that are waited for
    AlertRounds every(Duration between) {
        pace = between;
        return this;
    }

    static MetricDefinitions standardBut(UnaryOperator<MetricDefinition> change) {
        return new MetricDefinitions(
                MetricDefinitions.standard().all().stream().map(change).toList());
    }

    /// The same metric with limits that a test can reach.
    static MetricDefinition limited(
            MetricDefinition d, double warning, double critical, double margin) {
        var w = d.watched();
        var r = w.rule();
        var rule = r.with(new AlertRule.Limits(warning, critical, r.forAtLeast(), margin));
        return new MetricDefinition(
                d.name(),
                d.derivation(),
                new MetricDefinition.Watched(rule, w.gauge(), w.evidence()));
    }

    /// A round and its judgement, some time later.
    void round(Duration later) {
        passed = passed.plus(later);
        var clock = Clock.fixed(Instant.now().plus(passed), ZoneOffset.UTC);
        var context =
                new ToolContext(
                        UUID.randomUUID(),
                        rig.test().target(),
                        Actor.human("ada"),
                        TestTargets.deadline(),
                        clock,
                        ToolContext.Progress.SILENT);
        monitor.run(new MonitorSystemHealth.Input(false), context);
        judge.run(new EvaluateAlertThresholds.Input(null), context);
    }

    List<Severity> told(MetricName metric) {
        return events.of(OpsEvent.ThresholdBreached.class).stream()
                .filter(e -> e.metric() == metric)
                .map(OpsEvent.ThresholdBreached::severity)
                .toList();
    }

    long recovered(MetricName metric) {
        return events.of(OpsEvent.AlertRecovered.class).stream()
                .filter(e -> e.metric() == metric)
                .count();
    }

    void awaitTold(MetricName metric, Severity... severities) {
        awaitTold(() -> {}, metric, severities);
    }

    /// @param load what keeps the value where it is, before each round
    void awaitTold(Runnable load, MetricName metric, Severity... severities) {
        await().atMost(Patience.LONG)
                .untilAsserted(
                        () -> {
                            load.run();
                            round(pace);
                            assertThat(told(metric)).containsExactly(severities);
                        });
    }

    void awaitOver(MetricName metric) {
        awaitOver(() -> {}, metric);
    }

    void awaitOver(Runnable load, MetricName metric) {
        await().atMost(Patience.LONG)
                .untilAsserted(
                        () -> {
                            load.run();
                            round(pace);
                            assertThat(recovered(metric)).isEqualTo(1);
                        });
        round(pace);
        assertThat(recovered(metric)).isEqualTo(1);
        assertThat(alerts.history(rig.test().target(), 100).stream())
                .filteredOn(a -> a.metric() == metric)
                .hasSize(1);
    }
}
