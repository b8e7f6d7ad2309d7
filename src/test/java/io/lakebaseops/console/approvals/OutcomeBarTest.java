package io.lakebaseops.console.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.SamplePlans;
import io.lakebaseops.domain.plan.FiledPlan.State;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutcomeBarTest {
    private final FakeShop shop = FakeShop.busyDay();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    EXPIRED,    -,    true
                    SUPERSEDED, mira, true
                    SUPERSEDED, -,    false
                    REJECTED,   mira, false
                    DONE,       mira, false
                    FAILED,     mira, false
                    """)
    void a_plan_whose_time_or_target_went_can_be_planned_again(
            State state, @Nullable String by, boolean again) {
        shop.desk.become(shop.plan(SamplePlans.CREATE), state, by, "so it was", null);
        assertThat(OutcomeBar.outdated(shop.plan(SamplePlans.CREATE))).isEqualTo(again);
    }
}
