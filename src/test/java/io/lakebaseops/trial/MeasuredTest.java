package io.lakebaseops.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

final class MeasuredTest {
    @Test
    void the_faster_of_two_measurements_counts_and_the_others_stay() {
        var first =
                new TrialBranch.Measured(
                        Map.of(1L, new double[] {9, 9, 9}, 2L, new double[] {2, 2, 2}),
                        Map.of(3L, "it does not exist"));
        var again =
                new TrialBranch.Measured(
                        Map.of(1L, new double[] {4, 90, 4}, 2L, new double[] {3, 3, 3}), Map.of());

        var best = first.orBetter(again);

        assertThat(best.millis().get(1L)).containsExactly(4, 90, 4);
        assertThat(best.millis().get(2L)).containsExactly(2, 2, 2);
        assertThat(best.failed()).isEqualTo(first.failed());
    }
}
