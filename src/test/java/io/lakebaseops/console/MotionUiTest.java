package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.control.ProgressBar;
import javafx.scene.layout.Pane;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// With reduced motion nothing moves by itself, in every window and at once.
@ScreenTest
final class MotionUiTest {
    /// In seconds; the default is two.
    private static final double DAYS = 86_400 * 7;

    @TempDir private Path dir;
    private OpenConsole console;

    @BeforeEach
    void open() {
        console = new OpenConsole(FakeShop.busyDay(), dir, 1280, 720);
    }

    @AfterEach
    void close() {
        FxToolkit.call(
                () -> {
                    Motion.choose(null);
                    Motion.applyToAll();
                    return true;
                });
        console.close();
    }

    private void press(String id) {
        FxToolkit.call(
                () -> {
                    ((javafx.scene.control.ButtonBase) console.node(id)).fire();
                    return true;
                });
    }

    @Test
    void the_switch_in_settings_holds_at_once_for_whatever_waits_and_survives_a_change_of_theme() {
        var bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        FxToolkit.call(() -> ((Pane) console.frame.scene().getRoot()).getChildren().add(bar));
        console.settle();
        assertThat(round(bar)).as("it moves").isBetween(0.5, 10.0);
        console.goTo(new Destination(Destination.SETTINGS, null));
        console.until(() -> console.node("#motion-reduced") != null);
        press("#motion-reduced");
        console.settle();
        assertThat(round(bar)).as("it stands").isGreaterThan(DAYS);
        console.robot.push(javafx.scene.input.KeyCode.CONTROL, javafx.scene.input.KeyCode.DIGIT1);
        FxToolkit.call(
                () -> {
                    Theme.LIGHT.applyTo(console.frame.scene());
                    return true;
                });
        console.settle();
        assertThat(round(bar)).as("in the other theme").isGreaterThan(DAYS);
        console.goTo(new Destination(Destination.SETTINGS, null));
        press("#motion-shown");
        console.settle();
        assertThat(round(bar)).isBetween(0.5, 10.0);
    }

    /// Seconds of one round of a bar without an end.
    private static double round(ProgressBar bar) {
        return FxToolkit.call(
                () ->
                        bar.getCssMetaData().stream()
                                .filter(
                                        m ->
                                                m.getProperty()
                                                        .equals(
                                                                "-fx-indeterminate-bar-animation-time"))
                                .map(m -> value(bar, m))
                                .findFirst()
                                .orElseThrow());
    }

    @SuppressWarnings("unchecked")
    private static double value(ProgressBar bar, javafx.css.CssMetaData<?, ?> data) {
        var known = (javafx.css.CssMetaData<ProgressBar, Number>) data;
        return known.getStyleableProperty(bar).getValue().doubleValue();
    }
}
