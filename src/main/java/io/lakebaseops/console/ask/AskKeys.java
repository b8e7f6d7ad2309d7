package io.lakebaseops.console.ask;

import javafx.scene.input.KeyEvent;

/// The keys that the screen and the drawer have in common.
final class AskKeys {
    private AskKeys() {}

    /// 1, 2 or 3 for the keys that choose a reading, else 0.
    static int choice(KeyEvent key) {
        return switch (key.getCode()) {
            case DIGIT1, NUMPAD1 -> 1;
            case DIGIT2, NUMPAD2 -> 2;
            case DIGIT3, NUMPAD3 -> 3;
            default -> 0;
        };
    }
}
