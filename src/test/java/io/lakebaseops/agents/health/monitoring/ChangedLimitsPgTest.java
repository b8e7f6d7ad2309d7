package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.change.audit.SettingChanges;
import io.lakebaseops.change.audit.SettingChanges.Change;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Observed;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.AlertLimitStore;
import io.lakebaseops.state.AlertLimits;
import io.lakebaseops.state.AlertLimits.Changed;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A limit that a person changes is in force at the next judgement, for one branch or for all, and
/// the audit chain says who changed it.
final class ChangedLimitsPgTest {
    private static final TargetId SHOP = new TargetId("p", "shop", "production");
    private static final TargetId STAGING = new TargetId("p", "shop", "staging");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Actor ANNA = Actor.human("anna");

    private final StateDb db = StateDatabases.open("alert_limits");
    private final AlertLimitStore store = new AlertLimitStore(db);
    private final SettingChanges changes =
            new SettingChanges(() -> db, () -> AuditChains.of(db, Clock.systemUTC()));
    private final ChangedLimits limits = new ChangedLimits(() -> store, Clock.systemUTC());
    private final MetricDefinitions definitions = MetricDefinitions.standard().judgedBy(limits);

    @AfterEach
    void close() {
        db.close();
    }

    private static Changed deadRows(String target, double warning, double critical) {
        return new Changed(
                MetricName.MAX_DEAD_TUPLE_RATIO, target, warning, critical, 0, 0.02, "anna", NOW);
    }

    private void change(Changed c) {
        changes.inState(
                ANNA,
                List.of(new Change("Dead rows: warning", "10 %", "15 %")),
                tx -> AlertLimitStore.put(tx, c));
        limits.changed();
    }

    private boolean raised(TargetId target, double value) {
        var board = new LiveHealthBoard();
        var name = MetricName.MAX_DEAD_TUPLE_RATIO;
        var metric = new Metric(name, Observed.live(value, NOW), "", Metric.Condition.MEASURED);
        var round = new HealthBoard.Round(target, NOW, Duration.ZERO, Map.of(name, metric));
        board.record(round, Map.of(name, Subject.database("shop")));
        return new AlertJudge(board, new AlertsInMemory(), new ToolRig.Events(), round)
                .judge(definitions.watched(target, name).orElseThrow())
                .raised();
    }

    @Test
    void a_branch_is_judged_by_its_own_limits_and_the_others_by_those_of_all_servers() {
        assertThat(raised(SHOP, 0.12)).as("10 % is the product's own limit").isTrue();
        change(deadRows(SHOP.key(), 0.15, 0.25));
        assertThat(raised(SHOP, 0.12)).isFalse();
        assertThat(raised(STAGING, 0.12)).isTrue();
        change(deadRows(AlertLimits.ALL_SERVERS, 0.20, 0.40));
        assertThat(raised(STAGING, 0.16)).isFalse();
        assertThat(raised(SHOP, 0.16)).as("its own value goes before").isTrue();
        assertThat(changes.newest(10))
                .extracting(SettingChanges.Made::by)
                .containsExactly("anna", "anna");
        assertThat(changes.newest(1).getFirst().change())
                .isEqualTo(new Change("Dead rows: warning", "10 %", "15 %"));
        assertThat(changes.count()).isEqualTo(2);
    }

    @Test
    void a_branch_value_can_be_taken_back() {
        change(deadRows(SHOP.key(), 0.15, 0.25));
        db.run(tx -> AlertLimitStore.remove(tx, MetricName.MAX_DEAD_TUPLE_RATIO, SHOP.key()));
        limits.changed();
        assertThat(raised(SHOP, 0.12)).isTrue();
        assertThat(store.all()).isEmpty();
    }

    @Test
    void nothing_is_kept_when_the_chain_takes_no_entry() {
        var broken =
                new SettingChanges(
                        () -> db,
                        () -> {
                            throw new IllegalStateException("the key of the chain is away");
                        });
        assertThatThrownBy(
                        () ->
                                broken.inState(
                                        ANNA,
                                        List.of(new Change("Dead rows", null, "15 %")),
                                        tx ->
                                                AlertLimitStore.put(
                                                        tx, deadRows(SHOP.key(), 0.15, 0.25))))
                .hasMessageContaining("away");
        assertThat(store.all()).isEmpty();
    }

    @Test
    void limits_stand_while_the_state_database_is_away() {
        change(deadRows(SHOP.key(), 0.15, 0.25));
        assertThat(raised(SHOP, 0.12)).isFalse();
        db.close();
        limits.changed();
        assertThat(raised(SHOP, 0.12)).as("the last limits known").isFalse();
        assertThat(raised(SHOP, 0.16)).isTrue();
    }
}
