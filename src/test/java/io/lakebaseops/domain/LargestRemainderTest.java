package io.lakebaseops.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

final class LargestRemainderTest {
    @Test
    void partsSumToTheAmountToTheLastDigit() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            int digits = random.nextInt(19);
            var amount = BigDecimal.valueOf(random.nextLong(2_000_000) - 1_000_000, digits);
            var weights = new ArrayList<BigDecimal>();
            for (int i = 0; i <= random.nextInt(40); i++) {
                weights.add(BigDecimal.valueOf(random.nextInt(5) * random.nextDouble()));
            }
            weights.add(BigDecimal.ONE);
            var parts = LargestRemainder.divide(amount, weights, digits);
            assertThat(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(amount);
            for (int i = 0; i < parts.size(); i++) {
                if (weights.get(i).signum() == 0) {
                    assertThat(parts.get(i)).isEqualByComparingTo(BigDecimal.ZERO);
                }
            }
        }
    }

    @Test
    void whatIsLeftGoesToThePartsThatLostMost() {
        var cents =
                LargestRemainder.divide(
                        new BigDecimal("0.10"),
                        List.of(new BigDecimal("1"), new BigDecimal("1"), new BigDecimal("1")),
                        2);
        assertThat(cents)
                .containsExactly(
                        new BigDecimal("0.04"), new BigDecimal("0.03"), new BigDecimal("0.03"));
        assertThatThrownBy(
                        () -> LargestRemainder.divide(BigDecimal.ONE, List.of(BigDecimal.ZERO), 2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
