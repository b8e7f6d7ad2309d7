package io.lakebaseops.console.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.Theme;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.parts.ChartPicture.Flag;
import io.lakebaseops.console.parts.ChartPicture.Limit;
import io.lakebaseops.console.parts.ChartPicture.Point;
import io.lakebaseops.console.parts.ChartPicture.Series;
import io.lakebaseops.console.parts.StateStrip.Slot;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.text.Text;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/// The parts all screens share, each laid out on the headless platform.
@ScreenTest
final class SharedPartsUiTest {
    private static final Instant T0 = Instant.parse("2026-11-22T13:00:00Z");

    @BeforeAll
    static void start() {
        FxToolkit.headless();
        FxToolkit.start();
    }

    private static <N extends Region> N laidOut(double width, double height, Supplier<N> make) {
        return FxToolkit.call(
                () -> {
                    var node = make.get();
                    var scene = new Scene(new StackPane(node), width, height);
                    Theme.DARK.applyTo(scene);
                    layout(scene.getRoot());
                    return node;
                });
    }

    private static void layout(Parent root) {
        for (int i = 0; i < 3; i++) {
            root.applyCss();
            root.layout();
        }
    }

    private static List<Label> labels(Node node, String style) {
        return node.lookupAll("." + style).stream()
                .map(Label.class::cast)
                .filter(Node::isVisible)
                .toList();
    }

    private static ChartPicture picture() {
        var points = new ArrayList<Point>();
        for (int s = 0; s < 600; s += 10) {
            points.add(new Point(T0.plusSeconds(s), 5));
        }
        return ChartPicture.of(
                T0,
                T0.plusSeconds(600),
                List.of(new Series("rows", "series-1", true, points)),
                v -> Math.round(v) + " %");
    }

    @Test
    void a_chart_says_zero_and_unit_at_its_edge_and_its_limit_in_words() {
        var chart =
                laidOut(
                        400,
                        120,
                        () -> {
                            var it = new TimeChart();
                            it.show(
                                    picture()
                                            .limits(
                                                    List.of(
                                                            new Limit(
                                                                    10,
                                                                    "critical 10 %",
                                                                    Role.CRITICAL))));
                            return it;
                        });
        var texts = labels(chart, "chart-tick").stream().map(Label::getText).toList();
        assertThat(texts).contains("0", "critical 10 %").anyMatch(t -> t.matches("\\d+ %"));
        assertThat(chart.getAccessibleText()).isEqualTo("rows 5 %");
    }

    @Test
    void what_happened_is_a_flag_with_its_time_and_opens_what_is_behind_it() {
        var opened = new ArrayList<String>();
        var chart =
                laidOut(
                        400,
                        120,
                        () -> {
                            var it = new TimeChart();
                            it.show(
                                    picture()
                                            .events(
                                                    List.of(
                                                            new Flag(
                                                                    T0.plusSeconds(300),
                                                                    "Migration 42",
                                                                    Role.WARNING,
                                                                    () -> opened.add("42")),
                                                            new Flag(
                                                                    T0.plusSeconds(-60),
                                                                    "before",
                                                                    Role.INFO,
                                                                    null)),
                                                    List.of(T0.plusSeconds(100))));
                            return it;
                        });
        var flags = labels(chart, "chart-flag");
        assertThat(flags).extracting(Label::getText).containsExactly("▼ 13:05");
        FxToolkit.call(
                () -> {
                    flags.getFirst().getOnMouseClicked().handle(click());
                    return flags;
                });
        assertThat(opened).containsExactly("42");
        assertThat(chart.lookupAll(".chart-event")).hasSize(1);
    }

    private static javafx.scene.input.MouseEvent click() {
        return new javafx.scene.input.MouseEvent(
                javafx.scene.input.MouseEvent.MOUSE_CLICKED,
                0,
                0,
                0,
                0,
                javafx.scene.input.MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                false,
                false,
                true,
                null);
    }

    @Test
    void charts_share_one_cursor_and_keys_move_it() {
        var both = new ArrayList<TimeChart>();
        laidOut(
                400,
                240,
                () -> {
                    both.add(new TimeChart());
                    both.add(new TimeChart());
                    both.forEach(c -> c.show(picture()));
                    both.get(1).momentProperty().bindBidirectional(both.get(0).momentProperty());
                    return new VBox(both.get(0), both.get(1));
                });
        FxToolkit.call(
                () -> {
                    both.get(0)
                            .getOnKeyPressed()
                            .handle(
                                    new KeyEvent(
                                            KeyEvent.KEY_PRESSED,
                                            "",
                                            "",
                                            KeyCode.LEFT,
                                            false,
                                            false,
                                            false,
                                            false));
                    return both;
                });
        assertThat(both.get(1).momentProperty().get()).isEqualTo(T0.plusSeconds(588));
        var hover = (Label) both.get(1).lookup(".chart-hover");
        assertThat(hover.isVisible()).isTrue();
        assertThat(hover.getText()).endsWith("5 %");
    }

    @Test
    void a_verdict_wraps_and_is_never_cut_and_names_the_culprit_heavier() {
        var sentence =
                ("shop.inventory has 93.1 % dead rows, critical since 09:02: session 41822, idle in"
                        + " a transaction since 08:47, stops vacuum.");
        var line = new ArrayList<VerdictLine>();
        laidOut(
                520,
                200,
                () -> {
                    var it = new VerdictLine();
                    it.getChildren().add(Nodes.button("Range", () -> {}));
                    it.say(Role.CRITICAL, sentence, "shop.inventory", "session 41822");
                    line.add(it);
                    return new VBox(it);
                });
        var verdict = line.getFirst();
        assertThat(verdict.sentence()).isEqualTo(sentence);
        assertThat(verdict.getHeight()).as("more than one line").isGreaterThan(44);
        assertThat(verdict.lookupAll(".verdict-strong")).hasSize(2);
    }

    @Test
    void the_acts_of_a_pane_stay_in_view_however_long_its_content_is() {
        var pane = new ArrayList<SidePane>();
        laidOut(
                1600,
                400,
                () -> {
                    var it = new SidePane("p", () -> {});
                    it.title(Role.CRITICAL, "Dead rows", List.of());
                    it.content(
                            "dead",
                            java.util.stream.IntStream.range(0, 100)
                                    .mapToObj(i -> Nodes.label("line " + i))
                                    .toList());
                    var act = Nodes.button("Plan: end session", () -> {}, "accent");
                    act.setId("act");
                    it.acts(null, List.of(act));
                    pane.add(it);
                    return new HBox(it);
                });
        var act = pane.getFirst().lookup("#act");
        var bounds = act.localToScene(act.getBoundsInLocal());
        assertThat(bounds.getMaxY()).isLessThanOrEqualTo(400);
        assertThat(bounds.getMaxX()).isLessThanOrEqualTo(420);
        assertThat(pane.getFirst().getWidth()).isEqualTo(420);
    }

    @Test
    void a_pane_read_again_stays_where_the_reader_is_and_another_begins_at_the_top() {
        var pane = new ArrayList<SidePane>();
        Supplier<List<Label>> many =
                () ->
                        java.util.stream.IntStream.range(0, 100)
                                .mapToObj(i -> Nodes.label("line " + i))
                                .toList();
        laidOut(
                1280,
                400,
                () -> {
                    var it = new SidePane("p", () -> {});
                    it.content("one", many.get());
                    pane.add(it);
                    return new HBox(it);
                });
        var scroll = (ScrollPane) pane.getFirst().lookup(".scroll-pane");
        FxToolkit.call(
                () -> {
                    scroll.setVvalue(0.5);
                    pane.getFirst().content("one", many.get());
                    return pane;
                });
        assertThat(scroll.getVvalue()).isEqualTo(0.5);
        FxToolkit.call(
                () -> {
                    pane.getFirst().content("another", many.get());
                    return pane;
                });
        assertThat(scroll.getVvalue()).isZero();
        assertThat(pane.getFirst().getWidth()).isEqualTo(356);
        assertThat(SidePane.standard(2560)).isEqualTo(560);
    }

    @Test
    void a_bar_ends_at_its_limit_and_shows_a_tip_beyond_it() {
        var bar =
                laidOut(
                        110,
                        20,
                        () -> {
                            var it = new LimitBar();
                            it.show(
                                    100,
                                    List.of(
                                            LimitBar.Part.of("held", 90, Role.CRITICAL),
                                            LimitBar.Part.of("free", 30, Role.INFO)),
                                    List.of(new LimitBar.Mark(50, Role.WARNING)));
                            return it;
                        });
        assertThat(bar.share()).isEqualTo(1.2);
        assertThat(bar.lookup(".limit-over").isVisible()).isTrue();
        var parts = List.copyOf(bar.lookupAll(".limit-part"));
        assertThat(parts).hasSize(2);
        assertThat(parts.get(1).getBoundsInParent().getMaxX()).isLessThanOrEqualTo(100);
        assertThat(bar.getAccessibleText()).isEqualTo("120 % of its limit");
    }

    @Test
    void a_sparkline_lifts_its_pen_where_nobody_measured() {
        var spark =
                laidOut(
                        60,
                        20,
                        () -> {
                            var it = new Sparkline();
                            it.show(new double[] {1, 2, Double.NaN, 2, 4}, Role.MUTED);
                            return it;
                        });
        var path = spark.line().getElements();
        assertThat(path).hasSize(4);
        assertThat(path.get(0)).isInstanceOf(MoveTo.class);
        assertThat(path.get(2)).isInstanceOf(MoveTo.class);
        assertThat(path.get(3)).isInstanceOf(LineTo.class);
    }

    @Test
    void in_a_state_strip_what_is_worse_is_taller() {
        var strip =
                laidOut(
                        243,
                        12,
                        () -> {
                            var it = new StateStrip(1, 12);
                            it.show(
                                    List.of(
                                            new Slot(1, Role.OK, "13:00 ok"),
                                            new Slot(1, Role.WARNING, "14:00 missed its aim"),
                                            new Slot(2, Role.CRITICAL, "15:00 failed")));
                            return it;
                        });
        var boxes = strip.getChildrenUnmodifiable().stream().map(Region.class::cast).toList();
        assertThat(boxes.get(1).getHeight()).isGreaterThan(boxes.get(0).getHeight());
        assertThat(boxes.get(2).getHeight()).isEqualTo(12);
        assertThat(boxes.get(2).getWidth()).isGreaterThan(boxes.get(0).getWidth() * 1.9);
        assertThat(strip.getAccessibleText()).isEqualTo("2 of 3 not ok");
    }

    @Test
    void a_matrix_has_a_cell_for_each_pair_and_says_in_words_what_it_means() {
        var matrix =
                laidOut(
                        400,
                        120,
                        () -> {
                            var it = new Matrix(40, 24);
                            it.show(
                                    List.of("id", "customer_id"),
                                    List.of(
                                            new Matrix.Line(
                                                    "orders_pkey",
                                                    "primary key",
                                                    List.of(
                                                            Matrix.Cell.mark("1", null, "key 1"),
                                                            Matrix.Cell.NONE)),
                                            new Matrix.Line(
                                                    "Fri",
                                                    "",
                                                    List.of(
                                                            Matrix.Cell.heat(0.5, "Fri 14: 2.1"),
                                                            Matrix.Cell.heat(1, "Fri 15: 3.8")))));
                            return it;
                        });
        assertThat(matrix.lookupAll(".matrix-cell")).hasSize(4);
        assertThat(matrix.lookupAll(".matrix-heat"))
                .extracting(Node::getOpacity)
                .satisfies(o -> assertThat(Set.copyOf(o)).hasSize(2));
        assertThat(matrix.lookupAll(".matrix-cell"))
                .extracting(Node::getAccessibleText)
                .contains("key 1", "Fri 14: 2.1");
    }

    @Test
    void lines_that_repeat_are_one_with_a_number_and_headings_are_skipped_by_the_keys() {
        var list = new ArrayList<RowList>();
        laidOut(
                320,
                200,
                () -> {
                    var it = new RowList();
                    it.show(
                            List.of(
                                    RowItem.heading("The agents did", "37 more"),
                                    RowItem.of("a", Feather.CHECK, Role.OK, "Vacuum shop.inventory")
                                            .times(8)
                                            .sub("removed 0 rows")
                                            .note("paused", Role.WARNING),
                                    RowItem.heading("People decided", ""),
                                    RowItem.of("b", Feather.CHECK, Role.OK, "anna approved")));
                    list.add(it);
                    return it;
                });
        var rows = list.getFirst();
        assertThat(labels(rows, "times-pill")).extracting(Label::getText).contains("8 times");
        FxToolkit.call(
                () -> {
                    for (int i = 0; i < 2; i++) {
                        rows.getOnKeyPressed()
                                .handle(
                                        new KeyEvent(
                                                KeyEvent.KEY_PRESSED,
                                                "",
                                                "",
                                                KeyCode.J,
                                                false,
                                                false,
                                                false,
                                                false));
                    }
                    return rows;
                });
        assertThat(rows.getSelectionModel().getSelectedItem().key()).isEqualTo("b");
    }

    @Test
    void the_tooltip_of_a_line_stays_the_same_one_when_the_line_is_read_anew() {
        var rows =
                laidOut(
                        320,
                        200,
                        () -> {
                            var it = new RowList();
                            it.show(
                                    List.of(
                                            RowItem.of(
                                                    "a", Feather.CHECK, Role.OK, "8 dead rows")));
                            return it;
                        });
        var before = tip(rows);
        assertThat(before.getText()).contains("8 dead rows");
        FxToolkit.call(
                () -> {
                    rows.show(List.of(RowItem.of("a", Feather.CHECK, Role.OK, "9 dead rows")));
                    layout(rows);
                    return true;
                });
        assertThat(tip(rows)).isSameAs(before);
        assertThat(before.getText()).contains("9 dead rows");
    }

    /// A tooltip is a window: a drawing of hundreds of marks would make as many.
    @Test
    void a_tooltip_is_made_when_the_pointer_comes_and_says_what_holds_then() {
        var mark = FxToolkit.call(() -> Nodes.label("bar"));
        Nodes.tip(mark, "first of May");
        Nodes.tip(mark, "second of May");
        assertThat(Nodes.tipOf(mark)).isEqualTo("second of May");
        assertThat(mark.getProperties().get("javafx.scene.control.Tooltip")).isNull();
        FxToolkit.call(
                () -> {
                    mark.fireEvent(entered());
                    return mark;
                });
        var made = (Tooltip) mark.getProperties().get("javafx.scene.control.Tooltip");
        assertThat(made.getText()).isEqualTo("second of May");
        FxToolkit.call(
                () -> {
                    Nodes.tip(mark, "third of May");
                    mark.fireEvent(entered());
                    return mark;
                });
        assertThat(mark.getProperties().get("javafx.scene.control.Tooltip")).isSameAs(made);
        assertThat(made.getText()).as("while it is read").isEqualTo("third of May");
    }

    private static MouseEvent entered() {
        return new MouseEvent(
                MouseEvent.MOUSE_ENTERED,
                0,
                0,
                0,
                0,
                MouseButton.NONE,
                0,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                null);
    }

    private static Tooltip tip(Node rows) {
        return rows.lookupAll(".list-cell").stream()
                .map(c -> ((ListCell<?>) c).getTooltip())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void names_on_buttons_keep_their_underscores() {
        var button = laidOut(320, 60, () -> Nodes.button("Apply to my_prod_db", () -> {}));
        assertThat(button.lookupAll(".text"))
                .extracting(t -> ((Text) t).getText())
                .containsExactly("Apply to my_prod_db");
    }

    @Test
    void a_statement_is_copied_by_the_button_over_it() {
        var sql = laidOut(320, 120, () -> new SqlView("select 1 from t"));
        FxToolkit.call(
                () -> {
                    ((Button) sql.lookup(".icon-button")).fire();
                    return true;
                });
        assertThat(FxToolkit.call(() -> Clipboard.getSystemClipboard().getString()))
                .isEqualTo("select 1 from t");
    }

    @Test
    void steps_say_what_is_done_what_runs_and_what_comes() {
        var steps =
                laidOut(
                        420,
                        60,
                        () -> {
                            var it = new Steps();
                            it.show(
                                    List.of(
                                            new Steps.Step("Build", "1:52", Steps.State.DONE),
                                            new Steps.Step("Wait", "21:33", Steps.State.RUNNING),
                                            new Steps.Step("Verify", "–", Steps.State.COMING)));
                            return it;
                        });
        assertThat(steps.lookupAll(".step-dot")).hasSize(3);
        assertThat(steps.getChildrenUnmodifiable())
                .extracting(Node::getAccessibleText)
                .contains("step 2 Wait RUNNING");
        assertThat(steps.lookupAll(".step-dot.now")).hasSize(1);
    }
}
