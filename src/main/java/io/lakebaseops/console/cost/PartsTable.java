package io.lakebaseops.console.cost;

import io.lakebaseops.agents.health.operations.Costs;
import io.lakebaseops.agents.health.operations.SuspendAdvice;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// The parts of the bill as rows; the last row is the bill and equals their sum to the cent.
final class PartsTable extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private final List<String> lines = new ArrayList<>();

    PartsTable() {
        setId("cost-parts");
        getStyleClass().add("cost-table");
    }

    void show(
            CostSnapshot p,
            List<PartColors> parts,
            @Nullable String chosen,
            Consumer<String> open) {
        var costs = p.shown();
        boolean branches = p.by() == Costs.By.BRANCH;
        lines.clear();
        getChildren().clear();
        var what = what(p.by());
        add(
                cells(
                        Nodes.label(what, "small-head"),
                        branches ? Texts.of("CU h") : "",
                        Texts.of("Cost"),
                        Texts.of("Share"),
                        Texts.of("vs before"),
                        branches ? Texts.of("Suspends") : "",
                        null,
                        "small-head"),
                null,
                false,
                open);
        var cents = Money.cents(parts.stream().map(x -> x.part().cost()).toList());
        var units = BigDecimal.ZERO;
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            units = units.add(part.part().computeUnits());
            var advice = branches ? p.advice(part.key()).orElse(null) : null;
            var key =
                    branches && part.key() != null && p.branch(part.key()).isPresent()
                            ? part.key()
                            : null;
            var row =
                    cells(
                            name(part),
                            branches ? hours(part.part().computeUnits()) : "",
                            Money.of(cents.get(i), costs.currency()),
                            share(part.part().cost(), costs.total()),
                            change(part.part()),
                            sleeps(advice),
                            advice != null && advice.worthwhile() ? Role.WARNING : null,
                            "cost-cell");
            add(row, key, key != null && key.equals(chosen), open);
            lines.add(part.name() + "," + cents.get(i));
        }
        var sum = cents.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        var bill = p.branches().total().setScale(2, RoundingMode.HALF_UP);
        var difference = sum.subtract(bill);
        var last =
                cells(
                        Nodes.label(Texts.of("Sum = bill"), "cost-cell", "cost-strong"),
                        branches ? hours(units) : "",
                        Money.of(sum, costs.currency()),
                        "100 %",
                        "",
                        Texts.of("difference %s", Money.of(difference, costs.currency())),
                        difference.signum() == 0 ? Role.MUTED : Role.CRITICAL,
                        "cost-cell");
        last.setId("cost-sum-row");
        last.getStyleClass().add("cost-sum-row");
        getChildren().add(last);
        lines.add("sum," + sum);
    }

    static String what(Costs.By by) {
        return switch (by) {
            case BRANCH -> Texts.of("Branch");
            case ROLE -> Texts.of("Role");
            case APPLICATION -> Texts.of("Application");
            case STATEMENT -> Texts.of("Statement");
        };
    }

    /// As CSV, with the sum as its last line.
    String csv() {
        return "part,cost\r\n" + String.join("\r\n", lines) + "\r\n";
    }

    static String hours(BigDecimal units) {
        return units.signum() == 0 ? "–" : Format.grouped(units.doubleValue());
    }

    static String share(BigDecimal part, BigDecimal total) {
        return total.signum() == 0 ? "–" : Format.percent(part.doubleValue() / total.doubleValue());
    }

    static String change(Costs.Part part) {
        var before = part.before();
        if (before == null) {
            return "–";
        }
        if (before.signum() <= 0) {
            return Texts.of("new");
        }
        double by = part.cost().doubleValue() / before.doubleValue() - 1;
        return String.format(Locale.ENGLISH, "%s%.0f %%", by < 0 ? "−" : "+", Math.abs(by) * 100);
    }

    static String sleeps(@Nullable SuspendAdvice advice) {
        if (advice == null) {
            return "–";
        }
        var today = TimeoutCurve.words(advice.today());
        return advice.worthwhile() ? today + " → " + TimeoutCurve.words(advice.best()) : today;
    }

    private static Node name(PartColors part) {
        var swatch = new Region();
        swatch.getStyleClass().addAll("cost-swatch", part.style());
        var label = Nodes.label(part.name(), "cost-cell");
        label.setMinWidth(0);
        return Nodes.row(swatch, label);
    }

    private static GridPane cells(
            Node name,
            String units,
            String cost,
            String share,
            String change,
            String sleeps,
            @Nullable Role sleepsRole,
            String style) {
        var row = new GridPane();
        row.getStyleClass().add("cost-row");
        double[] widths = {0, 10, 16, 12, 13, 23};
        for (double width : widths) {
            var column = new ColumnConstraints();
            if (width == 0) {
                column.setPercentWidth(26);
                column.setHgrow(Priority.ALWAYS);
            } else {
                column.setPercentWidth(width);
                column.setHalignment(HPos.RIGHT);
            }
            row.getColumnConstraints().add(column);
        }
        row.getColumnConstraints().getLast().setHalignment(HPos.LEFT);
        row.add(name, 0, 0);
        var texts = List.of(units, cost, share, change, sleeps);
        for (int c = 0; c < texts.size(); c++) {
            Label cell = Nodes.label(texts.get(c), style);
            cell.setMinWidth(0);
            if (c == texts.size() - 1) {
                cell.getStyleClass().add("cost-sleeps");
                if (sleepsRole != null) {
                    cell.getStyleClass().add(sleepsRole.css());
                }
            }
            row.add(cell, c + 1, 0);
        }
        return row;
    }

    private void add(GridPane row, @Nullable String key, boolean chosen, Consumer<String> open) {
        row.pseudoClassStateChanged(CHOSEN, chosen);
        if (key != null) {
            row.setId("part-" + key);
            row.setFocusTraversable(true);
            row.getStyleClass().add("clickable");
            row.setAccessibleText(Texts.of("Branch %s", key));
            row.setOnMouseClicked(_ -> open.accept(key));
            row.setOnKeyPressed(
                    e -> {
                        if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
                            open.accept(key);
                            e.consume();
                        }
                    });
        }
        getChildren().add(row);
    }
}
