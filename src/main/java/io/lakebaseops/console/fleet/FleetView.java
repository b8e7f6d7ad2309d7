package io.lakebaseops.console.fleet;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.fx.FxTicker;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.VerdictLine;

import javafx.beans.property.SimpleStringProperty;
import javafx.fxml.FXML;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The fleet: verdict, the worst of each measure, and a card for each server, worst first.
public final class FleetView extends ScreenView<FleetViewModel> {
    private static final double NARROW = 800;
    private static final double LARGE_WINDOW = 2000;
    private static final double LEAST_CARD = 170;
    private static final double LEAST_TALL_CARD = 300;

    private final List<MeasureTile> tiles = new ArrayList<>();
    private final List<FleetCell> cells = new ArrayList<>();
    private final FleetTools tools;
    private final FleetPane pane;
    private final FleetCounts counts = new FleetCounts();
    private final SimpleStringProperty all = new SimpleStringProperty("");
    private final FxTicker seconds;
    private int tileColumns;

    @FXML private HBox body;
    @FXML private VBox content;
    @FXML private VerdictLine verdict;
    @FXML private HBox modes;
    @FXML private GridPane measures;
    @FXML private ListView<FleetRow> list;
    @FXML private VBox nothing;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public FleetView(ConsoleSession session, FleetViewModel model) {
        super(session, model);
        tools = new FleetTools(model);
        pane = new FleetPane(session, model);
        seconds = new FxTicker(Duration.ofSeconds(1), model::tick);
        model.activeProperty()
                .addListener(
                        (_, _, on) -> {
                            if (on) {
                                seconds.start();
                            } else {
                                seconds.stop();
                            }
                        });
    }

    @FXML
    private void initialize() {
        modes.getChildren().add(modes(session, true));
        content.getChildren().add(1, new StateBanner(model, session));
        content.getChildren().add(content.getChildren().indexOf(list), tools);
        list.setCellFactory(
                _ -> {
                    var cell = new FleetCell(model, session, this::columns, this::cardHeight);
                    cells.add(cell);
                    return cell;
                });
        list.setFocusTraversable(true);
        list.widthProperty().addListener((_, _, _) -> arrange());
        var add =
                Nodes.button(
                        Texts.of("Add a server…"),
                        () -> session.goTo(new Destination(Destination.CONNECTIONS, null)),
                        "accent");
        add.setId("fleet-add");
        nothing.getChildren()
                .addAll(
                        Nodes.label(
                                Texts.of(
                                        "One server is known. Add another to see them side by side.")),
                        add);
        body.getChildren().add(pane.node());
        model.lookProperty().addListener((_, _, _) -> show());
        model.detailProperty().addListener((_, _, _) -> pane.show());
        verdict.whileUnread(model, Messages.of("overview.loading"), Messages.of("state.unread"));
        model.stateProperty().addListener((_, _, _) -> show());
        show();
    }

    /// The switch between one server and all.
    public static Segments<Boolean> modes(ConsoleSession session, boolean fleet) {
        var modes = new Segments<Boolean>();
        modes.add(false, Texts.of("One server"), "mode-one");
        modes.add(true, Texts.of("Fleet"), "mode-fleet");
        modes.select(fleet);
        modes.onChoice(
                all -> {
                    modes.select(fleet);
                    session.goTo(all ? Destination.fleet() : Destination.overview());
                });
        return modes;
    }

    @Override
    public TopBarText topBar() {
        return new TopBarText(Texts.of("All servers"), all, counts);
    }

    @Override
    public void reveal(String item) {
        model.select(item);
    }

    private boolean large() {
        return list.getScene() != null && list.getScene().getWidth() >= LARGE_WINDOW;
    }

    private double cardHeight() {
        return large() ? CardNode.TALL : CardNode.HEIGHT;
    }

    private int columns() {
        double least = large() ? LEAST_TALL_CARD : LEAST_CARD;
        return (int) Math.max(1, Math.floor((list.getWidth() - 16 + 8) / (least + 8)));
    }

    private void arrange() {
        boolean narrow = list.getWidth() < NARROW;
        int columns = narrow ? 4 : 8;
        if (columns != tileColumns && !tiles.isEmpty()) {
            tileColumns = columns;
            measures.getChildren().clear();
            measures.getColumnConstraints().clear();
            for (int i = 0; i < columns; i++) {
                var column = new ColumnConstraints();
                column.setPercentWidth(100.0 / columns);
                measures.getColumnConstraints().add(column);
            }
            for (int i = 0; i < tiles.size(); i++) {
                measures.add(tiles.get(i), i % columns, i / columns);
            }
        }
        show();
    }

    private void show() {
        var fleet = model.dataProperty().get();
        boolean empty = model.stateProperty().get() == ScreenState.EMPTY;
        nothing.setVisible(empty);
        nothing.setManaged(empty);
        for (var part : List.of(measures, tools, list)) {
            part.setVisible(!empty && fleet != null);
            part.setManaged(!empty && fleet != null);
        }
        if (fleet == null) {
            return;
        }
        var said = fleet.verdict();
        verdict.say(said.role(), said.sentence(), said.strong().toArray(String[]::new));
        boolean narrow = list.getWidth() < NARROW;
        for (int i = 0; i < fleet.tiles().size(); i++) {
            var tile = fleet.tiles().get(i);
            var metric = tile.watched().rule().metric();
            if (tiles.size() <= i) {
                tiles.add(new MeasureTile(metric, model::measure));
            }
            tiles.get(i).show(tile, metric == model.measure(), narrow);
        }
        if (tileColumns == 0 && list.getWidth() > 0) {
            arrange();
            return;
        }
        tools.show(fleet);
        counts.show(fleet);
        all.set(Integer.toString(fleet.cards().size()));
        fill(model.rows(columns()));
        pane.show();
    }

    /// Lines that are the same stay, so that a click that has begun meets what it began on.
    private void fill(List<FleetRow> rows) {
        var items = list.getItems();
        if (items.size() != rows.size()) {
            items.setAll(rows);
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).equals(items.get(i))) {
                items.set(i, rows.get(i));
            }
        }
        cells.forEach(FleetCell::draw);
    }

    /// Arrows walk over the cards, Enter opens one, `/` goes to the filter, G groups, M mutes.
    @Override
    public boolean onKey(KeyEvent key) {
        if (key.isShortcutDown() || key.isAltDown()) {
            return false;
        }
        boolean typing = key.getTarget() instanceof TextInputControl;
        if (key.getCode() == KeyCode.ESCAPE) {
            return leave(typing);
        }
        if (typing) {
            return false;
        }
        switch (key.getCode()) {
            case SLASH -> tools.focusFilter();
            case G -> model.group(model.grouping().next());
            case M -> pane.askMute();
            case LEFT -> step(-1, 0);
            case RIGHT -> step(1, 0);
            case UP -> step(0, -1);
            case DOWN -> step(0, 1);
            case ENTER -> {
                if (key.getTarget() instanceof javafx.scene.control.ButtonBase) {
                    return false;
                }
                model.selectedCard().ifPresent(model::open);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean leave(boolean typing) {
        if (typing) {
            list.requestFocus();
        } else if (model.selectedProperty().get() != null) {
            model.select(null);
        } else if (model.measure() != null) {
            model.measure(model.measure());
        } else {
            return false;
        }
        return true;
    }

    /// Along the line of cards, or to the same place of another line.
    private void step(int along, int lines) {
        var rows = new ArrayList<List<ServerCard>>();
        var places = new ArrayList<Integer>();
        for (int i = 0; i < list.getItems().size(); i++) {
            if (list.getItems().get(i) instanceof FleetRow.Cards c) {
                rows.add(c.cards());
                places.add(i);
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        var at = place(rows, model.selectedProperty().get());
        int line = at[0];
        int column = at[1] + along;
        if (line < 0) {
            line = 0;
            column = 0;
        } else if (lines != 0) {
            line = Math.clamp(line + lines, 0, rows.size() - 1);
        } else if (column < 0 && line > 0) {
            line--;
            column = rows.get(line).size() - 1;
        } else if (column >= rows.get(line).size() && line < rows.size() - 1) {
            line++;
            column = 0;
        }
        var cards = rows.get(line);
        model.select(cards.get(Math.clamp(column, 0, cards.size() - 1)).key());
        list.scrollTo(Math.max(0, places.get(line) - 1));
    }

    private static int[] place(List<List<ServerCard>> rows, @Nullable String key) {
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < rows.get(r).size(); c++) {
                if (rows.get(r).get(c).key().equals(key)) {
                    return new int[] {r, c};
                }
            }
        }
        return new int[] {-1, 0};
    }
}
