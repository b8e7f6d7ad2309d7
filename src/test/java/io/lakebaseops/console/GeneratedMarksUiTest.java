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
import java.util.Map;

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

    /// The marks of each screen, in its words.
    private static final Map<Destination, List<String>> MARKS =
            Map.of(
                    Destination.vacuum(),
                            List.of("the rate is generated until", "vacuum, generated"),
                    Destination.cost(), List.of("bill generated until", "activity generated until"),
                    Destination.sync(), List.of("lags generated until"));

    private void open(Destination screen) {
        console.goTo(screen);
        console.until(
                () ->
                        console.frame.view(screen.screen()).model().stateProperty().get()
                                == ScreenState.READY);
    }

    @Test
    void what_was_generated_is_marked_and_nothing_that_was_measured() {
        console = new OpenConsole(shop, dir, 1600, 900);
        for (var screen : MARKS.keySet()) {
            open(screen);
            console.settle();
            assertThat(MARKS.get(screen)).noneMatch(this::said);
        }
        generate();
        for (var screen : MARKS.keySet()) {
            open(screen);
            FxToolkit.call(
                    () -> {
                        console.frame.view(screen.screen()).model().refresh();
                        return screen;
                    });
            console.until(() -> MARKS.get(screen).stream().allMatch(this::said));
        }
        open(Destination.cost());
        assertThat(console.text("#generated-storage")).startsWith("generated until");
    }

    private void generate() {
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
    }
}
