package io.lakebaseops.console.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.change.approval.PlanListener;
import io.lakebaseops.change.approval.StoredPlanQueue;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/// The strip of running plans while a real plan waits for a real session.
@ScreenTest
@Timeout(180)
final class RunningPlanPgTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    @TempDir private Path dir;

    private static ChangePlan build(GateRig rig, Pg17.Database shop) {
        var step =
                new Step.SqlStep(
                        "Build index",
                        shop.name(),
                        "create index concurrently t_a_idx on public.t (a)",
                        List.of(),
                        LockLevel.SHARE_UPDATE_EXCLUSIVE,
                        Reversibility.REVERSIBLE,
                        false,
                        LONG,
                        LONG,
                        0);
        var now = Instant.now();
        return new ChangePlan(
                rig.tools().test().target(),
                "test",
                Actor.human("kim"),
                "Build index",
                "Build index t_a_idx on public.t",
                Subject.table(shop.name(), "public", "t"),
                "a test asks for it",
                List.of(step),
                Undo.none("a test"),
                new ExpectedEffect("an index", null, null),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                now,
                now.plusSeconds(3600));
    }

    @Test
    void it_says_the_step_and_whom_it_waits_for_and_cancels_it_at_the_server() throws Exception {
        FxToolkit.headless();
        FxToolkit.start();
        var shop = Pg17.shared().database("running_shop");
        shop.asDba("create table t (a int)");
        try (var rig =
                        GateRig.on(
                                Pg17.shared().database("running_state").url(),
                                ToolRig.of(shop),
                                PlanListener.NOBODY,
                                _ -> Optional.empty());
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var holder = shop.dba()) {
            holder.setAutoCommit(false);
            try (var s = holder.createStatement()) {
                s.execute("lock table t in share mode");
            }
            var filed = rig.desk().file(build(rig, shop));
            threads.execute(
                    () ->
                            rig.desk()
                                    .approve(
                                            filed.id(),
                                            filed.fingerprint(),
                                            Actor.human("maria"),
                                            "t",
                                            "go"));
            var services =
                    new FakeShop()
                            .services(
                                    threads,
                                    dir.resolve("m.json"),
                                    rig.desk(),
                                    new StoredPlanQueue(rig.state()));
            var session =
                    FxToolkit.call(
                            () ->
                                    new ConsoleSession(
                                            services, filed.plan().target(), new FxExecutor()));
            var model =
                    new ApprovalsViewModel(
                            session, services.desk(), services.queue(), services.audit());
            var strip =
                    FxToolkit.call(
                            () -> {
                                var it = new RunningStrip(session, model);
                                Theme.DARK.applyTo(new Scene(new StackPane(it), 1400, 200));
                                model.activate();
                                return it;
                            });
            await().atMost(Patience.LONG)
                    .until(
                            () ->
                                    FxToolkit.call(
                                            () -> {
                                                model.refresh();
                                                return strip.lookup(".waits-for") != null;
                                            }));
            var words = FxToolkit.call(() -> ((Label) strip.lookup(".waits-for")).getText());
            assertThat(words).startsWith("Waits for session ");
            assertThat(FxToolkit.call(() -> strip.lookupAll(".step-dot.now"))).hasSize(1);
            FxToolkit.call(
                    () -> {
                        ((Button) strip.lookup("#cancel-run")).fire();
                        return strip;
                    });
            await().atMost(Patience.LONG)
                    .until(() -> rig.found(filed).state() == FiledPlan.State.FAILED);
            await().atMost(Patience.LONG)
                    .until(
                            () ->
                                    FxToolkit.call(
                                            () -> {
                                                model.refresh();
                                                return !strip.isVisible();
                                            }));
            assertThat(rig.found(filed).reason()).contains("cancelled by");
            FxToolkit.call(
                    () -> {
                        model.deactivate();
                        session.close();
                        return strip;
                    });
        }
    }
}
