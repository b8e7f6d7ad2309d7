package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.testing.ScreenTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/// Screens made in idle moments, before anybody visits them.
@ScreenTest
@Timeout(240)
final class ScreenPreloaderUiTest {
    @TempDir private Path dir;

    @Test
    void every_screen_is_made_ahead_reads_nothing_and_opens_as_ever() throws Exception {
        try (var console = new OpenConsole(StatePictures.day(), dir, 1280, 720)) {
            var made = FxToolkit.call(console.frame::prepareScreens);
            assertThat(made.get(200, TimeUnit.SECONDS)).isTrue();
            var read = new ArrayList<String>();
            var shown = new ArrayList<String>();
            for (var screen : console.frame.screens()) {
                if (screen.id().equals(Destination.OVERVIEW)) {
                    continue;
                }
                FxToolkit.call(
                        () -> {
                            var view = console.frame.view(screen.id());
                            if (view.model().dataProperty().get() != null) {
                                read.add(screen.id());
                            }
                            if (view.root().getScene() != null || view.root().getParent() != null) {
                                shown.add(screen.id());
                            }
                            return view;
                        });
            }
            assertThat(read).as("nothing is asked of a server before somebody looks").isEmpty();
            assertThat(shown).as("stands nowhere yet").isEmpty();
            for (var screen : console.frame.screens()) {
                console.goTo(screen.home());
                var view = FxToolkit.call(() -> console.frame.view(screen.id()));
                assertThat(FxToolkit.call(() -> view.root().getScene()))
                        .as(screen.id())
                        .isSameAs(console.frame.scene());
                assertThat(FxToolkit.call(() -> view.model().stateProperty().get()))
                        .as(screen.id())
                        .isNotEqualTo(ScreenState.FAILED);
            }
        }
    }

    @Test
    void a_window_that_closes_makes_no_more() throws Exception {
        try (var console = new OpenConsole(StatePictures.day(), dir, 1280, 720)) {
            var made = FxToolkit.call(console.frame::prepareScreens);
            FxToolkit.call(
                    () -> {
                        console.frame.close();
                        return true;
                    });
            assertThat(made.get(60, TimeUnit.SECONDS)).isFalse();
        }
    }
}
