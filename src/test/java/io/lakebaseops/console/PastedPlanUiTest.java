package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.explain.ExplainedPlan;
import io.lakebaseops.explain.PlanFormat;
import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.explain.PrintedPlan;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Plans of public reports pasted into the Queries screen, where no server is asked.
@ScreenTest
@Timeout(180)
final class PastedPlanUiTest {
    private static final List<String> PUBLIC =
            List.of(
                    "psql-unicode.txt",
                    "psql-old-ascii.txt",
                    "psql-arrows.txt",
                    "dbeaver.txt",
                    "wrapped-narrow.txt",
                    "wrapped-parallel.txt",
                    "quoted.txt",
                    "subplans-8.txt",
                    "deep-subplan.txt",
                    "planned-partitions.txt",
                    "io-timings.txt",
                    "ctes.txt");

    @TempDir private Path dir;
    private OpenConsole console;

    @BeforeEach
    void open() {
        console = new OpenConsole(new FakeShop(), dir, 1600, 900);
        console.goTo(Destination.queries());
    }

    @AfterEach
    void close() {
        console.close();
    }

    private static String resource(String file) throws IOException {
        try (var in = PastedPlanUiTest.class.getResourceAsStream("/plans/pasted/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void paste(String text) {
        FxToolkit.call(
                () -> {
                    SqlView.copy(text);
                    return text;
                });
        press(KeyCode.V, true);
    }

    /// Without the pauses of a robot's hands.
    private void press(KeyCode code, boolean ctrl) {
        FxToolkit.call(
                () -> {
                    PictureHands.press(console.frame, code, ctrl);
                    return code;
                });
    }

    private ListView<?> tree() {
        return (ListView<?>) console.node("#plan-nodes");
    }

    private List<String> drawn(String style) {
        return FxToolkit.call(
                () ->
                        tree().lookupAll("." + style).stream()
                                .map(n -> ((Label) n).getText())
                                .toList());
    }

    @Test
    void twelve_public_plans_are_drawn_node_by_node_as_text_json_and_yaml() throws IOException {
        for (var file : PUBLIC) {
            var plan = ExplainedPlan.read(resource(file));
            var texts = new ArrayList<>(List.of(resource(file)));
            if (plan.format() == PlanFormat.TEXT && plan.root().all().count() < 6) {
                // The same plan as other programs would have printed it.
                texts.add(PrintedPlan.of(plan, PlanFormat.JSON).text());
                texts.add(PrintedPlan.of(plan, PlanFormat.YAML).text());
            }
            for (var text : texts) {
                paste(text);
                long nodes = plan.root().all().count();
                console.until(
                        () -> console.shown("#plan-page") && tree().getItems().size() == nodes);
                console.until(() -> !drawn("plan-title").isEmpty());
                var titles = plan.root().all().map(PlanNode::type).toList();
                assertThat(tree().getItems()).as(file).hasSize(titles.size());
                assertThat(console.text("#plan-verdict")).as(file).isNotBlank();
                press(KeyCode.ESCAPE, false);
                console.until(() -> !console.shown("#plan-page"));
            }
        }
    }

    @Test
    void the_figures_of_a_plan_are_those_of_its_text() throws IOException {
        paste(resource("psql-unicode.txt"));
        console.until(() -> console.shown("#plan-page") && drawn("plan-title").size() == 3);
        // 2.363 ms in all: 2.273 of them in the scan of part_0, 0.078 in that of users.
        assertThat(console.text("#plan-verdict"))
                .isEqualTo("96.2 % of 2.4 ms goes into Seq Scan on part_0 p; missing index.");
        assertThat(drawn("plan-title")).containsExactly("Nested Loop", "Seq Scan", "Seq Scan");
        assertThat(drawn("plan-subject")).containsExactly("users u", "part_0 p");
        assertThat(drawn("plan-node-text"))
                .containsExactly(
                        "filter username = 'depesz'::text", "filter added_by = 'depesz'::text");
        assertThat(drawn("plan-figure")).contains("2.3 ms", "78 µs", "15 → 15", "1 → 1");
        assertThat(drawn("plan-note"))
                .contains("96.2 %", "3.3 %", "13,205 removed", "1,231 removed", "as estimated");
        // What it was not asked for is off and says so.
        console.robot.clickOn("#plan-by-buffers");
        console.settle();
        assertThat(drawn("plan-figure")).contains("2.3 ms");
        console.robot.clickOn("#plan-by-cost");
        console.until(() -> drawn("plan-figure").contains("1,976"));
    }

    @Test
    void nodes_are_found_folded_marked_and_zoomed_by_keyboard() throws IOException {
        paste(resource("deep-subplan.txt"));
        console.until(() -> console.shown("#plan-page") && tree().getItems().size() == 19);
        console.robot.push(KeyCode.CONTROL, KeyCode.F);
        console.robot.write("Aggregate");
        console.until(() -> selected().contains("Aggregate"));
        console.robot.push(KeyCode.ESCAPE);
        console.robot.push(KeyCode.LEFT);
        console.until(() -> tree().getItems().size() < 19);
        console.robot.push(KeyCode.RIGHT);
        console.until(() -> tree().getItems().size() == 19);
        var marked =
                FxToolkit.call(
                        () ->
                                console.node("#plan-source").lookupAll(".list-cell:marked").stream()
                                        .map(n -> ((javafx.scene.control.Labeled) n).getText())
                                        .toList());
        assertThat(marked).anyMatch(l -> l != null && l.contains("Aggregate"));
        double before = FxToolkit.call(() -> tree().lookup(".plan-title").prefHeight(-1));
        console.robot.push(KeyCode.CONTROL, KeyCode.EQUALS);
        console.until(() -> ((Label) tree().lookup(".plan-title")).prefHeight(-1) > before);
    }

    private String selected() {
        return String.valueOf(tree().getSelectionModel().getSelectedItem());
    }

    @Test
    void text_that_is_no_plan_says_why_and_can_be_mended() throws IOException {
        paste("hello, this is no plan");
        console.until(() -> console.shown("#paste-form"));
        assertThat(console.text("#paste-trouble")).startsWith("No node of a plan was found");
        var good = resource("psql-unicode.txt");
        FxToolkit.call(
                () -> {
                    ((javafx.scene.control.TextArea) console.frame.scene().lookup("#paste-text"))
                            .setText(good);
                    return good;
                });
        console.robot.clickOn("#paste-show");
        console.until(() -> console.shown("#plan-page") && tree().getItems().size() == 3);
    }
}
