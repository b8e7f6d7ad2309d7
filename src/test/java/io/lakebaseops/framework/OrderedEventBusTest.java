package io.lakebaseops.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.TaskExecutor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

class OrderedEventBusTest {
    private static final TargetId TARGET = new TargetId("local", "shop", "production");

    private final TaskExecutor room = TaskExecutor.open(Clock.systemUTC());
    private final OrderedEventBus bus = new OrderedEventBus(room, 1_000);

    @AfterEach
    void close() {
        bus.close();
        room.close();
    }

    private static OpsEvent event(int n) {
        return new OpsEvent.BranchDeleted(TARGET, Instant.EPOCH, "b" + n);
    }

    private static List<String> names(List<OpsEvent> events) {
        return events.stream().map(e -> ((OpsEvent.BranchDeleted) e).branch()).toList();
    }

    private static List<String> expected(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "b" + i).toList();
    }

    @Test
    void eachSubscriberSeesAllEventsInOrder() {
        var one = new CopyOnWriteArrayList<OpsEvent>();
        var two = new CopyOnWriteArrayList<OpsEvent>();
        bus.subscribe("one", one::add);
        bus.subscribe("two", two::add);

        IntStream.range(0, 500).forEach(i -> bus.publish(event(i)));

        await().until(() -> one.size() == 500 && two.size() == 500);
        assertThat(names(one)).isEqualTo(expected(0, 500));
        assertThat(names(two)).isEqualTo(expected(0, 500));
    }

    @Test
    void failingSubscriberStaysAndDisturbsNobody() {
        var good = new CopyOnWriteArrayList<OpsEvent>();
        var bad = new CopyOnWriteArrayList<OpsEvent>();
        bus.subscribe(
                "bad",
                e -> {
                    bad.add(e);
                    throw new IllegalStateException("no");
                });
        bus.subscribe("good", good::add);

        bus.publish(event(0));
        bus.publish(event(1));

        await().until(() -> good.size() == 2 && bad.size() == 2);
        await().until(() -> bus.traffic().getFirst().failed() == 2);
    }

    @Test
    void slowSubscriberNeverBlocksThePublisherAndLosesTheOldest() {
        var gate = new CountDownLatch(1);
        var seen = new CopyOnWriteArrayList<OpsEvent>();
        bus.subscribe(
                "slow",
                e -> {
                    seen.add(e);
                    try {
                        gate.await();
                    } catch (InterruptedException x) {
                        Thread.currentThread().interrupt();
                    }
                });
        bus.publish(event(0));
        await().until(() -> seen.size() == 1);

        IntStream.range(1, 1_501).forEach(i -> bus.publish(event(i)));
        gate.countDown();

        await().until(() -> seen.size() == 1_001);
        assertThat(names(seen.subList(1, seen.size()))).isEqualTo(expected(501, 1_501));
        assertThat(bus.traffic().getFirst().dropped()).isEqualTo(500);
    }

    @Test
    void closingDeliversWhatWasPublishedAndTakesNoMore() {
        var seen = new CopyOnWriteArrayList<OpsEvent>();
        bus.subscribe(
                "slow",
                e -> {
                    if (seen.isEmpty()) {
                        sleep(60); // the others queue up behind it
                    }
                    seen.add(e);
                });
        IntStream.range(0, 50).forEach(i -> bus.publish(event(i)));

        bus.close();
        bus.publish(event(99));

        assertThat(names(seen)).isEqualTo(expected(0, 50));
    }

    @Test
    void unsubscribedHearsNothing() {
        var seen = new CopyOnWriteArrayList<OpsEvent>();
        var all = new CopyOnWriteArrayList<OpsEvent>();
        var subscription = bus.subscribe("gone", seen::add);
        bus.subscribe("all", all::add);
        subscription.close();

        bus.publish(event(0));

        await().until(() -> all.size() == 1);
        assertThat(seen).isEmpty();
    }

    @Test
    void eventsPublishedFromASubscriberComeAfterTheOneItIsAt() {
        try (var inline = TaskExecutor.inline(Clock.systemUTC())) {
            var own = new OrderedEventBus(inline, 100);
            var seen = new ArrayList<OpsEvent>();
            own.subscribe(
                    "echo",
                    e -> {
                        if (seen.isEmpty()) {
                            seen.add(e);
                            own.publish(event(1));
                            assertThat(seen).hasSize(1);
                        } else {
                            seen.add(e);
                        }
                    });

            own.publish(event(0));

            assertThat(names(seen)).containsExactly("b0", "b1");
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
