package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.change.execution.StepListener;
import io.lakebaseops.change.execution.StepMonitor;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// A vacuum slowed down by the server's own cost limits, so that there is something to watch.
final class StepMonitorPgTest {
    private final DeskRig rig = new DeskRig();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Double> fractions = new CopyOnWriteArrayList<>();
    private final AtomicReference<Runnable> cancel = new AtomicReference<>();
    private final PlanDesk desk =
            DeskRig.desk(
                    rig.state,
                    rig.targets,
                    rig.audit,
                    PlanListener.NOBODY,
                    this::started,
                    rig.targets.threads(),
                    Clock.systemUTC());

    private StepListener.Running started(FiledPlan plan, Step.SqlStep step, Runnable stop) {
        cancel.set(stop);
        return new StepListener.Running() {
            @Override
            public void at(double fraction, String what) {
                told.add(what);
                fractions.add(fraction);
            }

            @Override
            public void close() {
                told.add("ended");
            }
        };
    }

    @BeforeEach
    void build() {
        rig.shop.asDba(
                "create schema \"w'x\"",
                "create table \"w'x\".\"T :a\" as"
                        + " select g as id, repeat('x', 500) as t from generate_series(1, 6000) g",
                "delete from \"w'x\".\"T :a\" where id % 2 = 0");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /// Each page costs the same, read or cached, clean or dirty: what a checkpoint of the shared
    /// server has just written makes no difference. The table has some four hundred.
    private void slow(int delayMillis, int pages) {
        for (var setting :
                List.of(
                        "vacuum_cost_delay = " + delayMillis,
                        "vacuum_cost_limit = " + pages,
                        "vacuum_cost_page_miss = 1",
                        "vacuum_cost_page_dirty = 0")) {
            rig.shop.asAdmin(
                    "alter role dba in database \"%s\" set %s".formatted(rig.shop.name(), setting));
        }
    }

    private FiledPlan file(String sql) {
        var subject = Subject.table(rig.shop.name(), "w'x", "T :a");
        return desk.file(rig.plan(subject, rig.step("Vacuum it", sql + " \"w'x\".\"T :a\"")));
    }

    private FiledPlan ended(FiledPlan plan) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !rig.found(plan).state().open());
        return rig.found(plan);
    }

    private CompletableFuture<Void> alterInASessionNamed(String application) {
        return CompletableFuture.runAsync(
                () ->
                        rig.shop.asDba(
                                "set application_name = '" + application + "'",
                                "alter table \"w'x\".\"T :a\" add column c int"),
                rig.targets.threads());
    }

    @Test
    void aVacuumTellsItsPhaseAndBlocksAndCanBeStopped() {
        slow(100, 1);
        var plan = file("vacuum (analyze)");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> fractions.stream().anyMatch(f -> f > 0));
        assertThat(told).anyMatch(t -> t.matches("scanning heap: [\\d,]+ of \\d+ blocks"));
        assertThat(fractions).allMatch(f -> f <= 1);
        cancel.get().run();
        var ended = ended(plan);
        assertThat(ended.state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(ended.reason()).contains(StepMonitor.STOPPED + ", from");
        assertThat(told).contains("ended");
    }

    @Test
    void aVacuumGivesWayToWhoeverWaitsForIt() {
        slow(100, 1);
        var plan = file("vacuum (analyze)");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> told.stream().anyMatch(t -> t.startsWith("scanning")));
        var other = alterInASessionNamed("release 7");
        var ended = ended(plan);
        other.join();
        assertThat(ended.state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(ended.reason())
                .contains(StepMonitor.GAVE_WAY)
                .contains("(dba, release 7)")
                .containsPattern("had waited \\d+\\.\\d");
    }

    @Test
    void aFreezeAPersonApprovedIsFinished() {
        slow(100, 10);
        // Who noticed the beginning late saw it end soon: then nobody had to wait for long.
        while (waitedForAFreeze().toMillis() < 400) {
            told.clear();
        }
    }

    private Duration waitedForAFreeze() {
        var plan = file("vacuum (freeze, disable_page_skipping)");
        var running =
                CompletableFuture.supplyAsync(
                        () ->
                                desk.approve(
                                        plan.id(), plan.fingerprint(), DeskRig.PERSON, null, null),
                        rig.targets.threads());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> told.stream().anyMatch(t -> t.startsWith("scanning")));
        long began = System.nanoTime();
        var other = alterInASessionNamed("release 8");
        assertThat(running.join()).isInstanceOf(Decision.Granted.class);
        var waited = Duration.ofNanos(System.nanoTime() - began);
        other.join();
        assertThat(rig.found(plan).state()).isEqualTo(FiledPlan.State.DONE);
        rig.shop.asDba("alter table \"w'x\".\"T :a\" drop column c");
        return waited;
    }

    @Test
    void otherStatementsAreNotWatched() {
        var subject = Subject.table(rig.shop.name(), "w'x", "T :a");
        var storage =
                rig.step("Fill pages less", "alter table \"w'x\".\"T :a\" set (fillfactor = 90)");
        var undo =
                new Undo(
                        List.of(
                                rig.step(
                                        "Fill pages",
                                        "alter table \"w'x\".\"T :a\" reset (fillfactor)")),
                        "as before",
                        List.of());
        var plan = desk.file(rig.plan(subject, List.of(storage), undo, List.of(), List.of(), null));
        desk.approve(plan.id(), plan.fingerprint(), DeskRig.PERSON, null, null);
        assertThat(rig.found(plan).state()).isEqualTo(FiledPlan.State.DONE);
        assertThat(told).isEmpty();
    }
}
