package io.lakebaseops.console.overview;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.overview.OverviewViewModel.Range;
import io.lakebaseops.console.parts.GaugeTile;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowList;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.Format;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.List;

/// The first screen: verdict, eight gauges, the last hours, and what waits, was done and was found.
public final class OverviewView extends ScreenView<OverviewViewModel> {
    private static final int MOST_COLUMNS = 8;

    private final OverviewRows rows;
    private final AlertRows alertRows;
    private final List<GaugeTile> tiles = new ArrayList<>();
    private final List<ChartCard> charts = new ArrayList<>();

    @FXML private HBox body;
    @FXML private ScrollPane scroll;
    @FXML private VBox content;
    @FXML private VerdictLine verdict;
    @FXML private HBox counts;
    @FXML private HBox ranges;
    @FXML private GridPane gauges;
    @FXML private GridPane traffic;
    @FXML private GridPane lower;
    @FXML private Label waitingCount;
    @FXML private Label solved;
    @FXML private Label alertCount;
    @FXML private Label findingCount;
    @FXML private RowList waiting;
    @FXML private RowList today;
    @FXML private RowList alerts;
    @FXML private RowList findings;
    @FXML private RowList moments;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public OverviewView(ConsoleSession session, OverviewViewModel model) {
        super(session, model);
        rows = new OverviewRows(session, model);
        alertRows = new AlertRows(session, model);
    }

    @FXML
    private void initialize() {
        for (var watched : model.metrics().watched()) {
            var gauge = new Gauge(watched);
            var tile = new GaugeTile(gauge.title());
            tile.setId("gauge-" + gauge.metric().id());
            tile.setOnMouseClicked(_ -> model.lookAt(gauge));
            tile.setOnKeyPressed(
                    e -> {
                        if (e.getCode() == KeyCode.ENTER) {
                            model.lookAt(gauge);
                        }
                    });
            tiles.add(tile);
        }
        for (int i = 0; i < 4; i++) {
            var card = new ChartCard();
            if (i > 0) {
                card.chart()
                        .momentProperty()
                        .bindBidirectional(charts.getFirst().chart().momentProperty());
            }
            charts.add(card);
        }
        fill(gauges, tiles, MOST_COLUMNS);
        fill(traffic, charts, 4);
        scroll.widthProperty().addListener((_, _, w) -> arrange(w.doubleValue()));
        addRanges();
        for (var list : List.of(waiting, today, alerts, findings, moments)) {
            list.placeholder("");
        }
        content.getChildren().add(1, new StateBanner(model, session, gauges, traffic, lower));
        body.getChildren().add(new EvidencePane(session, model).node());
        model.dataProperty().addListener((_, _, picture) -> show(picture));
        model.stateProperty().addListener((_, _, _) -> show(model.dataProperty().get()));
        show(model.dataProperty().get());
    }

    /// Two rows instead of one where the side pane leaves little width.
    private void arrange(double width) {
        boolean narrow = width < 1250;
        if (gauges.getChildren().isEmpty() || narrow == gauges.getColumnCount() < MOST_COLUMNS) {
            return;
        }
        fill(gauges, tiles, narrow ? MOST_COLUMNS / 2 : MOST_COLUMNS);
        fill(traffic, charts, narrow ? 2 : 4);
    }

    private static void fill(GridPane grid, List<? extends Region> nodes, int columns) {
        int rows = (nodes.size() + columns - 1) / columns;
        grid.getChildren().clear();
        grid.getColumnConstraints().clear();
        for (int i = 0; i < columns; i++) {
            var column = new ColumnConstraints();
            column.setPercentWidth(100.0 / columns);
            grid.getColumnConstraints().add(column);
        }
        for (int i = 0; i < nodes.size(); i++) {
            grid.add(nodes.get(i), i % columns, i / columns);
            GridPane.setHgrow(nodes.get(i), Priority.ALWAYS);
            GridPane.setVgrow(nodes.get(i), Priority.ALWAYS);
        }
        double one = nodes.getFirst() instanceof GaugeTile ? 152 : 122;
        grid.setMinHeight(one * rows + 12 * (rows - 1));
        grid.setPrefHeight((one + 26) * rows);
        grid.setMaxHeight((one + 60) * rows);
    }

    private void addRanges() {
        var group = new ToggleGroup();
        for (var range : Range.values()) {
            var button = new ToggleButton(range.words());
            button.getStyleClass().add("segment");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setToggleGroup(group);
            button.setSelected(range == model.rangeProperty().get());
            button.setOnAction(
                    _ -> {
                        button.setSelected(true);
                        model.show(range);
                    });
            ranges.getChildren().add(button);
        }
    }

    private void show(@org.jspecify.annotations.Nullable OverviewSnapshot p) {
        if (p == null) {
            boolean failed = model.stateProperty().get() == ScreenState.FAILED;
            verdict.loading(Messages.of(failed ? "overview.unread" : "overview.loading"));
            return;
        }
        sayWhatIsEmpty();
        verdict.say(p.verdict().role(), p.verdict().sentence());
        showCounts(p);
        for (int i = 0; i < tiles.size(); i++) {
            tiles.get(i).show(p.gauges().get(i));
        }
        for (int i = 0; i < charts.size(); i++) {
            charts.get(i).show(p.charts().get(i));
        }
        waitingCount.setText(Format.count(p.waiting().size(), "plan"));
        waiting.show(rows.waiting(p.waiting()));
        var lists = p.lists();
        solved.setText(
                lists.today()
                        .solved()
                        .map(
                                s ->
                                        Messages.of(
                                                "overview.solved",
                                                Format.briefly(s.median()),
                                                s.alerts()))
                        .orElse(""));
        today.show(rows.today(lists.today()));
        alertCount.setText(AlertRows.count(p));
        alerts.show(alertRows.of(p));
        findingCount.setText(lists.findingCount() == 0 ? "" : lists.findingCount() + " open");
        findings.show(rows.findings(p.findings()));
        moments.show(rows.moments(lists.moments()));
    }

    /// Only once it was read: an empty list before would say what nobody knows.
    private void sayWhatIsEmpty() {
        waiting.placeholder(Messages.of("overview.waiting.empty"));
        today.placeholder(Messages.of("overview.today.empty"));
        alerts.placeholder(Messages.of("overview.alerts.empty"));
        findings.placeholder(Messages.of("overview.findings.empty"));
        moments.placeholder(Messages.of("overview.moments.empty"));
    }

    private void showCounts(OverviewSnapshot p) {
        counts.getChildren().clear();
        for (var role : List.of(Role.CRITICAL, Role.WARNING, Role.OK, Role.UNAVAILABLE)) {
            long n = p.gauges().stream().filter(g -> g.role() == role).count();
            if (n > 0) {
                var word = role == Role.UNAVAILABLE ? "without value" : role.word();
                counts.getChildren().add(Nodes.pill(n + " " + word, role));
            }
        }
    }

    @Override
    public boolean onKey(KeyEvent key) {
        if (key.getCode() == KeyCode.ESCAPE && model.evidenceProperty().get() != null) {
            model.closeEvidence();
            return true;
        }
        return false;
    }
}
