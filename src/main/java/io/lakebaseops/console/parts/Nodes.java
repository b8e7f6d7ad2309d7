package io.lakebaseops.console.parts;

import io.lakebaseops.domain.Format;

import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;

/// Small nodes made the same way everywhere: labels, icons, pills, spacers.
public final class Nodes {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");
    private static final PseudoClass UNREAD = PseudoClass.getPseudoClass("unread");

    /// Under it a node keeps what its tooltip says.
    private static final Object TIP = new Object();

    private Nodes() {}

    public static Label label(String text, String... styles) {
        var label = new Label(Format.printableLines(text));
        label.getStyleClass().addAll(styles);
        return label;
    }

    public static Label wrapped(String text, String... styles) {
        var label = label(text, styles);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    public static FontIcon icon(Feather icon, Role role) {
        var node = new FontIcon(icon);
        node.getStyleClass().addAll("mark", role.css());
        return node;
    }

    /// A word on a soft ground of its role's colour; never cut short.
    public static Label pill(String text, Role role) {
        var pill = label(text, "pill", role.css());
        pill.setMinWidth(Region.USE_PREF_SIZE);
        return pill;
    }

    public static Button button(String text, Runnable act, String... styles) {
        var button = new Button(Format.printable(text));
        // Names have underscores; JavaFX would swallow the first and underline the next letter.
        button.setMnemonicParsing(false);
        button.getStyleClass().addAll(styles);
        button.setOnAction(_ -> act.run());
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /// Lets a node that is no button act on a click, and on Enter or Space once it has the focus.
    public static void pressable(Node node, Runnable act) {
        node.setFocusTraversable(true);
        node.setAccessibleRole(AccessibleRole.BUTTON);
        node.setOnMouseClicked(
                e -> {
                    act.run();
                    e.consume();
                });
        node.setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
                        act.run();
                        e.consume();
                    }
                });
    }

    /// A button of an icon alone; the tooltip and the accessible text say what it does.
    public static Button iconButton(Feather icon, String tip, Runnable act) {
        var button = button("", act, "icon-button");
        button.setGraphic(new FontIcon(icon));
        button.setAccessibleText(tip);
        tip(button, tip);
        return button;
    }

    /// Made when the pointer first comes: a tooltip is a window of its own, and a drawing has one
    /// for each of its marks. The text may change while it is read.
    public static void tip(Node node, String text) {
        var words = Format.printableLines(text);
        if (node.getProperties().get(TIP) instanceof Tip known) {
            known.say(words);
            return;
        }
        var tip = new Tip(words);
        node.getProperties().put(TIP, tip);
        node.addEventHandler(MouseEvent.MOUSE_ENTERED, _ -> tip.install(node));
    }

    /// What [#tip] said last of the node; null when nothing was.
    public static @Nullable String tipOf(Node node) {
        return node.getProperties().get(TIP) instanceof Tip tip ? tip.words : null;
    }

    private static final class Tip {
        private String words;
        private @Nullable Tooltip shown;

        Tip(String words) {
            this.words = words;
        }

        void say(String next) {
            words = next;
            if (shown != null) {
                shown.setText(next);
            }
        }

        void install(Node node) {
            if (shown == null) {
                shown = tooltip(words);
                Tooltip.install(node, shown);
            }
        }
    }

    public static Tooltip tooltip(String text) {
        var tip = new Tooltip(Format.printableLines(text));
        tip.setShowDelay(Duration.millis(400));
        // Long enough to read a statement; the default hides it after five seconds.
        tip.setShowDuration(Duration.minutes(2));
        tip.setWrapText(true);
        tip.setMaxWidth(460);
        return tip;
    }

    /// A field of several lines that Tab leaves, as it leaves every other field.
    public static TextArea lines() {
        var area = new TextArea();
        area.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.TAB && !e.isShortcutDown()) {
                        area.requestFocusTraversal(
                                e.isShiftDown()
                                        ? TraversalDirection.PREVIOUS
                                        : TraversalDirection.NEXT);
                        e.consume();
                    }
                });
        return area;
    }

    public static Region spacer() {
        var spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    /// A number with what it counts below it.
    public static VBox figure(String value, String what) {
        var figure = new VBox(label(value, "card-number"), label(what, "row-sub"));
        figure.setMinWidth(Region.USE_PREF_SIZE);
        return figure;
    }

    public static HBox row(Node... nodes) {
        var row = new HBox(8, nodes);
        row.getStyleClass().add("row");
        return row;
    }

    /// Swaps the role style class of a node. One that has it already is left alone: each change
    /// has all below it styled anew.
    public static void role(Node node, Role role) {
        var classes = node.getStyleClass();
        if (classes.stream()
                .filter(s -> s.startsWith("role-"))
                .toList()
                .equals(List.of(role.css()))) {
            return;
        }
        classes.removeIf(s -> s.startsWith("role-"));
        classes.add(role.css());
    }

    /// Hides what was read before, so that only frames are left to see and nothing to click.
    public static void unread(boolean unread, List<? extends Node> nodes) {
        for (var node : nodes) {
            node.pseudoClassStateChanged(UNREAD, unread);
            node.setMouseTransparent(unread);
        }
    }

    public static void stale(boolean stale, List<? extends Node> nodes) {
        nodes.forEach(n -> n.pseudoClassStateChanged(STALE, stale));
    }
}
