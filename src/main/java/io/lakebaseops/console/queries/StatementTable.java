package io.lakebaseops.console.queries;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Sparkline;
import io.lakebaseops.console.parts.SqlLine;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.WaitClass;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// The table of the statements of a range, with bars of their load and lines of their trend.
final class StatementTable {
    private static final double BAR = 30;
    private static final String STATEMENT = Texts.of("Statement");

    private final DataTable<StatementLine> table =
            new DataTable<>(Texts.marked("statements"), StatementColumns.all(STATEMENT));
    private boolean showing;

    /// @param choose what a person selects
    /// @param open on a double click
    StatementTable(Consumer<StatementLine> choose, Runnable open) {
        table.table().setId("statements");
        table.grows(STATEMENT);
        table.picture(STATEMENT, 120, StatementTable::statement);
        table.picture(StatementColumns.LOAD, 104, StatementTable::load);
        table.picture(StatementColumns.TREND, 60, StatementTable::trend);
        table.table()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, line) -> {
                            if (!showing && line != null) {
                                choose.accept(line);
                            }
                        });
        table.table()
                .setOnMouseClicked(
                        e -> {
                            if (e.getClickCount() == 2) {
                                open.run();
                            }
                        });
    }

    DataTable<StatementLine> node() {
        return table;
    }

    /// In a narrow window the statement needs the room of the columns that are seldom read.
    void narrow(boolean on) {
        table.showColumn(StatementColumns.BUFFERS, !on);
        table.showColumn(StatementColumns.TEMP, !on);
        table.showColumn(StatementColumns.TREND, !on);
    }

    /// @param only the class by which the lines are ordered; null for all
    void show(
            List<StatementLine> lines,
            @Nullable WaitClass only,
            @Nullable StatementLine selected,
            String whenEmpty) {
        showing = true;
        table.placeholder(whenEmpty);
        table.show(
                only == null
                        ? lines
                        : lines.stream()
                                .sorted(
                                        Comparator.comparingDouble((StatementLine l) -> l.in(only))
                                                .reversed())
                                .toList());
        select(selected);
        showing = false;
    }

    void select(@Nullable StatementLine line) {
        if (line == null) {
            table.table().getSelectionModel().clearSelection();
            return;
        }
        table.table().getItems().stream()
                .filter(l -> l.key().equals(line.key()))
                .findFirst()
                .ifPresent(table.table().getSelectionModel()::select);
    }

    /// To the next line, or the one before.
    void step(int by) {
        var selection = table.table().getSelectionModel();
        int next =
                Math.clamp(
                        selection.getSelectedIndex() + by,
                        0,
                        Math.max(0, table.table().getItems().size() - 1));
        selection.clearAndSelect(next);
        table.table().scrollTo(Math.max(0, next - 3));
        focus();
    }

    void focus() {
        table.table().requestFocus();
    }

    boolean focused() {
        return table.table().isFocused();
    }

    private static Node statement(StatementLine line) {
        return line.queryId() == null ? Nodes.label(line.text()) : new SqlLine(line.text());
    }

    private static Node load(StatementLine line) {
        var figure = Nodes.label(Format.percent(line.share()), "plan-figure");
        figure.setMinWidth(50);
        figure.setAlignment(Pos.CENTER_RIGHT);
        var box = new HBox(4, LoadChart.bar(line, BAR), figure);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private static Node trend(StatementLine line) {
        var spark = new Sparkline();
        spark.show(
                line.trend().stream().mapToDouble(v -> v).toArray(),
                line.factor() > 1 ? StatementColumns.changeRole(line) : Role.INFO);
        return spark;
    }
}
