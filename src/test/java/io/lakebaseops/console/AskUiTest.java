package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.state.Conversations;
import io.lakebaseops.testing.SampleAnswers;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/// The Ask screen and its drawer by keyboard alone.
@ScreenTest
@Timeout(180)
final class AskUiTest {
    @TempDir private Path dir;
    private final FakeShop shop = FakeShop.busyDay();
    private OpenConsole console;

    @BeforeEach
    void open() {
        shop.threads = TaskExecutor.open(shop.clock);
        console = new OpenConsole(shop, dir, 1600, 900);
    }

    @AfterEach
    void close() {
        console.close();
        shop.threads.close();
    }

    private void press(KeyCode... keys) {
        console.robot.push(keys);
    }

    private void ask(String question) {
        console.robot.write(question);
        press(KeyCode.ENTER);
    }

    @Test
    void offItLeavesNoTraceAndOnAPersonAgreesOnceAndSeesWhatAModelTookAndWhatDoesNotStand() {
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.J);
        console.until(() -> focused("#question") && there("#example-6"));
        ask("Which indexes are unused?");
        console.until(() -> there("#verdict-1"));
        assertThat(there("#model-use")).isFalse();
        assertThat(texts(".ask-screen"))
                .as("switched off, a model leaves no trace")
                .contains("Question")
                .noneMatch(t -> t.matches("(?is).*\\b(model|token|llm|assistant)s?\\b.*"));

        shop.ask.model.switchOn();
        ask("Which indexes waste space?");
        console.until(() -> there("#consent-2"));
        assertThat(shop.ask.asked).hasSize(1);
        assertThat(((javafx.scene.control.TextArea) console.node("#consent-text-2")).getText())
                .contains("Which indexes waste space?", "tables, the largest first");
        fire("#consent-no-2");
        console.until(() -> there("#verdict-2"));
        assertThat(there("#model-use")).isFalse();

        ask("Which indexes waste space?");
        console.until(() -> there("#consent-3"));
        fire("#consent-yes-3");
        console.until(() -> there("#verdict-3"));
        console.until(() -> there("#model-use"));
        assertThat(texts("#model-use"))
                .contains("databricks-claude-sonnet", "2 rounds", "12,480 tokens in, 391 out")
                .contains("1 sentence struck out", "cost 0.0433");
        assertThat(texts("#answer-3")).contains("not in the results");

        fire("#show-sent");
        console.until(() -> there("#sent-text"));
        assertThat(((TextInputControl) console.node("#sent-text")).getText())
                .contains("Which indexes waste space?", "tables, the largest first");
    }

    /// All that can be read on it.
    private List<String> texts(String selector) {
        return FxToolkit.call(
                () -> {
                    var texts = new ArrayList<String>();
                    for (Node node : console.frame.scene().lookup(selector).lookupAll("*")) {
                        switch (node) {
                            case Labeled labeled -> texts.add(labeled.getText());
                            case Text text -> texts.add(text.getText());
                            case TextInputControl input -> texts.add(input.getPromptText());
                            default -> {}
                        }
                    }
                    return texts.stream().filter(t -> t != null).toList();
                });
    }

    private void fire(String button) {
        FxToolkit.call(
                () -> {
                    ((Button) console.frame.scene().lookup(button)).fire();
                    return button;
                });
    }

    private boolean there(String selector) {
        return console.node(selector) != null;
    }

    private boolean focused(String selector) {
        var node = console.node(selector);
        return node != null && node.isFocused();
    }

    @Test
    void askedStoppedAskedBackAnsweredAndFoundAgainWithoutAMouse() {
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.J);
        console.until(() -> focused("#question") && there("#example-6"));

        shop.ask.pause = new CountDownLatch(1);
        ask(SampleAnswers.WHY_SLOW);
        console.until(() -> there("#doing") && console.text("#doing").startsWith("time per"));
        press(KeyCode.ESCAPE);
        console.until(() -> there("#trouble-1"));
        assertThat(console.text("#trouble-1")).startsWith("Stopped after 1 step");

        shop.ask.pause = null;
        press(KeyCode.UP);
        assertThat(((TextField) console.node("#question")).getText())
                .isEqualTo(SampleAnswers.WHY_SLOW);
        press(KeyCode.ENTER);
        console.until(() -> there("#verdict-2"));
        assertThat(console.text("#step-title")).contains("monitor_connections");

        ask("and is it getting worse on staging?");
        console.until(() -> there("#reading-3"));
        press(KeyCode.DIGIT2);
        console.until(() -> !there("#reading-3") && !there("#stop"));
        assertThat(shop.ask.asked.getLast().slots()).containsValue("time_compared");

        press(KeyCode.ESCAPE);
        console.until(() -> focused("#answer-3"));
        press(KeyCode.K);
        console.until(() -> console.text("#step-title").contains("monitor_connections"));
        press(KeyCode.SLASH);
        console.until(() -> focused("#search-conversations"));
        console.robot.write("nothing such");
        console.until(() -> rows() == 0);
        press(KeyCode.ESCAPE);
        console.until(() -> rows() == 2);
        ownSqlIsJudgedWhileTypedAndRunsOnlyWhenItReads();
    }

    @Test
    void theEvidenceIsWalkedAPlanFiledAndItsScreenOpenedByKeysAlone() {
        shop.tools.plans.put("terminate_idle_connections", List.of(shop.plan(SamplePlans.DROP)));
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.J);
        console.until(() -> focused("#question"));
        ask(SampleAnswers.WHY_SLOW);
        console.until(() -> there("#verdict-1"));
        press(KeyCode.ESCAPE);
        console.until(() -> focused("#answer-1"));

        var met = walkTo("act-1-0");
        assertThat(met).as("rows of the evidence that lead somewhere").contains("grid-link");
        press(KeyCode.SPACE);
        console.until(() -> text("#act-1-0").equals("Filed, open in Approvals"));
        assertThat(shop.tools.asked.getLast()).contains("terminate_idle_connections", "41822");
        assertThat(shop.desk.runs).as("nothing ran").hasValue(0);
        console.until(() -> focused("#act-1-0"));

        walkTo("step-2");
        press(KeyCode.ENTER);
        console.until(() -> console.text("#step-title").startsWith("2"));
        press(KeyCode.ESCAPE);
        console.until(() -> focused("#answer-1"));
        walkTo("act-1-0");
        press(KeyCode.SPACE);
        console.until(() -> there("#plan-title"));
        aStatementThatMayNotRunIsDraftedAsAPlan();
    }

    private void aStatementThatMayNotRunIsDraftedAsAPlan() {
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.J);
        console.until(() -> there("#question"));
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Q);
        console.until(() -> focused("#own-sql"));
        console.robot.write("select pg_terminate_backend(41822)");
        console.until(() -> console.shown("#draft-plan"));
        press(KeyCode.CONTROL, KeyCode.ENTER);
        console.settle();
        assertThat(shop.ask.statements).as("it is not run").isEmpty();
        fire("#draft-plan");
        console.until(() -> console.shown("#plan-title"));
        assertThat(shop.tools.asked.getLast()).contains("terminate_idle_connections", "41822");
        assertThat(shop.desk.runs).as("nothing ran").hasValue(0);
    }

    /// Tab by Tab; gives the style classes of what was met on the way.
    private List<String> walkTo(String id) {
        var met = new ArrayList<String>();
        for (int i = 0; i < 120; i++) {
            press(KeyCode.TAB);
            var owner = FxToolkit.call(() -> console.frame.scene().getFocusOwner());
            if (owner != null) {
                met.addAll(owner.getStyleClass());
                if (id.equals(owner.getId())) {
                    return met;
                }
            }
        }
        throw new AssertionError("Tab never comes to " + id + ", only to " + met);
    }

    private String text(String selector) {
        return console.node(selector) instanceof Labeled labeled ? labeled.getText() : "";
    }

    private int rows() {
        return ((ListView<?>) Objects.requireNonNull(console.node("#conversation-rows")))
                .getItems()
                .size();
    }

    private void ownSqlIsJudgedWhileTypedAndRunsOnlyWhenItReads() {
        press(KeyCode.CONTROL, KeyCode.J);
        console.until(() -> focused("#question"));
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Q);
        console.until(() -> focused("#own-sql"));
        assertThat(console.text("#sql-limits")).contains("read only", "1,000 rows");
        console.robot.write("delete from shop.orders");
        console.until(() -> console.disabled("#run-sql"));
        console.until(
                () -> console.text("#sql-judgement").startsWith("Not sent. Line 1, column 1"));
        press(KeyCode.CONTROL, KeyCode.ENTER);
        console.settle();
        assertThat(shop.ask.statements).isEmpty();
        fire("#count-instead");
        console.until(() -> !console.disabled("#run-sql"));
        assertThat(((TextInputControl) console.node("#own-sql")).getText())
                .isEqualTo("select count(*) from shop.orders");
        press(KeyCode.CONTROL, KeyCode.A);
        console.robot.write("select status, count(*) from shop.orders group by 1");
        console.until(() -> !console.disabled("#run-sql"));
        press(KeyCode.CONTROL, KeyCode.ENTER);
        console.until(() -> there("#own-result"));
        assertThat(shop.ask.statements).singleElement().asString().startsWith("select status");
        console.until(() -> console.text("#sql-limits").startsWith("as lakebaseops_ro"));
        press(KeyCode.ESCAPE);
        console.until(() -> focused("#answer-4"));
    }

    private void anAnswerPinnedToAPlanIsShownWithThePlanAndLeadsBack() {
        var conversation = java.util.UUID.randomUUID();
        var exchange = java.util.UUID.randomUUID();
        shop.ask.kept.put(
                "mira",
                FakeShop.PRODUCTION,
                conversation,
                new Conversations.Exchange(
                        exchange,
                        1,
                        "Which indexes are unused?",
                        false,
                        FakeShop.NOW,
                        shop.ask.samples.unusedIndexes(),
                        java.util.Map.of()));
        shop.ask.kept.pin(
                exchange,
                new Conversations.Pin(
                        new Conversations.Item(
                                Conversations.ItemKind.PLAN, SamplePlans.DROP.toString()),
                        "mira",
                        FakeShop.NOW));
        console.goTo(Destination.plan(SamplePlans.CREATE));
        console.goTo(Destination.plan(SamplePlans.DROP));
        console.until(() -> console.shown("#pinned-answers"));
        console.robot.clickOn("#pinned-answers .link");
        console.until(() -> there("#how-steps") && there("#verdict-1"));
    }

    @Test
    void theDrawerAsksAboutWhatIsSelectedAndOpensInTheScreen() {
        console.goTo(Destination.vacuum());
        console.until(() -> console.frame.view(Destination.VACUUM).selection() != null);
        press(KeyCode.CONTROL, KeyCode.J);
        console.until(() -> focused("#drawer-question"));
        assertThat(console.text("#about")).isEqualTo("shop.inventory");
        ask("Which indexes are unused?");
        console.until(() -> there("#ask-drawer #verdict-1"));
        assertThat(Objects.requireNonNull(shop.ask.asked.getLast().selected()).display())
                .isEqualTo("shop.inventory");
        press(KeyCode.ESCAPE);
        console.until(() -> !there("#ask-drawer"));
        press(KeyCode.CONTROL, KeyCode.J);
        console.until(() -> there("#ask-drawer #verdict-1"));
        console.robot.clickOn("#open-in-ask");
        console.until(() -> !there("#ask-drawer") && there("#how-steps"));
        assertThat(shop.ask.kept.count("mira")).isEqualTo(1);
        anAnswerPinnedToAPlanIsShownWithThePlanAndLeadsBack();
    }
}
