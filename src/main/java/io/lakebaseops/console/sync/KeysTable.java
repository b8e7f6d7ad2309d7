package io.lakebaseops.console.sync;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.DataTable.Column;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;
import io.lakebaseops.reconcile.DifferingKey;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Keys that differ, a line for each group of alike ones; the chevron opens the group.
final class KeysTable {
    private static final String KEY = Texts.of("Key");
    private static final String CLASS = Texts.of("Class");
    private static final double NARROW = 900;

    private final ConsoleSession session;
    private final SyncViewModel model;
    private final DataTable<KeyLine> table;
    private boolean showing;
    private List<String> columns = List.of();

    KeysTable(ConsoleSession session, SyncViewModel model) {
        this.session = session;
        this.model = model;
        table =
                new DataTable<>(
                        Texts.marked("keys"),
                        List.of(
                                Column.text(KEY, 150, l -> l.key().keyText()),
                                Column.text(CLASS, 112, l -> Texts.of(l.key().kind().label())),
                                Column.number(
                                        Texts.of("Alike"),
                                        60,
                                        l -> l.alike() == 0 ? "" : Format.grouped(l.alike()),
                                        Comparator.comparingInt(KeyLine::alike)),
                                Column.text(Texts.of("Columns"), 124, KeysTable::columns),
                                Column.text(
                                        Texts.of("PostgreSQL"),
                                        180,
                                        l -> values(l.key(), l.key().source())),
                                Column.text(
                                        Texts.of("Delta"),
                                        180,
                                        l -> values(l.key(), l.key().delta())),
                                Column.text(Texts.of("Changed"), 90, this::changed)));
        table.table().setId("differing-keys");
        table.picture(KEY, 110, this::drawKey);
        table.picture(CLASS, 112, KeysTable::drawClass);
        table.hideBelow(NARROW, Texts.of("Changed"));
        table.placeholder(Texts.of("No key differs"));
        table.table()
                .getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, l) -> {
                            if (!showing && l != null) {
                                model.selectKey(l.key());
                            }
                        });
    }

    DataTable<KeyLine> node() {
        return table;
    }

    void show(List<KeyLine> lines, List<String> compared, @Nullable DifferingKey selected) {
        columns = List.copyOf(compared);
        showing = true;
        table.show(lines);
        lines.stream()
                .filter(l -> l.key().equals(selected))
                .findFirst()
                .ifPresentOrElse(
                        l -> table.table().getSelectionModel().select(l),
                        () -> table.table().getSelectionModel().clearSelection());
        showing = false;
    }

    private static String columns(KeyLine l) {
        return l.key().columns().isEmpty()
                ? Texts.of("whole row")
                : String.join(", ", l.key().columns());
    }

    private String values(DifferingKey key, @Nullable List<@Nullable String> row) {
        if (row == null) {
            return "–";
        }
        var wanted = key.columns().isEmpty() ? columns : key.columns();
        return wanted.stream()
                .map(columns::indexOf)
                .filter(i -> i >= 0 && i < row.size())
                .map(row::get)
                .map(v -> v == null ? "NULL" : v)
                .collect(Collectors.joining(" · "));
    }

    private String changed(KeyLine l) {
        var at = l.key().changedAt();
        return at == null ? "–" : Texts.clock(at, session.now(), session.zone());
    }

    private Node drawKey(KeyLine l) {
        var key = Nodes.label(l.key().keyText(), l.alike() == 0 ? "row-sub" : "small-cell");
        var line = new HBox(6, key);
        line.setAlignment(Pos.CENTER_LEFT);
        if (l.alike() > 1) {
            var fold =
                    Nodes.iconButton(
                            l.open() ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT,
                            l.open()
                                    ? Texts.of("Close the group")
                                    : Texts.of("List the keys of the group"),
                            () -> model.fold(l.group()));
            fold.getStyleClass().add("fold");
            line.getChildren().addFirst(fold);
        } else {
            line.getStyleClass().add(l.alike() == 0 ? "folded-key" : "single-key");
        }
        return line;
    }

    private static Node drawClass(KeyLine l) {
        var kind = l.key().kind();
        var role = SyncWords.role(kind);
        var label = Nodes.label(Texts.of(kind.label()), "state-word", role.css());
        if (l.alike() > 0) {
            label.setGraphic(Nodes.icon(icon(l.key()), role));
        }
        return label;
    }

    static Feather icon(DifferingKey key) {
        return switch (key.kind()) {
            case MISSING -> Feather.MINUS_CIRCLE;
            case EXTRA -> Feather.PLUS_CIRCLE;
            case STALE -> Feather.CLOCK;
            case TYPE_DRIFT -> Feather.TYPE;
            case TIME_ZONE -> Feather.GLOBE;
            case FLOAT -> Feather.HASH;
        };
    }
}
