package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.testing.ScreenTest;

import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Shape;
import javafx.scene.text.Text;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The console without a mouse: no test here moves or presses one.
@ScreenTest
@Timeout(300)
final class KeyboardWalkUiTest {
    /// More than any screen has.
    private static final int STOPS = 200;

    /// Visited from the rail and from the palette; at night, all of them.
    private static final int SCREENS = Integer.getInteger("lakebaseops.screens", 5);

    @TempDir private Path dir;
    private FakeShop shop;
    private OpenConsole console;

    @BeforeEach
    void open() {
        shop = StatePictures.day();
        console = new OpenConsole(shop, dir, 1600, 900);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private Node focus() {
        return FxToolkit.call(() -> console.frame.scene().getFocusOwner());
    }

    private boolean at(String id) {
        return id.equals(focus().getId());
    }

    private void push(KeyCode... keys) {
        console.robot.push(keys);
    }

    private void tabTo(String id) {
        tab(id, KeyCode.TAB);
    }

    private void tab(String id, KeyCode... keys) {
        for (int i = 0; i < STOPS && !at(id); i++) {
            push(keys);
        }
        assertThat(focus().getId()).isEqualTo(id);
    }

    private Destination place() {
        return FxToolkit.call(() -> console.frame.session().destinationProperty().get());
    }

    @Test
    void the_rail_leads_to_every_screen_and_each_key_to_its_own() {
        var railed = console.frame.screens().stream().filter(s -> s.mode() == null).toList();
        for (int i = 0; i < Math.min(SCREENS, railed.size()); i++) {
            var screen = railed.get(i);
            tabTo("rail-" + (i + 1));
            push(KeyCode.SPACE);
            console.until(() -> place().screen().equals(screen.id()));
        }
        assertThat(railed).hasSizeGreaterThan(11);
        var all = console.frame.screens();
        for (var screen : all.subList(Math.max(0, all.size() - SCREENS), all.size())) {
            push(KeyCode.CONTROL, KeyCode.K);
            console.until(() -> console.shown("#palette"));
            console.robot.write(screen.title(), 0);
            console.until(() -> first("#palette-list").contains(screen.title()));
            push(KeyCode.ENTER);
            console.until(() -> place().screen().equals(screen.id()));
        }
    }

    private String first(String list) {
        return console.node(list) instanceof ListView<?> all && !all.getItems().isEmpty()
                ? all.getItems().getFirst().toString()
                : "";
    }

    /// Tab reaches each control, goes on from each, and one sees where it is.
    @Test
    void tab_goes_round_every_screen_and_the_focus_is_always_seen() {
        var wrong = new ArrayList<String>();
        int stops = 0;
        for (var screen : console.frame.screens()) {
            console.goTo(screen.home());
            stops += round(screen.id(), wrong);
        }
        assertThat(wrong).isEmpty();
        assertThat(stops).isGreaterThan(300);
    }

    private int round(String screen, List<String> wrong) {
        return FxToolkit.call(
                () -> {
                    var scene = console.frame.scene();
                    var first = scene.lookup("#rail-1");
                    first.requestFocus();
                    var seen = new HashSet<Node>();
                    for (int i = 0; i < STOPS; i++) {
                        tabOn();
                        var now = scene.getFocusOwner();
                        if (now == first) {
                            return seen.size();
                        }
                        if (!seen.add(now)) {
                            wrong.add(screen + ": Tab does not go on from " + words(now));
                            return seen.size();
                        }
                        var problem = unseen(now);
                        if (!problem.isEmpty()) {
                            wrong.add("%s: %s %s".formatted(screen, words(now), problem));
                        }
                    }
                    wrong.add(screen + ": Tab does not come back to the rail");
                    return seen.size();
                });
    }

    /// As the key does it, with the handlers of the control that has the focus.
    private void tabOn() {
        var scene = console.frame.scene();
        for (var type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
            Event.fireEvent(
                    scene.getFocusOwner(),
                    new KeyEvent(type, "", "", KeyCode.TAB, false, false, false, false));
        }
        scene.getFocusOwner().applyCss();
        scene.getRoot().layout();
    }

    private static String words(Node node) {
        return "%s #%s %s"
                .formatted(node.getClass().getSimpleName(), node.getId(), node.getStyleClass());
    }

    /// Empty when it lies in what its window shows of it and looks other than without the focus.
    private String unseen(Node node) {
        var bounds = node.localToScene(node.getLayoutBounds());
        if (bounds.getWidth() < 1 || bounds.getHeight() < 1) {
            return "has no size";
        }
        if (!shown(node, bounds)) {
            return "lies outside of what is shown";
        }
        var focused = look(node);
        var scene = console.frame.scene();
        // Away and back: what comes next is where Tab would have gone from here.
        scene.lookup("#rail-1").requestFocus();
        node.applyCss();
        var without = look(node);
        node.requestFocus();
        return focused.equals(without) ? "looks the same with the focus" : "";
    }

    /// Is something of it inside the scene and every scrolled part it stands in?
    private boolean shown(Node node, Bounds bounds) {
        double left = Math.max(0, bounds.getMinX());
        double top = Math.max(0, bounds.getMinY());
        double right = Math.min(console.frame.scene().getWidth(), bounds.getMaxX());
        double bottom = Math.min(console.frame.scene().getHeight(), bounds.getMaxY());
        for (Node up = node.getParent(); up != null; up = up.getParent()) {
            if (up instanceof ScrollPane pane) {
                var port = pane.localToScene(pane.getLayoutBounds());
                left = Math.max(left, port.getMinX());
                top = Math.max(top, port.getMinY());
                right = Math.min(right, port.getMaxX());
                bottom = Math.min(bottom, port.getMaxY());
            }
        }
        return right - left >= 2 && bottom - top >= 2;
    }

    /// What draws it and all in it.
    private static List<Object> look(Node node) {
        var look = new ArrayList<>();
        look.add(node.isVisible());
        look.add(Objects.toString(node.getEffect()));
        if (node instanceof Region region) {
            look.add(Optional.ofNullable(region.getBackground()));
            look.add(Optional.ofNullable(region.getBorder()));
        }
        if (node instanceof Shape shape) {
            look.add(Objects.toString(shape.getFill()));
            look.add(Objects.toString(shape.getStroke()));
        }
        if (node instanceof Text text) {
            look.add(text.isUnderline());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> look.add(look(child)));
        }
        return look;
    }

    @Test
    void plans_are_chosen_carried_out_taken_back_and_kept() {
        push(KeyCode.CONTROL, KeyCode.DIGIT9);
        console.until(() -> console.shown("#queue"));
        tabTo("queue");
        choose("Drop index");
        tabTo("approve");
        push(KeyCode.SPACE);
        console.until(() -> console.text("#outcome-title").contains("412 MB freed"));
        assertThat(shop.desk.runs).hasValue(1);
        tabTo("undo");
        push(KeyCode.SPACE);
        console.until(() -> console.text("#plan-title").startsWith("Undo: Drop index"));
        tabTo("approve");
        push(KeyCode.SPACE);
        console.until(() -> shop.desk.runs.get() == 2);

        tab("queue", KeyCode.SHIFT, KeyCode.TAB);
        choose("Create index");
        tabTo("keep-reason");
        console.robot.write("not before Friday", 0);
        tabTo("keep");
        push(KeyCode.SPACE);
        console.until(() -> shop.plan(SamplePlans.CREATE).state() == FiledPlan.State.REJECTED);
        assertThat(shop.plan(SamplePlans.CREATE).reason()).isEqualTo("not before Friday");
    }

    /// With the arrows, in the list that has the focus.
    private void choose(String plan) {
        push(KeyCode.HOME);
        for (int i = 0; i < 10 && !console.text("#plan-title").startsWith(plan); i++) {
            push(KeyCode.DOWN);
            console.settle();
        }
        console.until(() -> console.text("#plan-title").startsWith(plan));
    }

    @Test
    void a_plan_of_high_risk_is_carried_out_with_the_typed_name() {
        console.goTo(Destination.plan(SamplePlans.FULL));
        tabTo("typed-name");
        console.robot.write("events", 0);
        tabTo("act-reason");
        console.robot.write("agreed", 0);
        console.until(() -> !console.disabled("#approve"));
        tabTo("approve");
        push(KeyCode.SPACE);
        console.until(() -> shop.desk.runs.get() == 1);
        assertThat(shop.desk.typedName).isEqualTo("events");
    }

    @Test
    void what_opens_closes_and_gives_the_focus_back() {
        var layers =
                List.of(
                        new KeyCode[] {KeyCode.CONTROL, KeyCode.K},
                        new KeyCode[] {KeyCode.CONTROL, KeyCode.P},
                        new KeyCode[] {KeyCode.F1});
        for (var keys : layers) {
            tabTo("rail-3");
            push(keys);
            console.until(() -> !at("rail-3"));
            for (int i = 0; i < 4; i++) {
                assertThat(layered(focus()))
                        .as("in the layer opened by %s", keys[keys.length - 1])
                        .isTrue();
                push(KeyCode.TAB);
            }
            push(KeyCode.ESCAPE);
            console.until(() -> at("rail-3"));
        }
    }

    /// Is it in what lies over the screens?
    private boolean layered(Node node) {
        var host = console.node("#layerHost");
        for (var up = node; up != null; up = up.getParent()) {
            if (up.getParent() == host) {
                return host instanceof Pane pane && pane.getChildren().indexOf(up) > 0;
            }
        }
        return false;
    }

    @Test
    void a_field_of_several_lines_is_left_by_tab_and_back() {
        console.goTo(new Destination(Destination.ARCHIVE, null));
        tabTo("query-text");
        push(KeyCode.TAB);
        assertThat(focus()).isNotInstanceOf(TextInputControl.class);
        tab("query-text", KeyCode.SHIFT, KeyCode.TAB);
        push(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(focus().getId()).isEqualTo("query-run");
        assertThat(FxToolkit.call(() -> ((TextInputControl) console.node("#query-text")).getText()))
                .doesNotContain("\t");
    }
}
