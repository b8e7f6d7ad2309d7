package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.testing.StateDatabases;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.UUID;

class AlertStorePgTest {
    private static final TargetId TARGET = new TargetId("p", "shop", "production");
    private static final Instant T0 = Instant.parse("2020-01-01T00:00:00Z");

    private final StateDb db = StateDatabases.open("alerts");
    private final AlertStore alerts = new AlertStore(db);

    @AfterEach
    void close() {
        db.close();
    }

    private static Alert alert(String id, double value, @Nullable Instant recovered) {
        return new Alert(
                id,
                TARGET,
                MetricName.MAX_DEAD_TUPLE_RATIO,
                Severity.WARNING,
                value,
                0.2,
                Subject.table("db", "shop", "inventory"),
                "many dead rows",
                T0,
                T0,
                recovered,
                null,
                null,
                T0.minusSeconds(8),
                null,
                0);
    }

    @Test
    void anAlertIsOnUntilItRecovers() {
        alerts.save(alert("1", 0.25, null));
        alerts.save(alert("1", 0.30, null));
        assertThat(alerts.active(TARGET, MetricName.MAX_DEAD_TUPLE_RATIO))
                .hasValueSatisfying(a -> assertThat(a.value()).isEqualTo(0.30));
        alerts.save(alert("1", 0.05, T0.plusSeconds(60)));
        assertThat(alerts.active((TargetId) null)).isEmpty();
        assertThat(alerts.history(TARGET, 10)).hasSize(1);
    }

    @Test
    void theSecondToRaiseItGetsTheFirstOnes() {
        alerts.save(alert("mine", 0.25, null));
        assertThat(alerts.save(alert("yours", 0.26, null)).id()).isEqualTo("mine");
        assertThat(alerts.active(TARGET)).hasSize(1);
    }

    @Test
    void whoAcknowledgedItIsNotForgottenByLaterValues() {
        alerts.save(alert("1", 0.25, null));
        alerts.acknowledge("1", "kim", T0);
        alerts.acknowledge("1", "lee", T0);
        alerts.save(alert("1", 0.30, null));
        assertThat(alerts.active(TARGET).getFirst().acknowledgedBy()).isEqualTo("kim");
    }

    private static Alert with(
            Alert a,
            Severity severity,
            @Nullable Instant recovered,
            @Nullable Instant critical,
            int returns) {
        return new Alert(
                a.id(),
                a.target(),
                a.metric(),
                severity,
                a.value(),
                a.threshold(),
                a.subject(),
                a.message(),
                a.openedAt(),
                a.updatedAt(),
                recovered,
                null,
                null,
                a.breachedAt(),
                critical,
                returns);
    }

    @Test
    void seenAsAWarningIsNotSeenAsCritical() {
        var on = alert("1", 0.25, null);
        alerts.save(on);
        alerts.acknowledge("1", "kim", T0);
        alerts.save(with(on, Severity.CRITICAL, null, T0.plusSeconds(5), 0));
        assertThat(alerts.active(TARGET).getFirst())
                .satisfies(a -> assertThat(a.acknowledgedBy()).isNull())
                .satisfies(a -> assertThat(a.breachedAt()).isEqualTo(T0.minusSeconds(8)));
        alerts.acknowledge("1", "lee", T0.plusSeconds(9));
        alerts.save(with(on, Severity.WARNING, null, T0.plusSeconds(5), 0));
        assertThat(alerts.active(TARGET).getFirst().acknowledgedBy()).isEqualTo("lee");
    }

    @Test
    void oneThatIsBackIsTheSameUnlessAnotherIsOn() {
        var ended = with(alert("1", 0.25, null), Severity.CRITICAL, T0.plusSeconds(60), T0, 0);
        alerts.save(with(ended, Severity.CRITICAL, null, T0, 0));
        alerts.save(ended);
        var back = with(ended, Severity.CRITICAL, null, T0, 1);
        assertThat(alerts.save(back).id()).isEqualTo("1");
        assertThat(alerts.active(TARGET))
                .singleElement()
                .satisfies(a -> assertThat(a.returns()).isEqualTo(1));
        alerts.save(with(ended, Severity.CRITICAL, T0.plusSeconds(90), T0, 1));
        alerts.save(alert("2", 0.25, null));
        assertThat(alerts.save(with(ended, Severity.CRITICAL, null, T0, 2)).id()).isEqualTo("2");
    }

    @Test
    void theFirstRepairIsKeptWithItsAlertAlsoWhenThatEndedBefore() {
        var first = UUID.randomUUID();
        alerts.save(alert("1", 0.25, null));
        alerts.save(alert("1", 0.05, T0.plusSeconds(60)));
        alerts.repaired("1", first);
        alerts.repaired("1", UUID.randomUUID());
        assertThat(alerts.history(TARGET, 10))
                .singleElement()
                .satisfies(a -> assertThat(a.handledBy()).isEqualTo(first.toString()));
    }

    @Test
    void aMuteIsAboutOneObjectAndHoldsUntilItsTimeOrIsTakenBack() {
        var metric = MetricName.MAX_DEAD_TUPLE_RATIO;
        var on = alert("1", 0.25, null);
        var other = Subject.table("db", "shop", "orders");
        assertThat(alerts.mutes(TARGET, T0)).isEmpty();
        var mute =
                new Alerts.Mute(
                        metric, on.subject(), "kim", T0, T0.plusSeconds(3600), "import runs");
        alerts.mute(TARGET, mute);
        assertThat(alerts.mutes(TARGET, T0.plusSeconds(60))).containsExactly(mute);
        assertThat(alerts.mutes(T0.plusSeconds(60)))
                .as("of all servers in one question")
                .containsExactly(java.util.Map.entry(TARGET, java.util.List.of(mute)));
        assertThat(alerts.mutes(T0.plusSeconds(3601))).isEmpty();
        assertThat(mute.covers(on)).isTrue();
        assertThat(new Alerts.Mute(metric, other, "kim", T0, T0, "").covers(on)).isFalse();
        assertThat(alerts.mutes(TARGET, T0.plusSeconds(3601))).isEmpty();
        alerts.unmute(TARGET, metric, other);
        assertThat(alerts.mutes(TARGET, T0)).hasSize(1);
        alerts.unmute(TARGET, metric, on.subject());
        assertThat(alerts.mutes(TARGET, T0)).isEmpty();
    }

    @Test
    void theLastEndOfEachAlertIsKnown() {
        alerts.save(alert("1", 0.25, T0.plusSeconds(10)));
        alerts.save(alert("2", 0.25, T0.plusSeconds(20)));
        assertThat(alerts.recoveries(TARGET, T0))
                .singleElement()
                .satisfies(r -> assertThat(r.recoveredAt()).isEqualTo(T0.plusSeconds(20)));
        assertThat(alerts.recoveries(TARGET, T0.plusSeconds(20))).isEmpty();
    }

    @Test
    void views_of_the_fleet_are_kept_by_person_and_name() {
        var views = new FleetViewStore(db);
        views.keep("mira", new FleetViews.View("mine", "env:ci", "PROJECT"));
        views.keep("mira", new FleetViews.View("mine", "env:ci owner:mira", "OWNER"));
        views.keep("anna", new FleetViews.View("mine", "", "NONE"));
        assertThat(views.of("mira"))
                .containsExactly(new FleetViews.View("mine", "env:ci owner:mira", "OWNER"));
        views.forget("mira", "mine");
        assertThat(views.of("mira")).isEmpty();
        assertThat(views.of("anna")).hasSize(1);
    }
}
