package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// What is a lost server, and what is only a late answer?
final class HeartbeatTest {
    private static final TargetId TARGET = new TargetId("p", "shop", "production");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final TaskExecutor room = TaskExecutor.open(Clock.systemUTC());
    private final LiveHealthBoard board = new LiveHealthBoard();
    private final ToolRig.Events events = new ToolRig.Events();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Runnable server = () -> {};

    @BeforeEach
    void measured() {
        board.record(new HealthBoard.Round(TARGET, NOW, Duration.ofMillis(10), Map.of()), Map.of());
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Heartbeat heartbeat() {
        return new Heartbeat(targets(), board, events, room, clock);
    }

    private Targets targets() {
        return proxy(Targets.class, method -> proxy(ReadSession.class, this::answer));
    }

    private Object answer(String method) {
        if (method.equals("query")) {
            asked.incrementAndGet();
            server.run();
            return Rows.EMPTY;
        }
        return null;
    }

    private interface Answer {
        Object of(String method);
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, Answer answer) {
        return (T)
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, _) -> answer.of(method.getName()));
    }

    private static OpsException refused() {
        return new OpsException(OpsException.Kind.UNREACHABLE, "Connecting", "refused", "");
    }

    private List<OpsEvent.ReachabilityChanged> told() {
        return events.of(OpsEvent.ReachabilityChanged.class);
    }

    @Test
    void oneMissedAnswerIsNoLoss() {
        var first = new AtomicInteger();
        server =
                () -> {
                    if (first.getAndIncrement() == 0) {
                        throw refused();
                    }
                };
        try (var _ = heartbeat().watch(TARGET)) {
            await().until(() -> asked.get() >= 4);
        }
        assertThat(told()).isEmpty();
        assertThat(board.outage(TARGET)).isNull();
    }

    @Test
    void twoMissedAnswersAreALossAndToldOnce() {
        server =
                () -> {
                    throw refused();
                };
        try (var _ = heartbeat().watch(TARGET)) {
            await().until(() -> board.outage(TARGET) != null);
            assertThat(asked.get()).isEqualTo(2);
        }
        assertThat(told())
                .singleElement()
                .satisfies(e -> assertThat(e.reachable()).isFalse())
                .satisfies(e -> assertThat(e.reason()).isEqualTo("refused"));
    }

    @Test
    void silenceIsALossAndALateAnswerTakesItBackAtOnce() {
        var held = new CountDownLatch(1);
        server =
                () -> {
                    try {
                        held.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        try (var _ = heartbeat().watch(TARGET)) {
            await().until(() -> board.outage(TARGET) != null);
            held.countDown();
            await().until(() -> board.outage(TARGET) == null);
        }
        assertThat(told()).hasSize(2);
        assertThat(told().getLast().reachable()).isTrue();
        assertThat(told().getLast().reason()).contains("slow, not gone");
    }

    @Test
    void ourOwnWorkThatLeavesNoConnectionIsNoLoss() {
        server =
                () -> {
                    throw new OpsException(
                            OpsException.Kind.CONFLICT, "Connecting", "all 3 are in use", "");
                };
        try (var _ = heartbeat().watch(TARGET)) {
            await().until(() -> asked.get() >= 4);
        }
        assertThat(told()).isEmpty();
    }

    @Test
    void severalWhoWatchShareTheBeatsAndTheLastOneEndsThem() {
        var heart = heartbeat();
        var one = heart.watch(TARGET);
        var two = heart.watch(TARGET);
        await().until(() -> asked.get() >= 2);
        one.close();
        one.close();
        int after = asked.get();
        await().until(() -> asked.get() > after + 1);
        two.close();
        await().until(
                        () -> {
                            int before = asked.get();
                            Thread.sleep(Heartbeat.LOOK.multipliedBy(5));
                            return asked.get() == before;
                        });
    }
}
