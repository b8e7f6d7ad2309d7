package io.lakebaseops.console.shell;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.help.HelpPane;

import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import java.util.List;

/// The keys that work wherever the focus is.
final class Shortcuts {
    /// As the help lists them.
    static final List<HelpPane.Key> EVERYWHERE =
            List.of(
                    new HelpPane.Key(Texts.of("Ctrl K"), "help.palette"),
                    new HelpPane.Key(Texts.of("Ctrl 1 … 9"), "help.screens"),
                    new HelpPane.Key(Texts.of("Ctrl J"), "help.ask"),
                    new HelpPane.Key(Texts.of("Alt ← →"), "help.back"),
                    new HelpPane.Key(Texts.of("Ctrl P"), "help.report"),
                    new HelpPane.Key("F5", "help.refresh"),
                    new HelpPane.Key(Texts.of("Esc"), "help.close"),
                    new HelpPane.Key("?", "help.this"),
                    new HelpPane.Key("F1", "help.this"));

    private final ShellView shell;
    private final Overlays layers;

    Shortcuts(ShellView shell, Overlays layers) {
        this.shell = shell;
        this.layers = layers;
    }

    /// @return whether the key was one of ours and must not go further
    boolean handle(KeyEvent e) {
        var screen = shell.screens().stream().filter(s -> s.opensBy(e)).findFirst();
        if (screen.isPresent()) {
            shell.open(screen.get());
        } else if (e.isShortcutDown() && e.getCode() == KeyCode.K) {
            shell.openPalette();
        } else if (e.isShortcutDown() && e.getCode() == KeyCode.J) {
            shell.ask();
        } else if (isStep(e)) {
            // A page over its screen is left first: the plan, the diff, the migration test.
            if (!shell.onScreenKey(e)) {
                shell.step(e.getCode() == KeyCode.LEFT ? -1 : 1);
            }
        } else if (e.isShortcutDown() && e.getCode() == KeyCode.P) {
            shell.report();
        } else if (e.getCode() == KeyCode.F5) {
            shell.refresh();
        } else if (e.getCode() == KeyCode.ESCAPE && layers.open()) {
            layers.close();
        } else if (isHelp(e) && !(e.getTarget() instanceof TextInputControl)) {
            shell.help();
        } else {
            return shell.onScreenKey(e);
        }
        return true;
    }

    /// Alt with an arrow; in a field the arrows are the field's.
    private static boolean isStep(KeyEvent e) {
        return e.isAltDown()
                && !e.isShortcutDown()
                && (e.getCode() == KeyCode.LEFT || e.getCode() == KeyCode.RIGHT)
                && !(e.getTarget() instanceof TextInputControl);
    }

    private static boolean isHelp(KeyEvent e) {
        return e.getCode() == KeyCode.F1
                || (e.getCode() == KeyCode.SLASH && e.isShiftDown())
                || e.getCode() == KeyCode.HELP
                || "?".equals(e.getText());
    }
}
