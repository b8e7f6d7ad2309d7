package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.work.TaskExecutor;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

final class StepProgressTest {
    private final TaskExecutor room = TaskExecutor.open(Clock.systemUTC());
    private final Step.SqlStep step =
            new Step.SqlStep(
                    "Vacuum s.t",
                    "shop",
                    "vacuum s.t",
                    List.of(),
                    LockLevel.SHARE_UPDATE_EXCLUSIVE,
                    Reversibility.HARMLESS,
                    false,
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(1),
                    0);

    @AfterEach
    void close() {
        room.close();
    }

    private FiledPlan plan() {
        var now = Instant.now();
        var plan =
                new ChangePlan(
                        new TargetId("local", "shop", "main"),
                        "schedule_vacuum_analyze",
                        Actor.agent("performance"),
                        "Vacuum",
                        "Vacuum s.t",
                        Subject.table("shop", "s", "t"),
                        "why",
                        List.of(step),
                        Undo.none("nothing to take back"),
                        new ExpectedEffect("less", null, null),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        now,
                        now.plusSeconds(60));
        var risk = new Risk(RiskLevel.LOW, List.of("harmless"));
        return new FiledPlan(
                UUID.randomUUID(),
                plan,
                plan.fingerprint(),
                risk,
                FiledPlan.State.RUNNING,
                now,
                "policy",
                now,
                null,
                null,
                null);
    }

    @Test
    void aRunningStepShowsAmongTheWorkWithItsProgressAndLeavesItAtTheEnd() {
        try (var running = new StepProgress(room).started(plan(), step, () -> {})) {
            Awaitility.await().until(() -> room.running().size() == 1);
            running.at(0.25, "scanning heap: 1 of 4 blocks");
            Awaitility.await().until(() -> room.running().getFirst().progress() == 0.25);
            var work = room.running().getFirst();
            assertThat(work.title()).contains("Vacuum s.t").contains("shop");
            assertThat(work.message()).isEqualTo("scanning heap: 1 of 4 blocks");
        }
        Awaitility.await().until(() -> room.running().isEmpty());
    }

    @Test
    void cancellingTheWorkStopsTheStatement() throws InterruptedException {
        var stopped = new CountDownLatch(1);
        try (var _ = new StepProgress(room).started(plan(), step, stopped::countDown)) {
            Awaitility.await()
                    .until(
                            () ->
                                    room.running().stream()
                                            .anyMatch(w -> w.message().equals("started")));
            room.running().getFirst().cancel();
            assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
