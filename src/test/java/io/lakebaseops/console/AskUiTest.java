package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.state.Conversations;
import io.lakebaseops.testing.SampleAnswers;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
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
        console.until(() -> there("#stop"));
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
