package io.lakebaseops.console.settings;

import io.lakebaseops.change.audit.SettingChanges.Change;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// The sections at the left, each with its value, a search over all settings, and what was changed
/// last.
final class SectionList extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final double WIDE = 200;
    private static final double ICONS = 56;

    private final ConsoleSession session;
    private final TextField search = new TextField();
    private final Map<Section, Button> buttons = new EnumMap<>(Section.class);
    private final Map<Section, Label> values = new EnumMap<>(Section.class);
    private final Map<Section, Label> titles = new EnumMap<>(Section.class);
    private final VBox changes = new VBox(0);
    private final VBox last;
    private final Consumer<Section> open;

    /// @param open scrolls to the section
    SectionList(ConsoleSession session, Consumer<Section> open) {
        super(2);
        this.session = session;
        this.open = open;
        getStyleClass().add("section-list");
        search.setId("find-setting");
        search.setPromptText(Texts.of("Find a setting  /"));
        search.setAccessibleText(Texts.of("Find a setting"));
        search.textProperty().addListener((_, _, text) -> find(text));
        search.setOnAction(_ -> openFirst());
        getChildren().add(search);
        var gap = new Region();
        gap.setMinHeight(6);
        getChildren().add(gap);
        for (var section : Section.values()) {
            getChildren().add(button(section));
        }
        var grow = new Region();
        VBox.setVgrow(grow, Priority.ALWAYS);
        last = new VBox(4, Nodes.label(Texts.of("Last changes"), "pane-section"), changes);
        last.getStyleClass().add("last-changes");
        last.setId("last-changes");
        getChildren().addAll(grow, last);
        narrow(false);
    }

    private Node button(Section section) {
        var title = Nodes.label(section.title(), "section-title");
        var value = Nodes.label("", "section-value");
        title.setMinWidth(Region.USE_PREF_SIZE);
        value.setMinWidth(0);
        var line =
                new HBox(
                        7,
                        new StackPane(Nodes.icon(section.icon(), Role.MUTED)),
                        title,
                        Nodes.spacer(),
                        value);
        line.getStyleClass().add("row");
        var button = Nodes.button("", () -> open.accept(section), "section-button");
        button.setGraphic(line);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setMinWidth(0);
        button.setId("go-" + section.id());
        button.setAccessibleText(section.title());
        line.prefWidthProperty().bind(button.widthProperty().subtract(18));
        buttons.put(section, button);
        values.put(section, value);
        titles.put(section, title);
        return button;
    }

    /// Sections as icons where there is little room.
    void narrow(boolean narrow) {
        setMinWidth(narrow ? ICONS : WIDE);
        setPrefWidth(narrow ? ICONS : WIDE);
        setMaxWidth(narrow ? ICONS : WIDE);
        for (var node : List.of(search, last)) {
            node.setVisible(!narrow);
            node.setManaged(!narrow);
        }
        titles.forEach(
                (section, title) -> {
                    title.setVisible(!narrow);
                    title.setManaged(!narrow);
                    var value = Objects.requireNonNull(values.get(section));
                    value.setVisible(!narrow);
                    value.setManaged(!narrow);
                });
    }

    void value(Section section, String text, Role role) {
        var value = Objects.requireNonNull(values.get(section));
        value.setText(text);
        Nodes.role(value, role);
        var button = Objects.requireNonNull(buttons.get(section));
        button.setAccessibleText(section.title() + ", " + text);
        Nodes.tip(button, section.title() + (text.isEmpty() ? "" : ": " + text));
    }

    void choose(Section section) {
        buttons.forEach((s, b) -> b.pseudoClassStateChanged(CHOSEN, s == section));
    }

    void beginSearch() {
        search.requestFocus();
        search.selectAll();
    }

    /// @return false when nothing was searched for
    boolean endSearch() {
        if (search.getText().isEmpty() || !search.isFocused()) {
            return false;
        }
        search.clear();
        return true;
    }

    private void find(String text) {
        buttons.forEach(
                (section, button) -> {
                    boolean found = section.matches(text);
                    button.setVisible(found);
                    button.setManaged(found);
                });
    }

    private void openFirst() {
        for (var section : Section.values()) {
            if (section.matches(search.getText())) {
                open.accept(section);
                return;
            }
        }
    }

    void show(ThresholdDesk.Changes made) {
        var lines = new ArrayList<Node>();
        for (var m : made.newest()) {
            lines.add(
                    new VBox(
                            1,
                            Nodes.label(
                                    Texts.clock(m.at(), session.now(), session.zone()),
                                    "change-time"),
                            Nodes.wrapped(
                                    session.named(m.by()) + ": " + words(m.change()),
                                    "change-words")));
        }
        if (lines.isEmpty()) {
            lines.add(Nodes.wrapped(Texts.of("Nothing was changed yet."), "row-sub"));
        } else {
            lines.add(
                    Nodes.wrapped(
                            Texts.of(
                                    "%s%s in the audit chain",
                                    made.count(),
                                    made.count() == 1 ? Texts.of(" is") : Texts.of(" are")),
                            "row-sub"));
        }
        changes.getChildren().setAll(lines);
    }

    private static String words(Change change) {
        var before = change.before();
        var after = change.after();
        if (after == null) {
            return Texts.of("%s%s, ended", change.what(), before == null ? "" : ", " + before);
        }
        return change.what() + " " + after + (before == null ? "" : Texts.of(", was %s", before));
    }
}
