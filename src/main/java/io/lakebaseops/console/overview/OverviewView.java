package io.lakebaseops.console.overview;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.ask.PinnedAnswers;
import io.lakebaseops.console.fleet.FleetView;
import io.lakebaseops.console.overview.OverviewViewModel.Range;
import io.lakebaseops.console.parts.GaugeTile;
import io.lakebaseops.console.parts.RowList;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.state.Alerts.Alert;

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

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The first screen: verdict, eight gauges, the last hours, and what waits, was done and was found.
public final class OverviewView extends ScreenView<OverviewViewModel> {
    private static final int MOST_COLUMNS = 8;
    private static final double LEAST_TILE = 150;
    private static final double LEAST_CHART = 112;

    private final OverviewRows rows;
    private final AlertRows alertRows;
    private final List<GaugeTile> tiles = new ArrayList<>();
    private final List<ChartCard> charts = new ArrayList<>();
    private final ChartLegend legend = new ChartLegend();
    private final MeasuredCard measured = new MeasuredCard();
    private final Map<Range, ToggleButton> rangeButtons = new EnumMap<>(Range.class);

    private EvidencePane pane;
    private @Nullable Zoom zoom;

    private final PinnedAnswers pinned;

    @FXML private HBox body;
    @FXML private ScrollPane scroll;
    @FXML private VBox content;
    @FXML private VerdictLine verdict;
    @FXML private HBox ranges;
    @FXML private GridPane gauges;
    @FXML private GridPane traffic;
    @FXML private Label waitingCount;
    @FXML private Label todayCount;
    @FXML private VBox chartCard;
    @FXML private HBox listsRow;
    @FXML private VBox rightColumn;
    @FXML private Label alertCount;
    @FXML private Label findingCount;
    @FXML private RowList waiting;
    @FXML private RowList today;
    @FXML private RowList alerts;
    @FXML private RowList findings;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public OverviewView(ConsoleSession session, OverviewViewModel model, PinnedAnswers pinned) {
        super(session, model);
        this.pinned = pinned;
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
            card.chart().onRange((from, to) -> zoomTo(new Zoom(from, to)));
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
        scroll.heightProperty().addListener((_, _, _) -> heighten());
        addRanges();
        for (var list : List.of(waiting, today, alerts, findings)) {
            list.placeholder("");
        }
        var modes = FleetView.modes(session, false);
        modes.visibleProperty().bind(session.knownProperty().greaterThan(1));
        modes.managedProperty().bind(modes.visibleProperty());
        verdict.getChildren().add(modes);
        content.getChildren().add(1, new StateBanner(model, session, gauges, chartCard, listsRow));
        chartCard.getChildren().addFirst(legend);
        rightColumn.getChildren().add(measured);
        // As wide as the others: the figures below would take the room of the lists.
        rightColumn.setMinWidth(280);
        pane = new EvidencePane(session, model, pinned);
        body.getChildren().add(pane.node());
        model.evidenceProperty().addListener((_, _, next) -> mark(next));
        model.rangeProperty()
                .addListener(
                        (_, _, r) -> {
                            zoom = null;
                            Objects.requireNonNull(rangeButtons.get(r)).setSelected(true);
                        });
        verdict.whileUnread(model, Messages.of("overview.loading"), Messages.of("overview.unread"));
        model.dataProperty().addListener((_, _, picture) -> show(picture));
        model.stateProperty().addListener((_, _, _) -> show(model.dataProperty().get()));
        show(model.dataProperty().get());
    }

    /// Two rows instead of one where the side pane leaves little width.
    private void arrange(double width) {
        boolean narrow = width < 900;
        if (gauges.getChildren().isEmpty() || narrow == gauges.getColumnCount() < MOST_COLUMNS) {
            return;
        }
        fill(gauges, tiles, narrow ? MOST_COLUMNS / 2 : MOST_COLUMNS);
        fill(traffic, charts, narrow ? 2 : 4);
        heighten();
    }

    /// On a large display the charts grow, too, not only the lists.
    private void heighten() {
        double one = Math.clamp(150 + (scroll.getHeight() - 824) * 0.45, LEAST_CHART, 400);
        int rows = traffic.getRowCount();
        traffic.setMinHeight(one * rows + 12 * (rows - 1));
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
        double one = nodes.getFirst() instanceof GaugeTile ? LEAST_TILE : LEAST_CHART;
        grid.setMinHeight(one * rows + 12 * (rows - 1));
        grid.setPrefHeight((one + (nodes.getFirst() instanceof GaugeTile ? 0 : 40)) * rows);
        grid.setMaxHeight((one + (nodes.getFirst() instanceof GaugeTile ? 40 : 300)) * rows);
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
            rangeButtons.put(range, button);
            ranges.getChildren().add(button);
        }
    }

    private void show(@Nullable OverviewSnapshot p) {
        if (p == null) {
            sayWhatIsUnread(model.stateProperty().get() == ScreenState.FAILED);
            return;
        }
        sayWhatIsEmpty();
        verdict.say(
                p.verdict().role(),
                p.verdict().sentence(),
                p.verdict().strong().toArray(String[]::new));
        for (int i = 0; i < tiles.size(); i++) {
            tiles.get(i).show(p.gauges().get(i));
        }
        for (int i = 0; i < charts.size(); i++) {
            charts.get(i).show(p.charts().get(i), zoom);
        }
        var shown = zoom;
        var first = p.charts().getFirst().picture();
        legend.show(
                shown == null ? first : first.within(shown.from(), shown.to()),
                session.zone(),
                shown == null ? null : () -> zoomTo(null));
        var lists = p.lists();
        waitingCount.setText(OverviewRows.waitingCount(lists));
        waiting.show(rows.waiting(lists));
        measured.show(lists, session.now(), session.zone());
        todayCount.setText(OverviewRows.todayCount(lists.today()));
        today.show(rows.today(lists.today()));
        alertCount.setText(AlertRows.count(p));
        alerts.show(alertRows.of(p));
        findingCount.setText(OverviewRows.findingCount(lists));
        findings.show(rows.findings(lists));
    }

    private void sayWhatIsUnread(boolean failed) {
        for (var list : List.of(waiting, today, alerts, findings)) {
            list.placeholder(failed ? Messages.of("overview.list.unread") : "");
        }
    }

    /// Only once it was read: an empty list before would say what nobody knows.
    private void sayWhatIsEmpty() {
        waiting.placeholder(Messages.of("overview.waiting.empty"));
        today.placeholder(Messages.of("overview.today.empty"));
        alerts.placeholder(Messages.of("overview.alerts.empty"));
        findings.placeholder(Messages.of("overview.findings.empty"));
    }

    /// A part of the range, chosen by dragging over a chart; all charts show it.
    record Zoom(Instant from, Instant to) {}

    private void zoomTo(@Nullable Zoom next) {
        zoom = next;
        show(model.dataProperty().get());
    }

    private void mark(@Nullable EvidenceContent shown) {
        var metrics = model.metrics().watched();
        for (int i = 0; i < tiles.size(); i++) {
            tiles.get(i)
                    .chosen(
                            shown instanceof EvidenceContent.Figure f
                                    && f.gauge().metric() == metrics.get(i).rule().metric());
        }
    }

    @Override
    public @Nullable Subject selection() {
        return switch (model.evidenceProperty().get()) {
            case EvidenceContent.Finding f -> f.stored().finding().subject();
            case EvidenceContent.Figure f ->
                    f.alerts().isEmpty() ? null : f.alerts().getFirst().subject();
            case EvidenceContent.Cause _ -> null;
            case null -> null;
        };
    }

    @Override
    public void reveal(String item) {
        var words = item.split(" ", 2);
        if (words[0].equals("finding")) {
            model.lookAtFinding(words[1]);
        } else {
            model.lookAt(MetricName.of(words[1]));
        }
    }

    /// 1 … 8 open a gauge, A acknowledges and M mutes the chosen alert, `[` and `]` change the
    /// range.
    @Override
    public boolean onKey(KeyEvent key) {
        if (key.isShortcutDown() || key.isAltDown()) {
            return false;
        }
        var code = key.getCode();
        if (code == KeyCode.ESCAPE && model.evidenceProperty().get() != null) {
            model.closeEvidence();
            return true;
        }
        if (code == KeyCode.ESCAPE && zoom != null) {
            zoomTo(null);
            return true;
        }
        if (code.isDigitKey()) {
            int number = code.getName().charAt(code.getName().length() - 1) - '1';
            if (number >= 0 && number < tiles.size()) {
                model.lookAt(new Gauge(model.metrics().watched().get(number)));
                return true;
            }
            return false;
        }
        var alert = chosenAlert();
        switch (code) {
            case OPEN_BRACKET -> model.range(-1);
            case CLOSE_BRACKET -> model.range(1);
            case A -> alert.ifPresent(model::acknowledge);
            case M ->
                    alert.ifPresent(
                            a -> {
                                model.lookAt(a.metric());
                                pane.askMute(a);
                            });
            default -> {
                return false;
            }
        }
        return true;
    }

    private Optional<Alert> chosenAlert() {
        var picture = model.dataProperty().get();
        var row = alerts.getSelectionModel().getSelectedItem();
        return picture == null || row == null
                ? Optional.empty()
                : picture.alerts().stream().filter(a -> a.id().equals(row.key())).findFirst();
    }
}
