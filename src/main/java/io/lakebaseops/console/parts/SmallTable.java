package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Rows;

import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

import org.jspecify.annotations.Nullable;

/// A few rows of evidence, as they came from the server; numbers to the right.
public final class SmallTable extends GridPane {
    private static final int MAX_COLUMNS = 7;

    /// Few rows with many columns stand upright, a line per column, so that nothing is cut.
    private static final int FEW_ROWS = 2;

    private static final int FEW_COLUMNS = 4;
    private static final int MAX_LINES = 8;

    public SmallTable(Rows rows, int maxRows) {
        getStyleClass().add("small-table");
        if (rows.isEmpty()) {
            return;
        }
        if (rows.size() <= FEW_ROWS && rows.list().getFirst().size() > FEW_COLUMNS) {
            upright(rows);
            return;
        }
        int c = 0;
        for (var name : rows.list().getFirst().keySet()) {
            if (c == MAX_COLUMNS) {
                break;
            }
            addColumn(rows, name, c++, maxRows);
        }
        if (rows.size() > maxRows) {
            add(
                    Nodes.label(
                            Texts.of("and %s more", Texts.count(rows.size() - maxRows, "row")),
                            "row-sub"),
                    0,
                    maxRows + 1,
                    Math.max(1, c),
                    1);
        }
    }

    private void upright(Rows rows) {
        var names = new ColumnConstraints();
        names.setMinWidth(USE_PREF_SIZE);
        getColumnConstraints().add(names);
        for (int c = 0; c < rows.size(); c++) {
            var values = new ColumnConstraints();
            values.setHgrow(Priority.SOMETIMES);
            getColumnConstraints().add(values);
        }
        int line = 0;
        for (var name : rows.list().getFirst().keySet()) {
            boolean says =
                    rows.list().stream()
                            .map(row -> row.get(name))
                            .anyMatch(v -> v != null && !v.toString().isBlank());
            if (!says || line == MAX_LINES) {
                continue;
            }
            add(Nodes.label(name.replace('_', ' '), "small-head"), 0, line);
            int c = 1;
            for (var row : rows.list()) {
                var text = text(row.get(name));
                Label cell = Nodes.label(text, "small-cell");
                Nodes.tip(cell, text);
                add(cell, c++, line);
            }
            line++;
        }
    }

    private void addColumn(Rows rows, String name, int c, int maxRows) {
        boolean numbers =
                rows.list().stream().allMatch(r -> r.get(name) == null || isNumber(r.get(name)));
        var constraint = new ColumnConstraints();
        constraint.setHalignment(numbers ? HPos.RIGHT : HPos.LEFT);
        constraint.setHgrow(numbers ? Priority.NEVER : Priority.SOMETIMES);
        constraint.setMinWidth(numbers ? USE_PREF_SIZE : 48);
        getColumnConstraints().add(constraint);
        add(Nodes.label(name.replace('_', ' '), "small-head"), c, 0);
        int r = 1;
        for (var row : rows.head(maxRows).list()) {
            var text = text(row.get(name));
            Label cell = Nodes.label(text, "small-cell");
            if (text.length() > 24) {
                Nodes.tip(cell, text);
            }
            add(cell, c, r++);
        }
    }

    private static boolean isNumber(@Nullable Object value) {
        return value instanceof Number;
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "–";
            case Double d -> Format.digits(d);
            case Float f -> Format.digits(f);
            case java.math.BigDecimal d -> Format.digits(d.doubleValue());
            case Long l -> Format.grouped(l);
            case Integer i -> Format.grouped(i);
            case Short s -> Format.grouped(s);
            default -> value.toString();
        };
    }
}
