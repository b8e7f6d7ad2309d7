package io.lakebaseops.console.ask;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Exhibit;
import io.lakebaseops.domain.answer.Exhibit.ResultChart;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;
import io.lakebaseops.domain.answer.Exhibit.ResultText;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What shows that a verdict is true: the charts beside the first table, each with the line that
/// says where it was read; further tables and texts below.
final class EvidenceView {
    private static final int ROWS = 8;
    private static final int OWN_ROWS = 200;
    private static final int OWN_COLUMNS = 24;
    private static final double HEIGHT = 204;
    private static final double TALLEST = 300;
    private static final double NARROW = 560;

    private final AskThread thread;
    private final Turn turn;

    EvidenceView(AskThread thread, Turn turn) {
        this.thread = thread;
        this.turn = turn;
    }

    List<Node> show(Answer answer) {
        var charts = new ArrayList<ResultChart>();
        var tables = new ArrayList<ResultTable>();
        var nodes = new ArrayList<Node>();
        var texts = new ArrayList<Node>();
        for (var exhibit : answer.evidence()) {
            switch (exhibit) {
                case ResultChart chart -> charts.add(chart);
                case ResultTable table -> tables.add(table);
                case ResultText text -> {
                    // What is predicted stands at the foot of the card.
                    if (text.code() || text.origin() != Source.SIMULATED) {
                        texts.add(text(text));
                    }
                }
            }
        }
        var left = charts.isEmpty() ? null : charts(answer, charts);
        if (left != null && !tables.isEmpty()) {
            nodes.add(beside(left, table(tables.removeFirst())));
        } else if (left != null) {
            nodes.add(left);
        }
        tables.forEach(t -> nodes.add(table(t)));
        nodes.addAll(texts);
        return nodes;
    }

    private Node charts(Answer answer, List<ResultChart> charts) {
        boolean timed =
                answer.reading() != null
                        && answer.reading().slots().stream()
                                .anyMatch(s -> s.name().equals(ReadingChips.TIME));
        var drawn =
                new AnswerCharts(
                        charts,
                        timed
                                ? (from, to) ->
                                        thread.change(
                                                turn,
                                                ReadingChips.TIME,
                                                ReadingChips.range(from, to))
                                : null);
        drawn.height(HEIGHT);
        drawn.sceneProperty()
                .addListener(
                        (_, _, scene) -> {
                            if (scene != null) {
                                drawn.height(scene.getWidth() >= 2000 ? TALLEST : HEIGHT);
                            }
                        });
        var sources =
                charts.stream().map(Exhibit::source).distinct().collect(Collectors.joining(" · "));
        return new VBox(4, drawn, source(sources, charts.getFirst().origin(), ""));
    }

    /// Of one's own statement as much as one can look through, in a box of its own.
    private static Node own(ResultTable table) {
        var scroll = new ScrollPane(new ResultGrid(table, OWN_ROWS, OWN_COLUMNS, _ -> {}));
        scroll.setId("own-result");
        scroll.setMaxHeight(TALLEST);
        scroll.setFitToWidth(true);
        return new VBox(
                4,
                scroll,
                source(table.source(), table.origin(), ResultGrid.rest(table, OWN_ROWS)));
    }

    private Node table(ResultTable table) {
        if (turn.ownSql()) {
            return own(table);
        }
        var grid = new ResultGrid(table, ROWS, thread::goTo);
        var box =
                new VBox(
                        4,
                        grid,
                        source(table.source(), table.origin(), ResultGrid.rest(table, ROWS)));
        box.setMinWidth(0);
        return box;
    }

    private static Node text(ResultText text) {
        var shown =
                text.code() ? new SqlView(text.text()) : Nodes.wrapped(text.text(), "answer-words");
        return new VBox(4, shown, source(text.source(), text.origin(), ""));
    }

    private static Node source(String words, Source origin, String rest) {
        var label = Nodes.label(words, "row-sub");
        label.setGraphic(Nodes.icon(Feather.DATABASE, Role.MUTED));
        label.setMinWidth(0);
        var line = new HBox(8, label);
        if (origin == Source.SIMULATED) {
            line.getChildren().add(Nodes.pill(Texts.of("generated"), Role.SIMULATED));
        }
        if (!rest.isEmpty()) {
            line.getChildren().addAll(Nodes.spacer(), Nodes.label(rest, "row-sub"));
        }
        line.getStyleClass().add("row");
        return line;
    }

    /// Side by side where there is room, below each other in a drawer.
    private static Node beside(Node left, Node right) {
        var grid = new GridPane(18, 8);
        grid.setMinWidth(0);
        GridPane.setVgrow(left, Priority.ALWAYS);
        Runnable place =
                () -> {
                    boolean narrow = grid.getWidth() < NARROW;
                    var columns = new ArrayList<ColumnConstraints>();
                    columns.add(share(narrow ? 100 : 46));
                    if (!narrow) {
                        columns.add(share(54));
                    }
                    grid.getColumnConstraints().setAll(columns);
                    GridPane.setConstraints(left, 0, 0);
                    GridPane.setConstraints(right, narrow ? 0 : 1, narrow ? 1 : 0);
                };
        grid.getChildren().addAll(left, right);
        place.run();
        grid.widthProperty()
                .addListener(
                        (_, before, now) -> {
                            if ((before.doubleValue() < NARROW) != (now.doubleValue() < NARROW)) {
                                place.run();
                            }
                        });
        return grid;
    }

    private static ColumnConstraints share(double percent) {
        var column = new ColumnConstraints();
        column.setPercentWidth(percent);
        column.setMinWidth(0);
        return column;
    }
}
