package io.lakebaseops.notify;

import static io.lakebaseops.notify.SampleAlerts.NOON;
import static io.lakebaseops.notify.SampleAlerts.SHOP;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.config.NotificationConfig;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.state.AlertStore;
import io.lakebaseops.state.Alerts.Mute;
import io.lakebaseops.state.Outbox.Act;
import io.lakebaseops.state.Outbox.Entry;
import io.lakebaseops.state.Outbox.State;
import io.lakebaseops.state.OutboxInMemory;
import io.lakebaseops.state.OutboxStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The outbox worked off, in memory and on a real state database.
final class NotifierPgTest {
    private final ScriptedHttp http = new ScriptedHttp();
    private final ScriptedHttp other = new ScriptedHttp();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final OutboxInMemory outbox = new OutboxInMemory();
    private final AlertsInMemory alerts = new AlertsInMemory();
    private final StateDb db = StateDatabases.open("outbox");
    private Instant now = NOON;
    private final Clock clock =
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            };
    private final NotificationConfig config =
            new NotificationConfig(
                    List.of(
                            new NotificationChannel.PagerDuty(
                                    "pager", "key", URI.create(http.url())),
                            new NotificationChannel.Webhook("hook", URI.create(other.url()), "key"),
                            new NotificationChannel.SlackWebhook("slack", "url")),
                    Map.of(
                            Severity.WARNING, List.of("pager"),
                            Severity.CRITICAL, List.of("pager", "hook")),
                    null,
                    null);

    @AfterEach
    void close() {
        http.close();
        other.close();
        threads.shutdownNow();
        db.close();
    }

    private Channels channels(Duration patience) {
        return new Channels(
                name -> name.equals("key") ? Optional.of("k") : Optional.empty(),
                threads,
                patience,
                () -> null);
    }

    /// Works off in the caller's thread.
    private Notifier notifier(Executor executor) {
        return new Notifier(
                () -> config,
                channels(Duration.ofSeconds(60)),
                alerts,
                outbox,
                () -> db.tryLease(Notifier.TURN),
                executor,
                clock);
    }

    private Entry only() {
        assertThat(outbox.all()).hasSize(1);
        return outbox.all().getFirst();
    }

    @Test
    void aFailedTryIsRepeatedLaterAndLaterAndItsReasonIsKept() {
        outbox.alerts.add(SampleAlerts.warning("a"));
        http.then(500, "oops").then(500, "oops").then(202, "{}");
        try (var notifier = notifier(Runnable::run)) {
            notifier.look();
            assertThat(only().state()).isEqualTo(State.WAITING);
            assertThat(only().reason()).isEqualTo("HTTP 500 oops");
            assertThat(only().dueAt()).isEqualTo(now.plusSeconds(5));
            notifier.look();
            assertThat(http.requests()).as("not before its time").hasSize(1);
            now = now.plusSeconds(5);
            notifier.look();
            assertThat(only().dueAt()).isEqualTo(now.plusSeconds(10));
            now = now.plusSeconds(10);
            notifier.look();
            assertThat(only().state()).isEqualTo(State.SENT);
            assertThat(only().attempts()).isEqualTo(3);
            assertThat(only().reason()).isNull();
        }
    }

    @Test
    void whoAsksToWaitIsNotAskedBefore() {
        outbox.alerts.add(SampleAlerts.warning("a"));
        http.then(429, "", "Retry-After", "120");
        try (var notifier = notifier(Runnable::run)) {
            notifier.look();
            assertThat(only().dueAt()).isEqualTo(now.plusSeconds(120));
        }
    }

    @Test
    void whatIsRefusedForGoodIsNotRepeatedAndWhatFailsForADayIsGivenUp() {
        outbox.alerts.add(SampleAlerts.warning("a"));
        http.then(400, "invalid key");
        try (var notifier = notifier(Runnable::run)) {
            notifier.look();
            assertThat(only().state()).isEqualTo(State.FAILED);
            assertThat(only().reason()).isEqualTo("HTTP 400 invalid key");
        }
        assertThat(Notifier.pause(0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Notifier.pause(60)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aChannelThatHangsHoldsUpNoOther() {
        outbox.alerts.add(SampleAlerts.critical("a"));
        http.thenHang();
        try (var notifier = notifier(threads)) {
            notifier.look();
            await().atMost(Patience.LONG)
                    .until(() -> other.requests().size() == 1 && http.requests().size() == 1);
            outbox.alerts.add(SampleAlerts.critical("b"));
            // The channel may still be busy with its first message for a moment.
            await().atMost(Patience.LONG)
                    .until(
                            () -> {
                                notifier.look();
                                return other.requests().size() == 2;
                            });
            assertThat(http.requests()).as("what follows waits its turn").hasSize(1);
        }
    }

    @Test
    void aMuteThatCameMeanwhilePostponesWhatWaits() {
        var alert = SampleAlerts.warning("a");
        outbox.alerts.add(alert);
        outbox.add(Entry.of(alert, "pager", Act.TRIGGER, Severity.WARNING, now, now));
        var until = now.plusSeconds(3600);
        alerts.mute(SHOP, new Mute(alert.metric(), alert.subject(), "kim", now, until, "import"));
        try (var notifier = notifier(Runnable::run)) {
            notifier.look();
            assertThat(http.requests()).isEmpty();
            assertThat(only().dueAt()).isEqualTo(until);
        }
    }

    @Test
    void onlyOneConsoleOfATeamSendsAndAnotherOneFollowsIt() {
        outbox.alerts.add(SampleAlerts.warning("a"));
        http.then(202, "{}").then(202, "{}");
        try (var second = notifier(Runnable::run)) {
            try (var first = notifier(Runnable::run)) {
                first.look();
                outbox.alerts.add(SampleAlerts.warning("b"));
                second.look();
                assertThat(http.requests()).hasSize(1);
            }
            now = now.plusSeconds(31);
            second.look();
            assertThat(http.requests())
                    .extracting(r -> r.json().path("dedup_key").asText())
                    .containsExactly("lakebaseops/a", "lakebaseops/b");
        }
    }

    @Test
    void theStoredOutboxNeitherLosesNorRepeatsAcrossARestart() {
        var stored = new AlertStore(db);
        var shelf = new OutboxStore(db);
        stored.save(SampleAlerts.warning("a"));
        http.then(500, "").then(202, "{}").then(202, "{}");
        for (int console = 0; console < 4; console++) {
            try (var notifier =
                    new Notifier(
                            () -> config,
                            channels(Duration.ofSeconds(60)),
                            stored,
                            shelf,
                            () -> db.tryLease(Notifier.TURN),
                            Runnable::run,
                            clock)) {
                notifier.look();
                now = now.plusSeconds(300);
            }
        }
        assertThat(http.requests()).as("failed, sent, and no more").hasSize(2);
        assertThat(shelf.about(List.of("a")))
                .singleElement()
                .satisfies(e -> assertThat(e.state()).isEqualTo(State.SENT))
                .satisfies(e -> assertThat(e.receipt()).isEqualTo("lakebaseops/a"))
                .satisfies(e -> assertThat(e.attempts()).isEqualTo(2));
        stored.save(SampleAlerts.of("a", Severity.WARNING, now, null, null, 0));
        now = now.plusSeconds(61);
        try (var notifier =
                new Notifier(
                        () -> config,
                        channels(Duration.ofSeconds(60)),
                        stored,
                        shelf,
                        () -> db.tryLease(Notifier.TURN),
                        Runnable::run,
                        clock)) {
            notifier.look();
            notifier.look();
        }
        assertThat(http.last().json().path("event_action").asText()).isEqualTo("resolve");
        assertThat(http.requests()).hasSize(3);
    }

    @Test
    void aTryIsTakenOnceAndATryThatDiedIsRepeated() {
        var stored = new AlertStore(db);
        var shelf = new OutboxStore(db);
        stored.save(SampleAlerts.warning("a"));
        var entry =
                Entry.of(
                        SampleAlerts.warning("a"),
                        "pager",
                        Act.TRIGGER,
                        Severity.WARNING,
                        now,
                        now);
        shelf.add(entry);
        shelf.add(
                Entry.of(
                        SampleAlerts.warning("a"),
                        "pager",
                        Act.TRIGGER,
                        Severity.WARNING,
                        now,
                        now));
        assertThat(shelf.due(now, 10)).hasSize(1);
        assertThat(shelf.claim(entry, now.plusSeconds(120))).isTrue();
        assertThat(shelf.claim(entry, now.plusSeconds(120))).isFalse();
        assertThat(shelf.due(now.plusSeconds(119), 10)).isEmpty();
        assertThat(shelf.due(now.plusSeconds(120), 10)).hasSize(1);
        shelf.postpone(entry.id(), now.plusSeconds(300), "HTTP 500");
        assertThat(shelf.about(List.of("a")).getFirst().reason()).isEqualTo("HTTP 500");
        shelf.end(entry.id(), State.SENT, now, null, "r");
        shelf.end(entry.id(), State.FAILED, now, "late", null);
        assertThat(shelf.about(List.of("a")).getFirst().state()).isEqualTo(State.SENT);
        assertThat(shelf.deeds("a")).isEmpty();
        shelf.add(
                Entry.of(
                        SampleAlerts.warning("gone"),
                        "pager",
                        Act.TRIGGER,
                        Severity.WARNING,
                        now,
                        now));
        assertThat(shelf.about(List.of("gone"))).as("about no alert").isEmpty();
    }
}
