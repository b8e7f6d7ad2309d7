package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.maintenance.MemoryPostponedVacuums;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.state.PostponedVacuums.Postponed;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Vacuums that wait, and what happens when their hour has come.
final class PostponedVacuumJobTest {
    @Test
    void whatIsDueIsPlannedOnceAndTogetherForEachServer() {
        var shop = new FakeShop();
        var postponed = new MemoryPostponedVacuums();
        for (var table : new String[] {"orders", "items"}) {
            postponed.add(
                    new Postponed(
                            FakeShop.PRODUCTION,
                            "shop",
                            "public",
                            table,
                            "mira",
                            FakeShop.NOW.plusSeconds(60)));
        }
        var job = new PostponedVacuumJob(() -> postponed, shop.tools, shop.clock);
        job.look();
        assertThat(shop.tools.asked).as("the hour has not come").isEmpty();

        shop.clock.forward(Duration.ofMinutes(2));
        job.look();
        job.look();
        assertThat(shop.tools.asked)
                .singleElement()
                .asString()
                .startsWith("schedule_vacuum_analyze ")
                .contains("\"orders\"", "\"items\"", "\"window\":\"NOW\"");
    }
}
