package io.lakebaseops.console.sync;

import io.lakebaseops.agents.health.sync.MergeText;
import io.lakebaseops.agents.health.sync.SyncMonitor.Pair;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Format;
import io.lakebaseops.reconcile.DifferenceClass;
import io.lakebaseops.reconcile.DifferingKey;
import io.lakebaseops.reconcile.PairCheck;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Both versions of one key column by column, why it is called what it is called, and the repair.
final class KeyPane {
    private final ConsoleSession session;
    private final SyncViewModel model;
    private final SidePane pane;

    KeyPane(ConsoleSession session, SyncViewModel model) {
        this.session = session;
        this.model = model;
        pane = new SidePane("sync-key", () -> model.selectKey(null));
    }

    SidePane node() {
        return pane;
    }

    void show() {
        var key = model.selectionProperty().get().key();
        var pair = model.pair().orElse(null);
        var check = model.check().orElse(null);
        if (key == null || pair == null || check == null) {
            pane.hide();
            return;
        }
        var role = SyncWords.role(key.kind());
        pane.title(
                null,
                "%s, %s %s"
                        .formatted(
                                pair.name(), String.join(", ", check.keyColumns()), key.keyText()),
                List.of(Nodes.pill(Texts.of(key.kind().label()), role)));
        var keys = model.shownKeys();
        pane.note(
                Texts.of(
                        "%s · bucket %s · key %d of %s",
                        key.columns().isEmpty()
                                ? Texts.of("the whole row")
                                : Texts.of(
                                        "%d of %d columns differ",
                                        key.columns().size(), check.columns().size()),
                        Format.grouped(key.bucket()),
                        Math.max(1, keys.indexOf(key) + 1),
                        Format.grouped(keys.size())));
        var content = new ArrayList<Node>();
        content.add(versions(key, check));
        content.add(card(why(key), evidence(key, check)));
        content.add(card(repairTitle(), repair(pair, check)));
        pane.content(pair.name() + key.key(), content);
        pane.acts(null, acts(pair, check));
    }

    private static Node card(String title, List<? extends Node> content) {
        var card = new VBox(8, Nodes.label(title, "card-title"));
        card.getStyleClass().addAll("card", "pane-card");
        card.getChildren().addAll(content);
        return card;
    }

    private Node versions(DifferingKey key, PairCheck check) {
        var grid = new GridPane();
        grid.getStyleClass().add("versions");
        grid.setId("versions");
        for (double share : new double[] {26, 37, 37}) {
            var column = new ColumnConstraints();
            column.setPercentWidth(share);
            grid.getColumnConstraints().add(column);
        }
        grid.addRow(
                0,
                Nodes.label(Texts.of("Column"), "small-head"),
                side(
                        Texts.of("PostgreSQL"),
                        Texts.of("snapshot %s", Format.time(check.point().at(), session.zone()))),
                side(Texts.of("Delta"), Texts.of("version %s", Format.grouped(check.version()))));
        for (int i = 0; i < check.columns().size(); i++) {
            var name = check.columns().get(i);
            boolean differs = key.columns().contains(name);
            grid.addRow(
                    i + 1,
                    cell(Nodes.label(name, "small-cell"), differs, true),
                    value(key.source(), i, differs),
                    value(key.delta(), i, differs));
        }
        return grid;
    }

    private static Node side(String name, String at) {
        return new VBox(Nodes.label(name, "small-cell"), Nodes.label(at, "small-head"));
    }

    private static Node value(@Nullable List<@Nullable String> row, int at, boolean differs) {
        var value = row == null ? "–" : row.get(at);
        var label = Nodes.label(value == null ? "NULL" : value, "mono-cell");
        return cell(label, differs, false);
    }

    private static Node cell(Label label, boolean differs, boolean first) {
        var box = new HBox(label);
        box.getStyleClass().add("version-cell");
        if (differs) {
            box.getStyleClass().addAll(first ? "differs-first" : "differs", Role.CRITICAL.css());
        }
        return box;
    }

    private static String why(DifferingKey key) {
        return switch (key.kind()) {
            case STALE -> Texts.of("Why stale and not just late");
            case MISSING -> Texts.of("Why missing and not just late");
            case EXTRA -> Texts.of("Why extra and not just late");
            case TYPE_DRIFT -> Texts.of("Why type drift");
            case TIME_ZONE -> Texts.of("Why a time zone");
            case FLOAT -> Texts.of("Why a lost digit");
        };
    }

    private List<Node> evidence(DifferingKey key, PairCheck check) {
        var said = new ArrayList<String>();
        switch (key.kind()) {
            case TYPE_DRIFT ->
                    said.add(
                            Texts.of(
                                    "The values differ by what the type in Delta cannot hold, or by blanks and letter case."));
            case TIME_ZONE ->
                    said.add(
                            Texts.of(
                                    "The moments are whole quarters of an hour apart, as the offsets of time zones are."));
            case FLOAT ->
                    said.add(
                            Texts.of(
                                    "The numbers agree to six digits: what single precision keeps."));
            case MISSING, EXTRA, STALE -> {}
        }
        if (key.xmin() != null) {
            said.add(
                    Texts.of(
                            "Its last change is transaction %s%s; when the check began every transaction below %s had ended.",
                            Format.grouped(key.xmin()),
                            key.changedAt() == null
                                    ? ""
                                    : Texts.of(
                                            " at %s", Format.time(key.changedAt(), session.zone())),
                            Format.grouped(Long.parseLong(check.point().horizon()))));
        } else {
            said.add(
                    Texts.of(
                            "PostgreSQL has no row with this key, neither at the first reading nor at the second."));
        }
        said.add(
                Texts.of(
                        "Both sides were read again %s later, Delta at its newest version, and still differ.",
                        Format.duration(lookedAgain())));
        var alike = model.keys().stream().filter(k -> k.alike().equals(key.alike())).toList();
        if (alike.size() > 1) {
            var times =
                    alike.stream()
                            .map(DifferingKey::changedAt)
                            .filter(Objects::nonNull)
                            .sorted()
                            .toList();
            said.add(
                    Texts.of(
                            "%s are alike%s.",
                            Texts.count(alike.size(), "key"),
                            times.isEmpty()
                                    ? ""
                                    : Texts.of(
                                            ", changed from %s to %s",
                                            Format.time(times.getFirst(), session.zone()),
                                            Format.time(times.getLast(), session.zone()))));
        }
        var nodes = new ArrayList<Node>();
        for (var sentence : said) {
            var text = Nodes.wrapped(sentence, "pane-text");
            HBox.setHgrow(text, Priority.ALWAYS);
            nodes.add(new HBox(8, Nodes.icon(Feather.CHECK, Role.OK), text));
        }
        return nodes;
    }

    private Duration lookedAgain() {
        return model.pair().map(p -> p.known().options().settle()).orElse(Duration.ZERO);
    }

    private String repairTitle() {
        return model.repairable() ? Texts.of("Repair as a plan") : Texts.of("Repair in Delta");
    }

    private List<Node> repair(Pair pair, PairCheck check) {
        var keys = check.keys();
        if (model.repairable()) {
            return List.of(
                    Nodes.wrapped(
                            Texts.of(
                                    "Delta is the side that is right: rows of PostgreSQL are written."),
                            "row-sub"),
                    plan(pair, keys));
        }
        return List.of(
                Nodes.wrapped(
                        Texts.of(
                                "PostgreSQL is the side that is right. The pipeline alone writes to Delta, so this is run there by a person."),
                        "row-sub"),
                new SqlView(MergeText.outline(pair.known().pair(), check.keyColumns(), keys)),
                new Facts()
                        .add(
                                Texts.of("Writes"),
                                Texts.of(
                                        "%s in Delta, one commit", Texts.count(keys.size(), "key")))
                        .add(
                                Texts.of("Undo"),
                                Texts.of("RESTORE TABLE … TO VERSION AS OF %s", check.version())));
    }

    private static Node plan(Pair pair, List<DifferingKey> keys) {
        long gone = keys.stream().filter(k -> k.kind() == DifferenceClass.MISSING).count();
        long come = keys.stream().filter(k -> k.kind() == DifferenceClass.EXTRA).count();
        return new Facts()
                .add(
                        Texts.of("Writes"),
                        Texts.of(
                                "%s of %s: %d updated, %d inserted, %d deleted",
                                Texts.count(keys.size(), "row"),
                                pair.name(),
                                keys.size() - gone - come,
                                come,
                                gone))
                .add(Texts.of("Before"), Texts.of("a row that was changed since is left as it is"))
                .add(Texts.of("After"), Texts.of("every row is read again"))
                .add(Texts.of("Undo"), Texts.of("the rows as they are now, kept in the plan"));
    }

    private List<Button> acts(Pair pair, PairCheck check) {
        var copy = Nodes.button(Texts.of("Copy keys"), () -> SqlView.copy(model.keysAsCsv()));
        copy.setId("copy-keys");
        var acts = new ArrayList<>(List.of(copy));
        if (model.repairable()) {
            var file =
                    Nodes.button(
                            Texts.of(
                                    "File repair plan, %s",
                                    Texts.count(check.keys().size(), "key")),
                            model::fileRepair,
                            "accent");
            file.setId("file-repair");
            acts.add(file);
        } else {
            var merge =
                    Nodes.button(
                            Texts.of("Copy MERGE, %s", Texts.count(check.keys().size(), "key")),
                            () ->
                                    SqlView.copy(
                                            MergeText.of(
                                                    pair.known().pair(),
                                                    check.columns(),
                                                    check.keyColumns(),
                                                    check.keys())),
                            "accent");
            merge.setId("copy-merge");
            acts.add(merge);
        }
        return acts;
    }
}
