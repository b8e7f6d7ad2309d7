package io.lakebaseops.console;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RunningPlan;
import io.lakebaseops.domain.plan.RunningPlan.Blocker;

import java.time.Duration;
import java.util.List;

/// A plan of the invented shop that is being carried out and waits for a session.
public final class SampleRuns {
    private SampleRuns() {}

    public static RunningPlan waiting(FakeShop shop) {
        var plan = shop.plan(SamplePlans.CREATE);
        shop.desk.become(plan, FiledPlan.State.RUNNING, "maria", null, null);
        var running =
                new RunningPlan(
                        shop.plan(SamplePlans.CREATE),
                        1,
                        plan.plan().steps().size(),
                        plan.plan().steps().getFirst().title(),
                        FakeShop.NOW.minusSeconds(42),
                        Duration.ofSeconds(42),
                        List.of(
                                new Blocker(
                                        41822,
                                        "reporting",
                                        "DBeaver 25.3",
                                        "idle in transaction",
                                        "select * from shop.inventory i join shop.orders o on ?",
                                        Duration.ofSeconds(1))),
                        "host/1/x");
        shop.desk.watched.add(running);
        return running;
    }
}
