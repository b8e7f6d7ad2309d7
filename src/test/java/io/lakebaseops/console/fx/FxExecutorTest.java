package io.lakebaseops.console.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

final class FxExecutorTest {
    private final ArrayDeque<Runnable> pulses = new ArrayDeque<>();
    private final FxExecutor handOver = new FxExecutor(pulses::add);
    private final List<String> shown = new ArrayList<>();

    @Test
    void a_burst_costs_one_wake_up_and_keeps_its_order() {
        handOver.execute(() -> shown.add("a"));
        handOver.execute(() -> shown.add("b"));
        handOver.execute(() -> shown.add("c"));
        assertThat(pulses).hasSize(1);
        pulses.remove().run();
        assertThat(shown).containsExactly("a", "b", "c");
    }

    @Test
    void what_is_handed_over_while_showing_waits_for_the_next_pulse() {
        handOver.execute(() -> handOver.execute(() -> shown.add("later")));
        pulses.remove().run();
        assertThat(shown).isEmpty();
        pulses.remove().run();
        assertThat(shown).containsExactly("later");
    }

    @Test
    void a_task_that_fails_does_not_take_the_others_with_it() {
        handOver.execute(
                () -> {
                    throw new IllegalStateException("broken view");
                });
        handOver.execute(() -> shown.add("after"));
        assertThatThrownBy(() -> pulses.remove().run()).hasMessage("broken view");
        pulses.remove().run();
        assertThat(shown).containsExactly("after");
    }
}
