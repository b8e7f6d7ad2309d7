package io.lakebaseops.notify;

import static io.lakebaseops.notify.SampleAlerts.NOON;
import static io.lakebaseops.notify.SampleAlerts.critical;
import static io.lakebaseops.notify.SampleAlerts.of;
import static io.lakebaseops.notify.SampleAlerts.warning;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.config.NotificationConfig;
import io.lakebaseops.config.NotificationConfig.Escalation;
import io.lakebaseops.config.NotificationConfig.QuietHours;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Outbox.Entry;
import io.lakebaseops.state.Outbox.State;
import io.lakebaseops.state.OutboxInMemory;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// What is to be said about an alert, step by step; sent at once unless a test says otherwise.
final class DueTest {
    private static final NotificationConfig CONFIG =
            new NotificationConfig(
                    List.of(),
                    Map.of(
                            Severity.WARNING, List.of("slack"),
                            Severity.CRITICAL, List.of("slack", "pager")),
                    new Escalation(Duration.ofMinutes(15), List.of("mail", "boss")),
                    null);

    private final OutboxInMemory outbox = new OutboxInMemory();
    private boolean sending = true;

    private List<String> step(Alert alert, Instant now) {
        return step(alert, false, CONFIG, now);
    }

    /// What was filed new in this step.
    private List<String> step(Alert alert, boolean muted, NotificationConfig config, Instant now) {
        var due = Due.of(alert, muted, outbox.about(List.of(alert.id())), config, now);
        due.dropped().forEach((id, why) -> outbox.end(id, State.DROPPED, now, why, null));
        due.entries().forEach(outbox::add);
        if (sending) {
            outbox.due(now, 100)
                    .forEach(e -> outbox.end(e.id(), State.SENT, now, null, "r-" + e.channel()));
        }
        return due.entries().stream().map(DueTest::words).toList();
    }

    private static String words(Entry e) {
        return e.act() + " " + e.channel();
    }

    private List<String> sent() {
        return outbox.all().stream()
                .filter(e -> e.state() == State.SENT)
                .map(DueTest::words)
                .toList();
    }

    private static Instant at(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void eachSeverityGoesItsWayOnceAndTheEndFollows() {
        assertThat(step(warning("a"), at(0))).containsExactly("TRIGGER slack");
        assertThat(step(warning("a"), at(1))).isEmpty();
        var worse = of("a", Severity.CRITICAL, null, null, at(2), 0);
        assertThat(step(worse, at(2))).containsExactly("TRIGGER slack", "TRIGGER pager");
        assertThat(step(of("a", Severity.WARNING, null, null, at(2), 0), at(3)))
                .as("calmer is no news")
                .isEmpty();
        var over = of("a", Severity.WARNING, at(4), null, at(2), 0);
        step(over, at(4));
        assertThat(sent()).as("it must last").hasSize(3);
        step(over, at(5));
        assertThat(sent()).endsWith("RESOLVE slack", "RESOLVE pager").hasSize(5);
        assertThat(step(over, at(6))).isEmpty();
    }

    @Test
    void whatNobodyAcknowledgesGoesToTheNextChannelAndTheNext() {
        step(critical("a"), at(0));
        assertThat(step(critical("a"), at(14))).isEmpty();
        assertThat(step(critical("a"), at(15))).containsExactly("ESCALATE mail");
        assertThat(step(critical("a"), at(29))).isEmpty();
        assertThat(step(critical("a"), at(30))).containsExactly("ESCALATE boss");
        assertThat(step(critical("a"), at(300))).isEmpty();
        var seen = of("a", Severity.CRITICAL, null, "kim", NOON, 0);
        assertThat(step(seen, at(301)))
                .containsExactly(
                        "ACKNOWLEDGE slack",
                        "ACKNOWLEDGE pager",
                        "ACKNOWLEDGE mail",
                        "ACKNOWLEDGE boss");
        assertThat(step(seen, at(302))).isEmpty();
    }

    @Test
    void whatWasSeenInTimeAndWhatIsAWarningGoesNoFurther() {
        step(critical("a"), at(0));
        var seen = of("a", Severity.CRITICAL, null, "kim", NOON, 0);
        step(seen, at(5));
        assertThat(step(seen, at(60))).isEmpty();
        step(warning("b"), at(0));
        assertThat(step(warning("b"), at(60))).isEmpty();
    }

    @Test
    void aMuteHoldsEverythingBackUntilItEnds() {
        assertThat(step(critical("a"), true, CONFIG, at(0))).isEmpty();
        assertThat(step(critical("a"), true, CONFIG, at(20))).isEmpty();
        assertThat(step(critical("a"), at(21)))
                .containsExactly("TRIGGER slack", "TRIGGER pager", "ESCALATE mail");
    }

    @Test
    void warningsOfTheNightAreToldInTheMorningIfTheyAreStillThere() {
        var night =
                new NotificationConfig(
                        List.of(),
                        CONFIG.routes(),
                        null,
                        new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneOffset.UTC));
        var late = Instant.parse("2026-03-02T23:30:00Z");
        var morning = Instant.parse("2026-03-03T07:00:00Z");
        step(warning("a"), false, night, late);
        step(warning("b"), false, night, late);
        step(critical("c"), false, night, late);
        assertThat(sent()).containsExactly("TRIGGER slack", "TRIGGER pager");
        step(of("a", Severity.WARNING, late.plusSeconds(60), null, null, 0), false, night, morning);
        step(warning("b"), false, night, morning);
        assertThat(outbox.about(List.of("a")))
                .singleElement()
                .satisfies(e -> assertThat(e.state()).isEqualTo(State.DROPPED));
        assertThat(outbox.about(List.of("b")))
                .singleElement()
                .satisfies(e -> assertThat(e.dueAt()).isEqualTo(morning))
                .satisfies(e -> assertThat(e.state()).isEqualTo(State.SENT));
    }

    @Test
    void quietHoursEndAtTheirTimeOfDayAcrossMidnightAndTimeChanges() {
        var berlin = ZoneId.of("Europe/Berlin");
        var quiet = new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), berlin);
        assertThat(quiet.over(Instant.parse("2026-03-28T21:30:00Z")))
                .as("the night in which clocks go forward")
                .isEqualTo("2026-03-29T05:00:00Z");
        assertThat(quiet.over(Instant.parse("2026-03-28T02:00:00Z")))
                .isEqualTo("2026-03-28T06:00:00Z");
        var day = Instant.parse("2026-03-28T12:00:00Z");
        assertThat(quiet.over(day)).isEqualTo(day);
        var siesta = new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0), berlin);
        assertThat(siesta.over(day)).isEqualTo("2026-03-28T13:00:00Z");
        assertThat(siesta.over(Instant.parse("2026-03-28T13:00:00Z")))
                .isEqualTo("2026-03-28T13:00:00Z");
    }

    @Test
    void oneThatIsBackBeforeItsEndWasToldIsNoNews() {
        step(critical("a"), at(0));
        for (int i = 1; i < 60; i++) {
            step(of("a", Severity.CRITICAL, at(2 * i - 1), null, NOON, i - 1), at(2 * i - 1));
            step(of("a", Severity.CRITICAL, null, "kim", NOON, i), at(2 * i));
        }
        var messages = sent().stream().filter(w -> !w.startsWith("ACKNOWLEDGE")).toList();
        assertThat(messages)
                .as("59 returns within two hours")
                .containsExactly("TRIGGER slack", "TRIGGER pager");
    }

    @Test
    void oneThatIsBackAfterItsEndWasToldIsToldAgain() {
        step(critical("a"), at(0));
        step(of("a", Severity.CRITICAL, at(1), null, NOON, 0), at(1));
        step(of("a", Severity.CRITICAL, at(1), null, NOON, 0), at(2));
        assertThat(sent()).endsWith("RESOLVE slack", "RESOLVE pager");
        assertThat(step(of("a", Severity.CRITICAL, null, null, at(5), 1), at(5)))
                .containsExactly("TRIGGER slack", "TRIGGER pager");
    }

    @Test
    void anEndWithoutABeginningIsNotTold() {
        sending = false;
        step(warning("a"), at(0));
        var over = of("a", Severity.WARNING, at(1), null, null, 0);
        assertThat(step(over, at(3))).isEmpty();
        assertThat(outbox.all())
                .singleElement()
                .satisfies(e -> assertThat(e.state()).isEqualTo(State.DROPPED));
    }

    @Test
    void anEndFollowsOnATryOfWhichNobodyKnowsTheEnd() {
        sending = false;
        step(warning("a"), at(0));
        outbox.claim(outbox.all().getFirst(), at(2));
        var over = of("a", Severity.WARNING, at(1), null, null, 0);
        assertThat(step(over, at(3))).containsExactly("RESOLVE slack");
        assertThat(step(over, at(4))).isEmpty();
        assertThat(step(of("a", Severity.WARNING, null, null, null, 1), at(5)))
                .as("back again")
                .containsExactly("TRIGGER slack");
    }

    @Test
    void anEndMustLastTwiceAsLongWithEachReturn() {
        assertThat(Due.settled(0)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Due.settled(3)).isEqualTo(Duration.ofMinutes(8));
        assertThat(Due.settled(1000)).isEqualTo(Duration.ofHours(1));
    }
}
