package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.Samples;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

final class PlanEventDispatcherTest {
    private final List<FiledPlan.State> written = new CopyOnWriteArrayList<>();

    private static FiledPlan plan(FiledPlan.State state) {
        return Samples.filed(Samples.dropDuplicate(Samples.NOON), state, Samples.NOON);
    }

    private void slowly(FiledPlan plan) {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        written.add(plan.state());
    }

    @Test
    void closing_waits_until_all_is_written_in_order() {
        try (var ledgers = new PlanEventDispatcher().with("slow", this::slowly)) {
            ledgers.accept(plan(FiledPlan.State.WAITING));
            ledgers.accept(plan(FiledPlan.State.RUNNING));
            ledgers.accept(plan(FiledPlan.State.DONE));
        }
        assertThat(written)
                .containsExactly(
                        FiledPlan.State.WAITING, FiledPlan.State.RUNNING, FiledPlan.State.DONE);
    }

    @Test
    void one_ledger_that_hangs_or_fails_holds_up_no_other() throws InterruptedException {
        var hang = new CountDownLatch(1);
        var done = new CountDownLatch(2);
        var ledgers =
                new PlanEventDispatcher()
                        .with(
                                "hanging",
                                _ -> {
                                    try {
                                        hang.await();
                                    } catch (InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                })
                        .with(
                                "failing",
                                _ -> {
                                    done.countDown();
                                    throw new IllegalStateException("no");
                                });
        ledgers.accept(plan(FiledPlan.State.RUNNING));
        ledgers.accept(plan(FiledPlan.State.DONE));
        done.await();
        hang.countDown();
        ledgers.close();
        ledgers.accept(plan(FiledPlan.State.DONE)); // refused, but not by an exception
    }
}
