package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.state.IndexSummary;
import io.lakebaseops.testing.ScreenTest;
import io.lakebaseops.trial.TrialReport;

import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

@ScreenTest
@Timeout(180)
final class IndexesUiTest {
    @TempDir private Path dir;
    private FakeShop shop;
    private OpenConsole console;

    @BeforeEach
    void prepare() {
        shop = FakeShop.busyDay();
    }

    @AfterEach
    void close() {
        console.close();
    }

    private void open() {
        console = new OpenConsole(shop, dir, 1600, 900);
        console.goTo(Destination.indexes());
    }

    private int chosen() {
        return ((TableView<?>) console.node("#index-findings"))
                .getSelectionModel()
                .getSelectedIndex();
    }

    private String title() {
        var title = console.node("#finding").lookup(".pane-title");
        return ((Label) title).getText();
    }

    @Test
    void keys_alone_go_through_the_findings_and_the_pane_follows() {
        open();
        assertThat(console.text("#indexes-verdict"))
                .isEqualTo(
                        "4 indexes waste 461 MB; 1 missing one would save 28.1 % of the statements'"
                                + " time (estimated); 1 foreign key has no index.");
        console.robot.push(KeyCode.J);
        console.until(() -> console.shown("#finding"));
        assertThat(title()).startsWith("Index shop.customers");
        for (int line = 1; line <= 3; line++) {
            int next = line;
            console.robot.push(KeyCode.J);
            console.until(() -> chosen() == next);
        }
        assertThat(title()).isEqualTo("Drop orders_coupon_code_idx?");
        console.robot.push(KeyCode.K);
        console.until(() -> title().equals("Drop order_items_product_idx?"));
        assertThat(chosen()).isEqualTo(2);
        console.robot.push(KeyCode.ESCAPE);
        console.until(() -> !console.shown("#finding"));
    }

    @Test
    void a_chip_lists_one_kind_and_the_matrix_shows_what_is_the_beginning_of_what() {
        open();
        console.robot.clickOn("#table-name").write("shop.orders").push(KeyCode.ENTER);
        console.until(() -> console.node("#index-matrix") != null);
        assertThat(console.text("#matrix-words")).contains("1.3 GB", "12.4 M rows");
        var marks =
                console.node("#index-matrix").lookupAll(".matrix-cell.framed").stream()
                        .map(n -> n.getAccessibleText())
                        .toList();
        assertThat(marks)
                .containsExactlyInAnyOrder(
                        "customer_id is key 1 of orders_customer_id_created_at_idx",
                        "customer_id is key 1 of orders_customer_id_idx");
        assertThat(console.node("#index-matrix").lookupAll(".matrix-link")).hasSize(1);
        console.robot.clickOn("#group-bloated");
        console.until(
                () -> ((TableView<?>) console.node("#index-findings")).getItems().size() == 1);
    }

    @Test
    void an_ignored_finding_is_listed_apart_with_reason_and_date_until_it_is_shown_again() {
        open();
        console.robot.push(KeyCode.J);
        console.until(() -> console.shown("#finding"));
        console.robot.push(KeyCode.I);
        console.until(() -> console.shown("#ignore-form-reason"));
        console.robot.write("release week").push(KeyCode.ENTER);
        console.until(() -> shop.ignoredFindings.size() == 1);
        var ignored = shop.ignoredFindings.getFirst();
        assertThat(ignored.reason()).isEqualTo("release week");
        assertThat(ignored.until()).isEqualTo(FakeShop.NOW.plus(java.time.Duration.ofDays(7)));
        console.until(() -> !console.shown("#finding"));
        console.robot.push(KeyCode.DIGIT6);
        console.until(
                () -> ((TableView<?>) console.node("#index-findings")).getItems().size() == 1);
        console.robot.push(KeyCode.J);
        console.until(() -> console.shown("#show-again"));
    }

    @Test
    void filing_asks_for_the_remedy_of_this_finding_alone() {
        open();
        console.robot.push(KeyCode.J);
        console.until(() -> console.shown("#file-finding") && !console.disabled("#file-finding"));
        console.robot.push(KeyCode.F);
        console.until(() -> !shop.tools.asked.isEmpty());
        assertThat(shop.tools.asked)
                .singleElement()
                .asString()
                .startsWith("run_full_index_analysis mends ");
        var model = console.frame.view(Destination.INDEXES).model();
        console.until(
                () ->
                        model.noticeProperty().get() != null
                                && model.noticeProperty().get().text().contains("no longer there"));
    }

    @Test
    void a_check_that_failed_is_named_and_the_findings_of_the_others_stay() {
        shop.summaries.known.put(
                FakeShop.PRODUCTION,
                SampleIndexes.summary(
                        List.of(new IndexSummary.Failed("bloated_index", "permission denied"))));
        open();
        var said =
                console.node("#indexes-limits").lookupAll(".row-sub").stream()
                        .map(n -> ((Label) n).getText())
                        .toList();
        assertThat(said)
                .anyMatch(t -> t.contains("check for bloated index failed: permission denied"))
                .anyMatch(t -> t.contains("2 indexes without a scan so far are judged by"));
        assertThat(((TableView<?>) console.node("#index-findings")).getItems())
                .hasSizeGreaterThan(4);
    }

    @Test
    void without_a_finding_it_says_what_was_checked() {
        shop.findings.clear();
        open();
        assertThat(console.text("#indexes-verdict"))
                .startsWith("No finding. 61 indexes checked at")
                .contains("2 without a scan so far are judged by");
    }

    @Test
    void an_unreadable_table_leaves_the_rest_and_a_suspended_compute_is_not_woken() {
        shop.servers.awake = false;
        shop.servers.unreachable =
                new OpsException(
                        OpsException.Kind.UNREACHABLE, "Connecting", "connection refused", "");
        open();
        console.until(() -> console.shown("#read-table"));
        assertThat(console.text("#read-table")).isEqualTo("Wake it and read");
        console.robot.clickOn("#read-table");
        console.until(() -> console.text("#read-table").equals("Read again"));
        assertThat(console.text("#indexes-verdict")).contains("461 MB");
    }

    @Test
    void the_plan_of_a_finding_is_tried_on_a_branch_and_the_pane_says_what_came_of_it() {
        var finding =
                shop.findings.stream()
                        .filter(f -> f.finding().kind().equals("duplicate_index"))
                        .filter(f -> f.finding().impact() != null)
                        .findFirst()
                        .orElseThrow()
                        .finding();
        shop.desk.put(SamplePlans.mending(shop.plan(SamplePlans.DROP), finding));
        shop.trialReport =
                new TrialReport(
                        FakeShop.STAGING,
                        null,
                        List.of(),
                        java.time.Duration.ofMillis(420),
                        2_000_000,
                        1_000_000,
                        List.of(),
                        List.of(),
                        "deleted");
        open();
        console.goTo(Destination.indexFinding(finding.fingerprint()));
        console.until(() -> console.shown("#test-finding") && !console.disabled("#test-finding"));
        console.robot.clickOn("#test-finding");
        console.until(
                () ->
                        console.node("#finding").lookupAll(".fact-value").stream()
                                .anyMatch(
                                        n -> ((Label) n).getText().startsWith("went through in")));
        assertThat(shop.said).anyMatch(s -> s.startsWith("try Drop index"));
    }

    @Test
    void without_a_plan_the_button_says_why_nothing_can_be_tried() {
        open();
        console.robot.push(KeyCode.J);
        console.until(() -> console.shown("#test-finding"));
        assertThat(console.disabled("#test-finding")).isTrue();
        assertThat(console.node("#test-finding").getAccessibleText()).contains("File it first");
    }
}
