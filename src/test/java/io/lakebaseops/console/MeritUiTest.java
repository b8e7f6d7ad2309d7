package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.plan.Trust;

import javafx.scene.control.Labeled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// What the agents were worth and how far they are trusted stands on the overview.
@io.lakebaseops.testing.ScreenTest
@Timeout(180)
final class MeritUiTest {
    @TempDir private Path dir;
    private final FakeShop shop = FakeShop.busyDay();
    private OpenConsole console;

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void hoursAcceptedProposalsAndTrustAreShown() {
        shop.desk.merit = new PlanQueue.Merit(6, 8, 1);
        shop.desk.trust =
                List.of(
                        new Trust("Vacuum", 6, null),
                        new Trust("End sessions", 1, FakeShop.NOW.minusSeconds(3600)));
        console = new OpenConsole(shop, dir, 1600, 900);
        console.until(() -> console.node("#measured") != null && said("3.3 h"));
        assertThat(said("8 of 9")).isTrue();
        assertThat(said("Verified in a row: Vacuum 6")).isTrue();
        assertThat(said("End sessions: asks first: it failed at")).isTrue();
    }

    private boolean said(String words) {
        return FxToolkit.call(
                        () -> Objects.requireNonNull(console.node("#measured")).lookupAll(".label"))
                .stream()
                .filter(Labeled.class::isInstance)
                .anyMatch(n -> String.valueOf(((Labeled) n).getText()).contains(words));
    }
}
