package io.lakebaseops.console.plan;

import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.plan.PlanColumns.Column;
import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.explain.PlanProblem;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;
import java.util.function.Consumer;

/// A line of the plan tree.
final class PlanTreeCell extends ListCell<PlanTreeRow> {
    private final PlanColumns columns;
    private final Consumer<PlanNode> toggle;

    PlanTreeCell(PlanColumns columns, Consumer<PlanNode> toggle) {
        this.columns = columns;
        this.toggle = toggle;
        getStyleClass().add("plan-cell");
        // Without it the cell asks for its full width and the list scrolls sideways.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(PlanTreeRow row, boolean empty) {
        super.updateItem(row, empty);
        if (empty || row == null) {
            setGraphic(null);
            setTooltip(null);
            setAccessibleText(null);
            return;
        }
        var line =
                new HBox(
                        node(row),
                        measured(row),
                        fixed(figures(row.rows(), row.off(), row.blamed()), Column.ROWS));
        if (columns.shows(Column.LOOPS)) {
            line.getChildren().add(fixed(figures(row.loops(), "", false), Column.LOOPS));
        }
        if (columns.shows(Column.BUFFERS)) {
            line.getChildren().add(fixed(buffers(row), Column.BUFFERS));
        }
        if (columns.shows(Column.EXTRAS)) {
            line.getChildren().add(fixed(extras(row.extras()), Column.EXTRAS));
        }
        line.setAlignment(Pos.TOP_LEFT);
        var content = new VBox(line);
        content.getStyleClass().add("plan-line");
        HBox.setHgrow(content, Priority.ALWAYS);
        content.setMinWidth(0);
        row.problems().stream().limit(2).forEach(p -> content.getChildren().add(problem(p, row)));
        setGraphic(new HBox(new PlanTreeGuides(row.guides(), columns.indent()), content));
        setTooltip(Nodes.tooltip(row.words()));
        setAccessibleText(row.words());
    }

    private Node node(PlanTreeRow row) {
        var chevron = new StackPane();
        double width = columns.scaled(18);
        chevron.setMinWidth(width);
        chevron.setMaxWidth(width);
        chevron.setAlignment(Pos.TOP_LEFT);
        if (row.folded() != null) {
            var icon = new FontIcon(row.folded() ? Feather.CHEVRON_RIGHT : Feather.CHEVRON_DOWN);
            icon.getStyleClass().add("quiet-icon");
            chevron.getChildren().add(icon);
            chevron.getStyleClass().add("plan-chevron");
            chevron.setOnMousePressed(
                    e -> {
                        toggle.accept(row.node());
                        e.consume();
                    });
        }
        var title = Nodes.label(row.title(), "plan-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        var first = new HBox(columns.scaled(7), title);
        first.setAlignment(Pos.CENTER_LEFT);
        first.setMinWidth(0);
        if (row.subject() != null) {
            var subject = Nodes.label(row.subject(), "plan-subject");
            subject.setMinWidth(24);
            first.getChildren().add(subject);
        }
        var role = row.role();
        if (role != null) {
            var pill = Nodes.pill(role.word(), role);
            pill.setGraphic(Nodes.icon(role.icon(), role));
            pill.getStyleClass().add("plan-pill");
            first.getChildren().add(pill);
        }
        var detail = Nodes.label(row.detail(), "plan-node-text");
        detail.setMinWidth(0);
        var words = row.detail().isEmpty() ? new VBox(first) : new VBox(1, first, detail);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var node = new HBox(chevron, words);
        node.setMinWidth(0);
        HBox.setHgrow(node, Priority.ALWAYS);
        return node;
    }

    private Node measured(PlanTreeRow row) {
        var track = new Region();
        track.getStyleClass().add("plan-track");
        var bar = new Region();
        bar.getStyleClass().addAll("plan-bar", row.role() == null ? "role-info" : role(row));
        double width = columns.bar();
        double part = row.share() > 0 ? Math.max(1.5, row.share() * width) : 0;
        bar.setMinWidth(part);
        bar.setMaxWidth(part);
        var both = new StackPane(track, bar);
        both.setAlignment(Pos.CENTER_LEFT);
        both.setMinWidth(width);
        both.setMaxWidth(width);
        both.getStyleClass().add("plan-bars");
        var box = new HBox(both, figures(row.measured(), row.shareWords(), false));
        box.setAlignment(Pos.CENTER_RIGHT);
        return fixed(box, Column.MEASURED);
    }

    private static String role(PlanTreeRow row) {
        // A reason found elsewhere in the node does not make its time a bad one.
        return row.share() > 0.2 && row.role() != null ? row.role().css() : "role-info";
    }

    private static VBox figures(String first, String second, boolean blamed) {
        var value = Nodes.label(first, "plan-figure");
        var box = new VBox(1, value);
        box.setAlignment(Pos.TOP_RIGHT);
        HBox.setHgrow(box, Priority.ALWAYS);
        value.setMinWidth(Region.USE_PREF_SIZE);
        if (!second.isEmpty()) {
            var note = Nodes.label(second, "plan-note");
            if (blamed) {
                note.getStyleClass().add("blamed");
            }
            box.getChildren().add(note);
        }
        return box;
    }

    private Region buffers(PlanTreeRow row) {
        if (row.read().isEmpty() || columns.narrow()) {
            return figures(row.hit(), "", false);
        }
        var hit = Nodes.label(row.hit(), "plan-figure");
        var read = Nodes.label(" / " + row.read(), "plan-note");
        var line = new HBox(hit, read);
        line.setAlignment(Pos.BASELINE_RIGHT);
        return line;
    }

    private static Region extras(List<String> said) {
        if (said.isEmpty()) {
            return figures("–", "", false);
        }
        var box = new VBox(1);
        box.setAlignment(Pos.TOP_RIGHT);
        said.stream().limit(2).forEach(e -> box.getChildren().add(Nodes.label(e, "plan-note")));
        return box;
    }

    private Region fixed(Region node, Column column) {
        double width = columns.width(column);
        node.setMinWidth(width);
        node.setPrefWidth(width);
        node.setMaxWidth(width);
        return node;
    }

    private static Node problem(PlanProblem problem, PlanTreeRow row) {
        var title = new Text(problem.cause().title() + ". ");
        title.getStyleClass().addAll("plan-problem-text", "verdict-strong");
        var seen = new Text(problem.seen());
        seen.getStyleClass().add("plan-problem-text");
        var flow = new TextFlow(title, seen);
        flow.getStyleClass().addAll("plan-problem", problemRole(row).css());
        Nodes.tip(flow, problem.why() + "\n\n" + problem.remedy());
        var box = new VBox(flow);
        box.getStyleClass().add("plan-problem-place");
        return box;
    }

    private static Role problemRole(PlanTreeRow row) {
        return row.role() == Role.CRITICAL ? Role.CRITICAL : Role.WARNING;
    }
}
