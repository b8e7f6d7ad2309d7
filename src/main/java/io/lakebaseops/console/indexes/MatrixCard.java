package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.TableMatrix;
import io.lakebaseops.agents.performance.indexes.TableMatrix.Entry;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.Matrix;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Format;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All indexes of one table side by side: redundancy is seen, not read.
final class MatrixCard {
    private static final double CELL_WIDTH = 46;
    private static final double CELL_HEIGHT = 29;

    /// Below it the figures go into the tooltips.
    private static final double NARROW = 800;

    /// Below it the marks explain themselves by their tooltips alone.
    private static final double LEGEND = 1120;

    private final ConsoleSession session;
    private final IndexesViewModel model;
    private final VBox card;
    private final MenuButton tables = new MenuButton();
    private final Label name = Nodes.label("", "strong-quiet");
    private final Label words = Nodes.label("", "card-note");
    private final TextField other = new TextField();
    private final HBox head;
    private final StackPane place = new StackPane();
    private final HBox foot = Nodes.row();
    private String csv = "";

    MatrixCard(ConsoleSession session, IndexesViewModel model, VBox card) {
        this.session = session;
        this.model = model;
        this.card = card;
        tables.setId("table-choice");
        tables.setAccessibleText(Messages.of("indexes.matrix.choose"));
        tables.setGraphic(name);
        tables.getStyleClass().add("branch-switch");
        tables.setMinWidth(Region.USE_PREF_SIZE);
        other.setId("table-name");
        other.getStyleClass().add("filter");
        other.setPromptText(Messages.of("indexes.matrix.other"));
        other.setOnAction(
                _ -> {
                    model.openNamed(other.getText());
                    other.clear();
                });
        words.setId("matrix-words");
        words.setMinWidth(0);
        head =
                Nodes.row(
                        tables,
                        words,
                        Nodes.spacer(),
                        legend("1", "key", Messages.of("indexes.legend.key")),
                        legend("+", "include", "INCLUDE"),
                        legend("ƒ", "key", Messages.of("indexes.legend.expression")),
                        Nodes.row(
                                Nodes.icon(Feather.FILTER, Role.MUTED),
                                Nodes.label("WHERE", "row-sub")),
                        other,
                        Nodes.iconButton(
                                Feather.REFRESH_CW,
                                Messages.of("indexes.matrix.again"),
                                model::readTable),
                        Nodes.iconButton(
                                Feather.COPY,
                                Messages.of("indexes.matrix.copy"),
                                () -> SqlView.copy(csv)));
        foot.getStyleClass().add("hot-line");
        VBox.setVgrow(place, Priority.ALWAYS);
        other.setPrefWidth(140);
        card.getChildren().addAll(head, place, foot);
        card.widthProperty().addListener((_, _, _) -> show());
        model.tableProperty().addListener((_, _, _) -> show());
        model.detailProperty().addListener((_, _, _) -> show());
    }

    private static Node legend(String mark, String shape, String words) {
        var label = Nodes.label(mark, "matrix-mark", "shape-" + shape);
        var row = Nodes.row(label, Nodes.label(words, "row-sub"));
        row.setSpacing(5);
        row.setMinWidth(Region.USE_PREF_SIZE);
        return row;
    }

    void show(IndexesSnapshot p) {
        tables.getItems()
                .setAll(
                        p.tables().stream()
                                .map(
                                        t -> {
                                            var item =
                                                    new MenuItem(
                                                            "%s.%s   %s"
                                                                    .formatted(
                                                                            t.schema(),
                                                                            t.table(),
                                                                            t.bytesFreed() > 0
                                                                                    ? Format.size(
                                                                                            t
                                                                                                    .bytesFreed())
                                                                                    : ""));
                                            item.setMnemonicParsing(false);
                                            item.setOnAction(_ -> model.open(t));
                                            return item;
                                        })
                                .toList());
        show();
    }

    private void show() {
        var view = model.tableProperty().get();
        boolean narrow = card.getWidth() > 0 && card.getWidth() < NARROW;
        boolean legend = card.getWidth() >= LEGEND;
        for (var node : head.getChildren().subList(3, 7)) {
            node.setVisible(legend);
            node.setManaged(legend);
        }
        name.setText(
                view == null
                        ? Messages.of("indexes.matrix.choose")
                        : view.schema() + "." + view.table());
        foot.setVisible(false);
        foot.setManaged(false);
        csv = "";
        switch (view) {
            case null ->
                    words("", Nodes.wrapped(Messages.of("indexes.matrix.none"), "placeholder"));
            case TableView.Reading _ ->
                    words("", Nodes.label(Messages.of("indexes.matrix.reading"), "placeholder"));
            case TableView.Unread u -> unread(u);
            case TableView.Read r -> read(r, narrow);
        }
    }

    private void words(String text, Node content) {
        words.setText(text);
        place.getChildren().setAll(content);
    }

    private void unread(TableView.Unread u) {
        var again =
                Nodes.button(
                        Messages.of(u.asleep() ? "indexes.matrix.wake" : "indexes.matrix.again"),
                        model::readTable,
                        "small");
        again.setId("read-table");
        var box = new VBox(8, Nodes.wrapped(u.why(), "placeholder"), again);
        box.setAlignment(javafx.geometry.Pos.CENTER);
        words("", box);
    }

    private void read(TableView.Read read, boolean narrow) {
        var t = read.matrix();
        var open = model.detailProperty().get();
        var lines =
                new MatrixLines(
                        read,
                        findings(t),
                        open == null ? null : open.line().finding().subject().name(),
                        narrow,
                        session.now(),
                        session.zone(),
                        model::open);
        var matrix = new Matrix(CELL_WIDTH, CELL_HEIGHT);
        matrix.setId("index-matrix");
        matrix.getStyleClass().add("index-matrix");
        var all = lines.all();
        matrix.show(lines.columns(), narrow ? MatrixLines.FEW : MatrixLines.TAILS, all);
        var scroll = new ScrollPane(matrix);
        scroll.setFitToWidth(true);
        scroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinHeight(Region.USE_PREF_SIZE);
        long bytes = t.indexes().stream().mapToLong(Entry::bytes).sum();
        words(
                Messages.of(
                        "indexes.matrix.words",
                        Format.size(bytes),
                        Format.large(t.rowCount()).toString(),
                        Format.size(t.bytes()),
                        Format.time(t.at(), session.zone())),
                scroll);
        csv = csv(t);
        hot(t);
    }

    /// One index may have several findings; the first in the list's order counts.
    private Map<String, FindingLine> findings(TableMatrix t) {
        var picture = model.dataProperty().get();
        var found = new HashMap<String, FindingLine>();
        var open = model.detailProperty().get();
        Stream.concat(
                        open == null ? Stream.of() : Stream.of(open.line()),
                        picture == null ? Stream.of() : picture.lines().stream())
                .filter(l -> l.ignored() == null)
                .filter(
                        l ->
                                t.schema().equals(l.finding().subject().schema())
                                        && t.table().equals(l.finding().subject().table())
                                        && t.database().equals(l.finding().subject().database()))
                .forEach(l -> found.putIfAbsent(l.finding().subject().name(), l));
        return found;
    }

    /// Updates that touch no indexed column write no index: what keeps them from that is said.
    private void hot(TableMatrix t) {
        var share = t.hotShare();
        if (share == null || t.updates() < 1000) {
            return;
        }
        var percent = Format.percent(share);
        foot.getChildren()
                .setAll(
                        Nodes.icon(Feather.INFO, Role.INFO),
                        Nodes.wrapped(
                                share < 0.01
                                        ? Messages.of(
                                                "indexes.hot.none",
                                                t.schema() + "." + t.table(),
                                                Format.grouped(t.indexes().size()))
                                        : Messages.of(
                                                "indexes.hot",
                                                percent,
                                                t.schema() + "." + t.table(),
                                                Format.grouped(t.indexes().size())),
                                "row-sub"));
        foot.setVisible(true);
        foot.setManaged(true);
    }

    private static String csv(TableMatrix t) {
        return "index,keys,include,predicate,bytes,scans\r\n"
                + t.indexes().stream()
                        .map(
                                e ->
                                        List.of(
                                                        e.name(),
                                                        keys(e),
                                                        String.join(" ", e.included()),
                                                        none(e.predicate()),
                                                        Long.toString(e.bytes()),
                                                        Long.toString(e.scans()))
                                                .stream()
                                                .map(c -> '"' + c.replace("\"", "\"\"") + '"')
                                                .collect(Collectors.joining(",")))
                        .collect(Collectors.joining("\r\n"))
                + "\r\n";
    }

    private static String keys(Entry e) {
        return e.keys().stream().map(TableMatrix.Key::words).collect(Collectors.joining(" "));
    }

    private static String none(@Nullable String text) {
        return text == null ? "" : text;
    }
}
