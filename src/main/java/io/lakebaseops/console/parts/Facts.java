package io.lakebaseops.console.parts;

import javafx.geometry.VPos;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// Names and values below each other, the names quiet and of one width.
public final class Facts extends GridPane {
    private int lines;

    public Facts() {
        getStyleClass().add("facts");
        var names = new ColumnConstraints();
        names.setMinWidth(USE_PREF_SIZE);
        var values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        values.setMinWidth(0);
        getColumnConstraints().addAll(names, values);
    }

    public Facts add(String name, String value) {
        return add(name, value, null);
    }

    /// @param role colours the value; null for the plain colour
    public Facts add(String name, String value, @org.jspecify.annotations.Nullable Role role) {
        var label = Nodes.label(name, "fact-name");
        var text = Nodes.wrapped(value, "fact-value");
        if (role != null) {
            text.getStyleClass().add(role.css());
        }
        GridPane.setValignment(label, VPos.TOP);
        add(label, 0, lines);
        add(text, 1, lines++);
        return this;
    }
}
