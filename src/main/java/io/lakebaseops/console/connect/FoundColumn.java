package io.lakebaseops.console.connect;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.TargetCondition;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;

/// The left column of the connect page: the connections that are kept, and those that were found on
/// this computer.
final class FoundColumn extends VBox {
    private final ConnectModel model;
    private final VBox places = new VBox(2);
    private ConnectionDesk.Saved saved = new ConnectionDesk.Saved(List.of(), List.of());

    FoundColumn(ConnectModel model) {
        this.model = model;
        getStyleClass().addAll("card", "connect-column");
        setId("connect-found");
        var again =
                Nodes.iconButton(
                        Feather.REFRESH_CW, Messages.of("connect.look"), model::lookAround);
        var title = Nodes.label(Messages.of("connect.found"), "card-title");
        Nodes.tip(title, Messages.of("connect.found.note"));
        var head = Nodes.row(title, Nodes.spacer(), again);
        var scroll = new ScrollPane(places);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(head, scroll);
        model.found().addListener((_, _, _) -> show());
        model.form().replaces().addListener((_, _, _) -> show());
        show();
    }

    void show(ConnectionDesk.Saved now) {
        saved = now;
        show();
    }

    private void show() {
        var nodes = new ArrayList<Node>();
        if (!saved.lines().isEmpty() || !saved.troubles().isEmpty()) {
            nodes.add(
                    heading(
                            Feather.LINK,
                            Messages.of("connect.saved"),
                            Integer.toString(saved.lines().size())));
            var lines = saved.lines();
            for (int i = 0; i < lines.size(); i++) {
                nodes.add(line(lines.get(i), i > 0, i < lines.size() - 1));
            }
            saved.troubles().forEach(t -> nodes.add(Nodes.wrapped(t, "row-sub", "trouble")));
        }
        var found = model.found().get();
        if (found == null) {
            nodes.add(Nodes.wrapped(Messages.of("connect.looking"), "row-sub"));
        } else {
            var empty = new ArrayList<String>();
            for (var place : found) {
                if (place.entries().isEmpty()) {
                    empty.add(
                            place.note().isEmpty()
                                    ? place.title()
                                    : place.title() + " (" + place.note() + ")");
                } else {
                    nodes.add(heading(Feather.FILE_TEXT, place.title(), place.note()));
                    place.entries().forEach(e -> nodes.add(line(e)));
                }
            }
            if (!empty.isEmpty()) {
                var also =
                        Nodes.wrapped(
                                Messages.of("connect.also", String.join(", ", empty)), "row-sub");
                also.getStyleClass().add("connect-also");
                nodes.add(also);
            }
        }
        places.getChildren().setAll(nodes);
    }

    private static Node heading(Feather icon, String title, String note) {
        var name = Nodes.label(title, "card-note");
        name.setMinWidth(0);
        var line =
                Nodes.row(
                        Nodes.icon(icon, Role.MUTED),
                        name,
                        Nodes.spacer(),
                        Nodes.label(note, "card-note"));
        line.getStyleClass().add("connect-heading");
        return line;
    }

    private Node line(FoundPlace.Entry entry) {
        var button = choice(entry.icon(), entry.name(), entry.words(), entry.note(), Role.MUTED);
        var fill = entry.fill();
        button.setDisable(fill == null);
        if (fill != null) {
            button.setOnAction(_ -> model.take(fill));
        }
        return button;
    }

    private Node line(ConnectionDesk.Line line, boolean notFirst, boolean notLast) {
        var name = line.profile().name();
        var state = line.condition();
        var button =
                choice(
                        ConnectWords.icon(line.profile()),
                        name,
                        ConnectWords.of(line.profile()),
                        words(state),
                        role(state));
        if (state != null && !state.answers()) {
            Nodes.tip(button, state.sentence());
        }
        button.setId("saved-" + name);
        button.setOnAction(_ -> model.edit(line.profile()));
        HBox.setHgrow(button, Priority.ALWAYS);
        if (name.equals(model.form().replaces().get())) {
            button.getStyleClass().add("chosen");
        }
        var up =
                Nodes.iconButton(
                        Feather.CHEVRON_UP,
                        Messages.of("connect.up", name),
                        () -> model.move(name, -1));
        var down =
                Nodes.iconButton(
                        Feather.CHEVRON_DOWN,
                        Messages.of("connect.down", name),
                        () -> model.move(name, 1));
        up.setDisable(!notFirst);
        down.setDisable(!notLast);
        return new HBox(0, button, new VBox(up, down));
    }

    private static String words(@Nullable TargetCondition state) {
        return switch (state) {
            case null -> "";
            case TargetCondition.NotTried _ -> Texts.of("not tried");
            case TargetCondition.Reachable _, TargetCondition.Restarted _ -> Texts.of("connected");
            case TargetCondition.Slow _ -> Texts.of("slow");
            case TargetCondition.LoginRefused _ -> Texts.of("login refused");
            case TargetCondition.TooOld t -> Texts.of("PostgreSQL %s", t.version());
            case TargetCondition.NeverReached _ -> Texts.of("never reached");
            case TargetCondition.Lost _ -> Texts.of("lost");
        };
    }

    private static Role role(@Nullable TargetCondition state) {
        return switch (state) {
            case null -> Role.MUTED;
            case TargetCondition.NotTried _ -> Role.MUTED;
            case TargetCondition.Reachable _, TargetCondition.Restarted _ -> Role.OK;
            case TargetCondition.Slow _, TargetCondition.TooOld _ -> Role.WARNING;
            case TargetCondition.LoginRefused _,
                    TargetCondition.NeverReached _,
                    TargetCondition.Lost _ ->
                    Role.CRITICAL;
        };
    }

    private static Button choice(Feather icon, String name, String words, String note, Role role) {
        var title = Nodes.label(name, "row-title");
        title.setMinWidth(0);
        var state = Nodes.label(note, "row-trailing", role.css());
        state.setMinWidth(USE_PREF_SIZE);
        var sub = Nodes.label(words, "row-sub");
        sub.setMinWidth(0);
        var text = new VBox(1, Nodes.row(title, Nodes.spacer(), state), sub);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        var line = new HBox(10, Nodes.icon(icon, Role.MUTED), text);
        line.setMinWidth(0);
        var button = Nodes.button("", () -> {}, "connect-choice");
        button.setGraphic(line);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setMinWidth(0);
        line.prefWidthProperty().bind(button.widthProperty().subtract(22));
        button.setAccessibleText(name + ", " + words + (note.isEmpty() ? "" : ", " + note));
        return button;
    }
}
