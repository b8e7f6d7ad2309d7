package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Separator;
import javafx.scene.control.TextInputControl;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/// Whoever hears the screens instead of seeing them hears what each control is; whoever sees them
/// on a small display can read every text.
@ScreenTest
@Timeout(180)
final class AccessibleNamesUiTest {
    @TempDir private Path dir;
    private OpenConsole console;

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void every_control_of_every_screen_has_a_name_and_every_text_can_be_read() {
        console = new OpenConsole(StatePictures.day(), dir, 1280, 720);
        var unreadable = new TreeSet<String>();
        var nameless = new TreeSet<String>();
        int looked = 0;
        for (var screen : console.frame.screens()) {
            console.goTo(screen.home());
            console.settle();
            looked +=
                    FxToolkit.call(
                            () -> look(screen.id(), console.frame.scene().getRoot(), nameless));
            FxToolkit.call(() -> LayoutCheck.of(console.frame.scene()))
                    .forEach(found -> unreadable.add(screen.id() + ": " + found));
        }
        assertThat(looked).isGreaterThan(150);
        assertThat(nameless).isEmpty();
        assertThat(unreadable).isEmpty();
    }

    /// How many controls there are that a person can do something with.
    private static int look(String screen, Node node, TreeSet<String> nameless) {
        if (!node.isVisible()) {
            return 0;
        }
        int count = 0;
        if (node instanceof Control control && acts(control)) {
            count++;
            if (name(control) == null) {
                nameless.add(
                        "%s: %s #%s %s"
                                .formatted(
                                        screen,
                                        control.getClass().getSimpleName(),
                                        control.getId(),
                                        control.getStyleClass()));
            }
        }
        if (node instanceof Parent parent) {
            for (var child : parent.getChildrenUnmodifiable()) {
                count += look(screen, child, nameless);
            }
        }
        return count;
    }

    /// What only holds or shows others is not reached by itself.
    private static boolean acts(Control control) {
        return control.isFocusTraversable()
                && !(control instanceof Label)
                && !(control instanceof ScrollPane)
                && !(control instanceof ScrollBar)
                && !(control instanceof Separator);
    }

    private static @Nullable String name(Control control) {
        var said =
                switch (control) {
                    case Labeled l -> List.of(text(l.getText()));
                    case TextInputControl t -> List.of(text(t.getPromptText()));
                    case ComboBoxBase<?> c -> List.of(text(c.getPromptText()));
                    default -> List.of("");
                };
        var all = text(control.getAccessibleText()) + said.getFirst() + labelled(control);
        return all.isBlank() ? null : all;
    }

    /// A label that names it.
    private static String labelled(Control control) {
        var parent = control.getParent();
        return parent == null
                ? ""
                : parent.getChildrenUnmodifiable().stream()
                        .filter(n -> n instanceof Label l && l.getLabelFor() == control)
                        .map(n -> text(((Label) n).getText()))
                        .findFirst()
                        .orElse("");
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
