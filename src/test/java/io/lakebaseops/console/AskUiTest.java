package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.framework.work.TaskExecutor;
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
        assertThat(console.text("#conversations .row-title")).isNotBlank();
    }

    private int rows() {
        return ((ListView<?>) Objects.requireNonNull(console.node("#conversation-rows")))
                .getItems()
                .size();
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
    }
}
