package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;

import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import java.util.List;

/// The steps of something that runs, from left to right: done, being done, still to come, each with
/// its name and time. Where there is little room the steps become one line of words.
public final class Steps extends HBox {
    /// How far a step is.
    public enum State {
        DONE(Role.OK),
        RUNNING(Role.INFO),
        FAILED(Role.CRITICAL),
        COMING(Role.MUTED);

        private final Role role;

        State(Role role) {
            this.role = role;
        }
    }

    /// @param time how long it took or has taken; empty when it has not begun
    public record Step(String name, String time, State state) {}

    public Steps() {
        getStyleClass().add("steps");
        setAlignment(Pos.TOP_LEFT);
    }

    public void show(List<Step> steps) {
        getChildren().clear();
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var number = Nodes.label(Integer.toString(i + 1), "step-number");
            var dot = new StackPane(number);
            dot.getStyleClass().addAll("step-dot", step.state().role.css());
            if (step.state() == State.DONE) {
                dot.getChildren()
                        .setAll(Nodes.icon(org.kordamp.ikonli.feather.Feather.CHECK, Role.OK));
            }
            if (step.state() == State.RUNNING) {
                dot.getStyleClass().add("now");
            }
            var line = new Region();
            line.getStyleClass().addAll("step-line", step.state().role.css());
            HBox.setHgrow(line, Priority.ALWAYS);
            line.setVisible(i < steps.size() - 1);
            var head = new HBox(4, dot, line);
            head.setAlignment(Pos.CENTER_LEFT);
            var name =
                    Nodes.label(
                            step.name(), step.state() == State.COMING ? "row-sub" : "small-cell");
            var box = new VBox(2, head, name, Nodes.label(step.time(), "row-sub"));
            box.setMinWidth(64);
            HBox.setHgrow(box, Priority.ALWAYS);
            box.setAccessibleText(Texts.of("step %s %s %s", i + 1, step.name(), step.state()));
            getChildren().add(box);
        }
    }
}
