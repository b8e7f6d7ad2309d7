package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.sync.SyncMonitor;
import io.lakebaseops.agents.performance.maintenance.TableHistory;
import io.lakebaseops.agents.performance.maintenance.VacuumRound;
import io.lakebaseops.agents.performance.maintenance.VacuumRound.Part;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.control.Labeled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;

/// A figure on a screen that rests on a generated history says until when it was generated, and no
/// figure says so where all was measured.
@ScreenTest
@Timeout(180)
final class GeneratedMarksUiTest {
    private static final Instant UNTIL = FakeShop.NOW.minusSeconds(600);

    @TempDir private Path dir;
    private final FakeShop shop = FakeShop.busyDay();
    private OpenConsole console;

    @AfterEach
    void close() {
        console.close();
    }

    private boolean said(String words) {
        return FxToolkit.call(() -> console.frame.scene().getRoot().lookupAll(".label")).stream()
                .filter(n -> n instanceof Labeled)
                .anyMatch(n -> String.valueOf(((Labeled) n).getText()).contains(words));
    }

    private void visitAll(boolean generated) {
        console = new OpenConsole(shop, dir, 1600, 900);
        console.goTo(Destination.vacuum());
        console.until(() -> console.node("#vacuum-tables") != null);
        console.until(() -> console.text("#vacuum-table .pane-title").equals("shop.inventory"));
        assertThat(console.node("#rate-generated") != null).isEqualTo(generated);
        assertThat(said("1 vacuum, generated")).isEqualTo(generated);
        console.goTo(Destination.cost());
        console.until(() -> console.text("#cost-branch .pane-title").startsWith("qa-release-4-2"));
        assertThat(said("bill generated until")).isEqualTo(generated);
        assertThat(said("activity generated until")).isEqualTo(generated);
        assertThat(console.text("#generated-storage").startsWith("generated until"))
                .isEqualTo(generated);
        console.goTo(Destination.sync());
        console.until(() -> console.node("#pairs") != null);
        assertThat(said("lags generated until")).isEqualTo(generated);
    }

    @Test
    void every_screen_marks_what_was_generated() {
        var round = shop.vacuum.round;
        shop.vacuum.round =
                new VacuumRound(
                        round.at(),
                        round.database(),
                        round.readOnly(),
                        round.seesSessions(),
                        round.horizon(),
                        round.running(),
                        round.tables(),
                        Part.of(FakeVacuum.using(78_000, UNTIL)));
        shop.vacuum.history =
                new TableHistory(
                        List.of(),
                        List.of(new TableHistory.Run(UNTIL, 900, 1, "vacuum_analyze", true)));
        shop.cost.simulated = true;
        shop.cost.generatedUntil = UNTIL;
        var sync = shop.sync.round;
        var lags = new HashMap<>(sync.lags());
        lags.put("shop.orders", List.of(new SyncMonitor.Lag(UNTIL, 40, true)));
        shop.sync.round = new SyncMonitor.Round(sync.catalog(), sync.pairs(), lags, sync.found());
        visitAll(true);
    }

    @Test
    void nothing_measured_is_called_generated() {
        visitAll(false);
    }
}
