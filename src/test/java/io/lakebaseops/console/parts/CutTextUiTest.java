package io.lakebaseops.console.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.Theme;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.testing.ScreenTest;

import javafx.css.StyleableProperty;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a window does for those who see it: cut texts are read under the pointer, and nothing moves
/// for who asked for that.
@ScreenTest
final class CutTextUiTest {
    @BeforeAll
    static void start() {
        FxToolkit.headless();
        FxToolkit.start();
    }

    private static Scene scene(Node... nodes) {
        var scene = new Scene(new VBox(nodes), 120, 200);
        Theme.DARK.applyTo(scene);
        CutText.readable(scene);
        layout(scene);
        return scene;
    }

    private static void layout(Scene scene) {
        for (int i = 0; i < 2; i++) {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
        }
    }

    private static void enter(Node node) {
        Event.fireEvent(
                node,
                new MouseEvent(
                        MouseEvent.MOUSE_ENTERED_TARGET,
                        1,
                        1,
                        1,
                        1,
                        MouseButton.NONE,
                        0,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        true,
                        null));
    }

    @Test
    void a_label_that_is_cut_says_all_of_it_under_the_pointer_and_no_longer_when_it_has_room() {
        FxToolkit.call(
                () -> {
                    var cut = new Label("the statement that takes most of the time of this server");
                    var whole = new Label("short");
                    var told = new Label("a name of a table that is much too long for this place");
                    Nodes.tip(told, "another word");
                    var scene = scene(cut, whole, told);
                    enter(cut);
                    enter(whole);
                    enter(told);
                    assertThat(cut.getTooltip().getText()).isEqualTo(cut.getText());
                    assertThat(whole.getTooltip()).isNull();
                    assertThat(told.getTooltip()).as("it has one installed").isNull();
                    cut.setText("now another one, and one that does not fit in here either");
                    assertThat(cut.getTooltip().getText()).isEqualTo(cut.getText());
                    cut.setText("fits");
                    layout(scene);
                    enter(cut);
                    assertThat(cut.getTooltip()).isNull();
                    return scene;
                });
    }

    @Test
    void where_less_motion_is_asked_for_the_bar_of_unknown_time_stands_still() {
        FxToolkit.call(
                () -> {
                    var bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
                    var scene = scene(bar);
                    assertThat(secondsOfARound(bar)).isLessThan(10);
                    scene.getPreferences().setReducedMotion(true);
                    layout(scene);
                    assertThat(secondsOfARound(bar)).isGreaterThan(3600);
                    return bar;
                });
    }

    private static double secondsOfARound(ProgressBar bar) {
        return bar.getCssMetaData().stream()
                .filter(m -> m.getProperty().equals("-fx-indeterminate-bar-animation-time"))
                .map(m -> CutTextUiTest.value(bar, m))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static double value(ProgressBar bar, javafx.css.CssMetaData meta) {
        StyleableProperty<Number> property = meta.getStyleableProperty(bar);
        return property.getValue().doubleValue();
    }
}
