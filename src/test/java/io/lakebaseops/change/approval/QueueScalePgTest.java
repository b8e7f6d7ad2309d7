package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Thousands of plans at once, as a server with thousands of tables makes them.
class QueueScalePgTest {
    private static final int MANY = 3_500;
    private DeskRig rig;

    @BeforeEach
    void open() {
        rig = new DeskRig();
        rig.shop.asDba("create table t (a int)");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private List<ChangePlan> plans(int many) {
        return IntStream.range(0, many)
                .mapToObj(
                        n ->
                                rig.plan(
                                        Subject.index(rig.shop.name(), "public", "t", "i" + n),
                                        rig.step(
                                                "Build", "create index i%d on t (a)".formatted(n))))
                .toList();
    }

    @Test
    void thousandsAreFiledTogetherAndOpenPageByPage() {
        rig.desk.fileAll(plans(50));
        var plans = plans(MANY);
        long began = System.nanoTime();
        var filed = rig.desk.fileAll(plans);
        var filing = Duration.ofNanos(System.nanoTime() - began);
        assertThat(filed).hasSize(MANY).allMatch(p -> p.state() == State.WAITING);
        assertThat(rig.told).as("each is told of once").hasSize(MANY);

        began = System.nanoTime();
        assertThat(rig.desk.fileAll(plans(MANY)))
                .extracting(FiledPlan::id)
                .isEqualTo(filed.stream().map(FiledPlan::id).toList());
        var again = Duration.ofNanos(System.nanoTime() - began);
        assertThat(rig.told).as("what is open already is no news").hasSize(MANY);

        var queue = new StoredPlanQueue(rig.state);
        rig.desk.waiting(0, 10);
        began = System.nanoTime();
        var page = rig.desk.waiting(0, 100);
        var listed = queue.waiting(null, java.util.Set.of(), 100);
        long waiting = queue.counts().stream().mapToLong(PlanQueue.Count::plans).sum();
        var opening = Duration.ofNanos(System.nanoTime() - began);
        assertThat(listed)
                .as("alike ones are a number")
                .hasSize(PlanQueue.EACH)
                .allMatch(g -> g.times() == MANY);
        assertThat(page).hasSize(100);
        assertThat(waiting).isEqualTo(MANY);
        assertThat(rig.desk.waiting(100, 100))
                .extracting(FiledPlan::id)
                .doesNotContainAnyElementsOf(page.stream().map(FiledPlan::id).toList());
        assertThat(rig.desk.waiting(MANY - 5, 100)).hasSize(5);
        System.out.printf(
                "%,d plans: filed in %,d ms (%.2f ms each), again in %,d ms; first page of %,d"
                        + " waiting plans in %,d ms%n",
                MANY,
                filing.toMillis(),
                filing.toNanos() / 1e6 / MANY,
                again.toMillis(),
                waiting,
                opening.toMillis());
        assertThat(filing).isLessThan(Duration.ofSeconds(60));
        assertThat(opening).isLessThan(Duration.ofSeconds(5));
    }
}
