package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.testing.ScreenTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// The cost screen in a window: from the bill to a plan for another timeout.
@ScreenTest
@Timeout(180)
final class CostUiTest {
    @TempDir private Path dir;
    private final FakeShop shop = FakeShop.busyDay();
    private OpenConsole console;

    private void open() {
        console = new OpenConsole(shop, dir, 1600, 900);
        console.goTo(Destination.cost());
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void from_the_bill_to_another_timeout_among_the_approvals() {
        open();
        console.until(() -> console.text("#cost-branch .pane-title").startsWith("qa-release-4-2"));
        assertThat(console.text("#cost-verdict")).startsWith("November will end at $");
        console.robot.clickOn("#part-dev-anna");
        console.until(() -> console.text("#cost-branch .pane-title").startsWith("dev-anna: $"));
        console.robot.clickOn("#cost-by-statement");
        console.until(() -> shop.cost.asked.contains("STATEMENT null"));
        console.until(() -> console.node("#part-dev-anna") == null);
        assertThat(console.shown("#cost-sum-row")).isTrue();
        console.robot.clickOn("#file-timeout");
        console.until(
                () ->
                        console.frame
                                .session()
                                .destinationProperty()
                                .get()
                                .screen()
                                .equals(Destination.APPROVALS));
        console.until(() -> console.node("#plan-title") != null || shop.cost.planned != null);
        assertThat(shop.desk.plans.values())
                .anyMatch(p -> p.plan().tool().equals("recommend_scale_to_zero_timeout"));
    }

    @Test
    void without_access_the_grant_is_shown_and_the_capacity_stays() {
        shop.cost.recorded = false;
        open();
        console.until(() -> console.shown("#cost-nothing"));
        assertThat(console.text("#cost-verdict")).isEqualTo("No usage is recorded yet.");
        assertThat(console.shown("#capacity-storage")).isTrue();
        console.robot.clickOn("#check-access");
        console.until(() -> shop.tools.asked.stream().anyMatch(a -> a.startsWith("track_cost")));
    }
}
