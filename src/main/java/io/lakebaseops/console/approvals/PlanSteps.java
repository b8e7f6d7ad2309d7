package io.lakebaseops.console.approvals;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;

import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.List;

/// The steps of a plan, each with its number, its statement and the lock it takes; what cannot be
/// taken back is tinted.
final class PlanSteps {
    private PlanSteps() {}

    static Region of(List<Step> steps) {
        var grid = new GridPane(12, 8);
        var number = new ColumnConstraints();
        var statement = new ColumnConstraints();
        statement.setHgrow(Priority.ALWAYS);
        statement.setMinWidth(0);
        var lock = new ColumnConstraints(150, 170, 200);
        grid.getColumnConstraints().setAll(number, statement, lock);
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var sql = new SqlView(PlanText.of(List.of(step)));
            if (steps.size() > 1) {
                grid.add(Nodes.label(Integer.toString(i + 1), "row-sub"), 0, i);
                grid.add(sql, 1, i);
            } else {
                grid.add(sql, 0, i, 2, 1);
            }
            grid.add(lock(step), 2, i);
        }
        return grid;
    }

    private static Region lock(Step step) {
        boolean lost = step.reversibility() == Reversibility.IRREVERSIBLE;
        var name = Nodes.wrapped(PlanText.lockName(step.lock()), "lock-name");
        var words = Nodes.wrapped(PlanText.lockWords(step.lock()), "row-sub");
        var box = new VBox(2, name, words);
        if (lost) {
            box.getChildren()
                    .add(
                            Nodes.wrapped(
                                    Texts.of("cannot be taken back"),
                                    "notice-text",
                                    Role.CRITICAL.css()));
        }
        return box;
    }
}
