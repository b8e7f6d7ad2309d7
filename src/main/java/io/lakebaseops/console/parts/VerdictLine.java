package io.lakebaseops.console.parts;

import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.Texts;

import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The first line of a screen: one sentence that names what is wrong and whose fault it is. It
/// wraps and is never cut; whatever else stands in the line gives way.
///
/// Children added in FXML stand at its right end.
public final class VerdictLine extends HBox {
    private final FontIcon icon = new FontIcon(Feather.LOADER);
    private final TextFlow flow = new TextFlow();
    private String sentence = "";

    public VerdictLine() {
        super(10);
        getStyleClass().add("verdict-line");
        setAlignment(Pos.TOP_LEFT);
        setFillHeight(false);
        icon.getStyleClass().addAll("mark-large", Role.MUTED.css());
        var mark = new HBox(icon);
        mark.setMinWidth(USE_PREF_SIZE);
        mark.getStyleClass().add("verdict-mark");
        flow.getStyleClass().add("verdict-flow");
        flow.setMinWidth(220);
        flow.setPrefWidth(220);
        HBox.setHgrow(flow, Priority.ALWAYS);
        var copy = new MenuItem(Texts.of("Copy"));
        copy.setOnAction(_ -> SqlView.copy(sentence));
        var menu = new ContextMenu(copy);
        flow.setOnContextMenuRequested(e -> menu.show(flow, e.getScreenX(), e.getScreenY()));
        getChildren().addAll(mark, flow);
    }

    /// @param strong names inside the sentence that are drawn heavier: the culprit
    public void say(Role role, String next, String... strong) {
        icon.setIconCode(role.icon());
        Nodes.role(icon, role);
        write(next, List.of(strong));
        setAccessibleText(role.word() + ": " + next);
    }

    /// Before the first read nobody knows anything.
    public void loading(String text) {
        icon.setIconCode(Feather.LOADER);
        Nodes.role(icon, Role.MUTED);
        write(text, List.of());
        setAccessibleText(text);
    }

    /// As long as nothing was read: that it is being read, or could not be.
    public void whileUnread(ScreenModel<?> model, String loading, String failed) {
        Runnable say =
                () -> {
                    if (model.dataProperty().get() != null) {
                        return;
                    }
                    if (model.stateProperty().get() == ScreenState.FAILED) {
                        say(Role.UNAVAILABLE, failed);
                    } else {
                        loading(loading);
                    }
                };
        model.stateProperty().subscribe(say);
        model.dataProperty().subscribe(say);
        say.run();
    }

    private void write(String next, List<String> strong) {
        if (next.equals(sentence) && !flow.getChildren().isEmpty()) {
            return;
        }
        sentence = next;
        flow.getChildren().setAll(parts(next, strong).stream().map(VerdictLine::text).toList());
    }

    private record Part(String words, boolean strong) {}

    private static List<Part> parts(String sentence, List<String> strong) {
        var parts = new ArrayList<Part>();
        int at = 0;
        while (at < sentence.length()) {
            int from = at;
            var next =
                    strong.stream()
                            .filter(s -> !s.isEmpty() && sentence.indexOf(s, from) >= 0)
                            .min(
                                    Comparator.comparingInt((String s) -> sentence.indexOf(s, from))
                                            .thenComparing(
                                                    Comparator.comparingInt(String::length)
                                                            .reversed()));
            if (next.isEmpty()) {
                parts.add(new Part(sentence.substring(at), false));
                break;
            }
            int found = sentence.indexOf(next.get(), at);
            if (found > at) {
                parts.add(new Part(sentence.substring(at, found), false));
            }
            parts.add(new Part(next.get(), true));
            at = found + next.get().length();
        }
        return parts;
    }

    private static Text text(Part part) {
        var text = new Text(part.words());
        text.getStyleClass().addAll("verdict", part.strong() ? "verdict-strong" : "verdict-plain");
        return text;
    }

    /// The sentence has the width the others leave it, and its lines their height.
    @Override
    protected double computePrefHeight(double width) {
        double left = (width < 0 ? getPrefWidth() : width) - getSpacing();
        double highest = 30;
        for (var child : getChildren()) {
            if (child != flow && child.isManaged()) {
                left -= child.prefWidth(-1) + getSpacing();
                highest = Math.max(highest, child.prefHeight(-1));
            }
        }
        return Math.max(highest, flow.prefHeight(Math.max(flow.getMinWidth(), left)));
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    /// As it is read on the screen.
    public String sentence() {
        return sentence;
    }
}
