package io.lakebaseops.console;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.shell.Frame;

import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/// Keys and clicks that bring a screen into the state a picture is to show.
record PictureHands(OpenConsole console, FakeShop shop) {
    void go(Destination to) {
        console.goTo(to);
    }

    /// Without waiting for what is read there.
    void leaveFor(Destination to) {
        FxToolkit.call(
                () -> {
                    console.frame.session().goTo(to);
                    return to;
                });
    }

    void fire(String id) {
        console.until(() -> console.frame.scene().lookup(id) != null);
        FxToolkit.call(
                () -> {
                    ((ButtonBase) console.frame.scene().lookup(id)).fire();
                    return id;
                });
        console.settle();
    }

    void type(String id, String text) {
        FxToolkit.call(
                () -> {
                    ((TextField) console.frame.scene().lookup(id)).setText(text);
                    return id;
                });
    }

    void click(String id) {
        console.until(() -> console.frame.scene().lookup(id) != null);
        FxToolkit.call(
                () -> {
                    click(console.frame.scene().lookup(id));
                    return id;
                });
        console.settle();
    }

    void press(KeyCode code, boolean ctrl) {
        FxToolkit.call(
                () -> {
                    press(console.frame, code, ctrl);
                    return code;
                });
    }

    void refresh(String screen) {
        FxToolkit.call(
                () -> {
                    console.frame.view(screen).model().refresh();
                    return screen;
                });
    }

    void scroll(String screen, double to) {
        FxToolkit.call(
                () -> {
                    var root = console.frame.view(screen).root();
                    ((ScrollPane) root.lookup(".scroll-pane")).setVvalue(to);
                    return to;
                });
    }

    void untilIs(String screen, ScreenState state) {
        console.until(() -> console.frame.view(screen).model().stateProperty().get() == state);
    }

    static void press(Frame f, KeyCode code, boolean ctrl) {
        Event.fireEvent(
                f.scene().getRoot(),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, ctrl, false, false));
    }

    private static void click(Node node) {
        Event.fireEvent(
                node,
                new MouseEvent(
                        MouseEvent.MOUSE_CLICKED,
                        0,
                        0,
                        0,
                        0,
                        MouseButton.PRIMARY,
                        1,
                        false,
                        false,
                        false,
                        false,
                        true,
                        false,
                        false,
                        false,
                        false,
                        true,
                        null));
    }
}
