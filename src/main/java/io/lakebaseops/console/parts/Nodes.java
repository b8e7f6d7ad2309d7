package io.lakebaseops.console.parts;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;

/// Small nodes made the same way everywhere: labels, icons, pills, spacers.
public final class Nodes {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private Nodes() {}

    public static Label label(String text, String... styles) {
        var label = new Label(text);
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
        var button = new Button(text);
        button.getStyleClass().addAll(styles);
        button.setOnAction(_ -> act.run());
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /// A button of an icon alone; the tooltip and the accessible text say what it does.
    public static Button iconButton(Feather icon, String tip, Runnable act) {
        var button = button("", act, "icon-button");
        button.setGraphic(new FontIcon(icon));
        button.setAccessibleText(tip);
        tip(button, tip);
        return button;
    }

    public static void tip(Node node, String text) {
        var tip = new Tooltip(text);
        tip.setShowDelay(Duration.millis(400));
        tip.setWrapText(true);
        tip.setMaxWidth(420);
        Tooltip.install(node, tip);
    }

    public static Region spacer() {
        var spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    public static HBox row(Node... nodes) {
        var row = new HBox(8, nodes);
        row.getStyleClass().add("row");
        return row;
    }

    /// Swaps the role style class of a node.
    public static void role(Node node, Role role) {
        node.getStyleClass().removeIf(s -> s.startsWith("role-"));
        node.getStyleClass().add(role.css());
    }

    /// Greys the nodes while their data is old.
    public static void stale(boolean stale, List<? extends Node> nodes) {
        nodes.forEach(n -> n.pseudoClassStateChanged(STALE, stale));
    }
}
