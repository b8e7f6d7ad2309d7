package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;

import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;

/// The pane at the right with what is behind a thing: title, content that scrolls, and its acts at
/// the foot, always in view. It is as wide as the window allows and can be drawn wider.
public final class SidePane extends HBox {
    private static final double NARROWEST = 320;

    private final VBox head = new VBox(6);
    private final VBox inner = new VBox(12);
    private final ScrollPane scroll = new ScrollPane(inner);
    private final VBox foot = new VBox(10);
    private final Runnable close;
    private double drawn = Double.NaN;
    private String about = "";

    /// @param close what the cross does
    public SidePane(String id, Runnable close) {
        this.close = close;
        setId(id);
        getStyleClass().add("side-pane");
        inner.getStyleClass().add("side-pane-content");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        head.getStyleClass().add("side-pane-head");
        foot.getStyleClass().add("side-pane-foot");
        foot.setMinHeight(Region.USE_PREF_SIZE);
        foot.managedProperty().bind(foot.visibleProperty());
        foot.setVisible(false);
        var column = new VBox(head, scroll, foot);
        column.setMinWidth(0);
        HBox.setHgrow(column, Priority.ALWAYS);
        getChildren().addAll(edge(), column);
        managedProperty().bind(visibleProperty());
        setVisible(false);
        sceneProperty()
                .addListener(
                        (_, _, scene) -> {
                            if (scene != null) {
                                scene.widthProperty().addListener((_, _, _) -> resize());
                                resize();
                            }
                        });
    }

    /// The left edge, by which the pane is drawn wider.
    private Region edge() {
        var edge = new Region();
        edge.setId("pane-edge");
        edge.setMinWidth(6);
        edge.setMaxWidth(6);
        edge.setCursor(Cursor.H_RESIZE);
        edge.setOnMouseDragged(
                e -> {
                    drawn = localToScene(getWidth(), 0).getX() - e.getSceneX();
                    resize();
                });
        edge.setOnMouseClicked(
                e -> {
                    if (e.getClickCount() == 2) {
                        drawn = Double.NaN;
                        resize();
                    }
                });
        return edge;
    }

    private void resize() {
        double window = getScene() == null ? 1600 : getScene().getWidth();
        double width =
                Double.isNaN(drawn)
                        ? standard(window)
                        : Math.clamp(drawn, NARROWEST, Math.max(NARROWEST, window * 0.6));
        setMinWidth(width);
        setPrefWidth(width);
        setMaxWidth(width);
    }

    /// 356 at 1280, 420 at 1600, 560 at 2560.
    static double standard(double window) {
        return window <= 1600
                ? Math.clamp(356 + (window - 1280) * 0.2, 356, 420)
                : Math.clamp(420 + (window - 1600) * 0.146, 420, 560);
    }

    /// @param beside the title: pills, a figure
    public void title(@Nullable Role role, String title, List<? extends Node> beside) {
        var heading = Nodes.wrapped(title, "pane-title");
        heading.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(heading, Priority.ALWAYS);
        var line = new HBox(8);
        line.setAlignment(Pos.CENTER_LEFT);
        if (role != null) {
            line.getChildren().add(Nodes.icon(role.icon(), role));
        }
        line.getChildren().add(heading);
        line.getChildren().addAll(beside);
        var cross = Nodes.iconButton(Feather.X, Texts.of("Close (Esc)"), close);
        cross.getStyleClass().add("pane-close");
        line.getChildren().add(cross);
        head.getChildren().setAll(line);
    }

    /// A quieter line below the title.
    public void note(String text) {
        head.getChildren().add(Nodes.wrapped(text, "row-sub"));
    }

    /// A line below the title, such as pills.
    public void note(Node line) {
        head.getChildren().add(line);
    }

    /// Draws the content anew. The reader stays where they are while it is about the same thing and
    /// starts at the top of another.
    ///
    /// @param next what it is about
    public void content(String next, List<? extends Node> nodes) {
        double place = next.equals(about) ? scroll.getVvalue() : 0;
        about = next;
        inner.getChildren().setAll(nodes);
        setVisible(true);
        scroll.applyCss();
        scroll.layout();
        scroll.setVvalue(place);
    }

    /// Shows the first lines, where a result just came.
    public void toTop() {
        scroll.setVvalue(0);
    }

    /// What can be done, pinned below the content.
    ///
    /// @param says what comes of it; null for nothing
    public void acts(@Nullable Node says, List<? extends Node> buttons) {
        foot.getChildren().clear();
        if (says != null) {
            foot.getChildren().add(says);
        }
        if (!buttons.isEmpty()) {
            var line = new FlowPane(8, 8);
            line.setAlignment(Pos.CENTER_RIGHT);
            line.getChildren().addAll(buttons);
            foot.getChildren().add(line);
        }
        foot.setVisible(!foot.getChildren().isEmpty());
    }

    public void hide() {
        about = "";
        setVisible(false);
        inner.getChildren().clear();
    }
}
