package io.lakebaseops.framework.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.domain.OpsException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

class TaskExecutorTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final Duration DEAF = Duration.ofSeconds(15);

    private final TaskExecutor room =
            new TaskExecutor(Clock.systemUTC(), Launcher.virtualThreads(), Duration.ofMillis(600));
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void threadIsVirtualAndNamedAfterItsWork() {
        var work =
                room.start(
                        TaskSpec.of(
                                "measure shop",
                                LONG,
                                _ ->
                                        Thread.currentThread().getName()
                                                + Thread.currentThread().isVirtual()));

        assertThat(work.join()).isEqualTo("measure shoptrue");
        assertThat(room.running()).isEmpty();
    }

    @Test
    void failureReachesWhoWaits() {
        var work =
                room.start(
                        TaskSpec.of(
                                "burn",
                                LONG,
                                _ -> {
                                    throw new IllegalStateException("no wood");
                                }));

        assertThatThrownBy(work::join)
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("no wood");
    }

    @Test
    void cancelRunsTheRegisteredActionAndInterrupts() {
        var asked = new AtomicBoolean();
        var begun = new CountDownLatch(1);
        var work =
                room.start(
                        TaskSpec.of(
                                "wait",
                                LONG,
                                scope -> {
                                    try (var _ = scope.deadline().onCancel(() -> asked.set(true))) {
                                        begun.countDown();
                                        never.await();
                                    }
                                    return "never";
                                }));
        await().until(() -> begun.getCount() == 0);

        work.cancel();

        assertThatThrownBy(work::join)
                .isInstanceOfSatisfying(
                        OpsException.class,
                        e -> assertThat(e.kind()).isEqualTo(OpsException.Kind.CANCELLED));
        assertThat(asked).isTrue();
    }

    @Test
    void cancelBeforeTheThreadBeganReachesTheTaskAllTheSame() throws Exception {
        var mayBegin = new CountDownLatch(1);
        var toldToStop = new CountDownLatch(1);
        var reached = new AtomicBoolean();
        Launcher slow =
                (name, body) ->
                        Thread.startVirtualThread(
                                () -> {
                                    if (name.equals("wait")) {
                                        waitFor(mayBegin);
                                    }
                                    body.run();
                                    if (name.equals("stop wait")) {
                                        toldToStop.countDown();
                                    }
                                });
        try (var late = new TaskExecutor(Clock.systemUTC(), slow, Duration.ofMillis(600))) {
            var work =
                    late.start(
                            new TaskSpec<>(
                                    "wait",
                                    LONG,
                                    LONG,
                                    _ -> {
                                        try {
                                            never.await();
                                        } finally {
                                            reached.set(true);
                                        }
                                        return "never";
                                    },
                                    f -> f.kind().name()));
            work.cancel();
            assertThat(toldToStop.await(60, TimeUnit.SECONDS)).isTrue();
            mayBegin.countDown();

            assertThat(work.join()).isEqualTo("CANCELLED");
            assertThat(reached).as("interrupted, not left behind").isTrue();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void deadlineEndsWorkThatWaitsForever() {
        var work =
                room.start(
                        new TaskSpec<>(
                                "hang",
                                SHORT,
                                SHORT,
                                _ -> {
                                    never.await();
                                    return "never";
                                },
                                null));

        assertThatThrownBy(work::join)
                .isInstanceOfSatisfying(
                        OpsException.class,
                        e -> assertThat(e.kind()).isEqualTo(OpsException.Kind.TIMEOUT));
    }

    @Test
    void workThatIgnoresInterruptsIsLeftBehind() {
        long begin = System.nanoTime();
        var work =
                room.start(new TaskSpec<>("deaf", SHORT, SHORT, _ -> deaf(), f -> f.kind().name()));

        assertThat(work.join()).isEqualTo("TIMEOUT");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(DEAF);
        assertThat(work.resultOrNull()).isEqualTo("TIMEOUT");
    }

    @Test
    void whatMustNotBeCutInHalfIsNotDisturbed() throws Exception {
        var handedOver = new CountDownLatch(1);
        var work =
                room.start(
                        new TaskSpec<>(
                                "file a plan",
                                LONG,
                                SHORT,
                                scope -> {
                                    scope.finishUndisturbed();
                                    handedOver.countDown();
                                    Thread.sleep(150);
                                    return "filed";
                                },
                                null));
        handedOver.await(60, TimeUnit.SECONDS);

        work.cancel();

        assertThat(work.join()).isEqualTo("filed");
    }

    @Test
    void whoWasStoppedCannotHandOverAnyMore() {
        var handedOver = new AtomicBoolean();
        var work =
                room.start(
                        new TaskSpec<>(
                                "too late",
                                SHORT,
                                LONG.dividedBy(100),
                                scope -> {
                                    while (!scope.deadline().cancelled()) {
                                        // Not spinning: who stops it needs a carrier thread, too.
                                        LockSupport.parkNanos(100_000);
                                    }
                                    scope.finishUndisturbed();
                                    handedOver.set(true);
                                    return "filed";
                                },
                                f -> f.kind().name()));

        assertThat(work.join()).isEqualTo("TIMEOUT");
        assertThat(handedOver).isFalse();
    }

    @Test
    void closingEndsWithinItsBoundEvenIfSomethingHangs() {
        room.start(new TaskSpec<>("deaf", LONG, SHORT, _ -> deaf(), null));
        await().until(() -> !room.running().isEmpty());
        long begin = System.nanoTime();

        room.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(DEAF);
        assertThatThrownBy(() -> room.start(TaskSpec.of("late", LONG, _ -> "x")).join())
                .isInstanceOf(OpsException.class);
    }

    @Test
    void clockTicksOnAPlatformThreadAndSurvivesAFailingTick() {
        var ticks = new AtomicInteger();
        var virtual = new AtomicBoolean(true);
        var ticking =
                room.every(
                        "test",
                        Duration.ofMillis(5),
                        () -> {
                            virtual.set(Thread.currentThread().isVirtual());
                            if (ticks.incrementAndGet() == 1) {
                                throw new IllegalStateException("first tick fails");
                            }
                        });

        await().until(() -> ticks.get() >= 3);
        ticking.close();
        assertThat(virtual).isFalse();
    }

    @Test
    void inlineRoomIsDoneWhenStartReturns() {
        try (var inline = TaskExecutor.inline(Clock.systemUTC())) {
            var work = inline.start(TaskSpec.of("now", LONG, _ -> 42));
            assertThat(work.done()).isTrue();
            assertThat(work.resultOrNull()).isEqualTo(42);
        }
    }

    /// Reacts to nothing for a while, as native code or a broken driver would.
    private static String deaf() {
        long end = System.nanoTime() + DEAF.toNanos();
        while (System.nanoTime() < end) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                // That is the point of this test.
            }
        }
        return "late";
    }
}
