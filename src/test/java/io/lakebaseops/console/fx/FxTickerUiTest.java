package io.lakebaseops.console.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

@ScreenTest
@Timeout(180)
final class FxTickerUiTest {
    private final AtomicInteger pulses = new AtomicInteger();
    private final AtomicInteger ticks = new AtomicInteger();

    @Test
    void it_ticks_until_it_is_stopped_and_nothing_is_drawn_for_it() {
        FxToolkit.headless();
        FxToolkit.start();
        var ticker = new FxTicker(Duration.ofMillis(5), ticks::incrementAndGet);
        var stage =
                FxToolkit.call(
                        () -> {
                            var window = new Stage();
                            window.setScene(new Scene(new Label("nothing moves"), 200, 100));
                            window.show();
                            window.getScene().addPostLayoutPulseListener(pulses::incrementAndGet);
                            ticker.start();
                            ticker.start();
                            return window;
                        });
        try {
            await().until(() -> ticks.get() >= 200);
            int drawn = pulses.get();
            assertThat(drawn).as("pulses of %s ticks", ticks).isLessThan(100);
        } finally {
            FxToolkit.call(
                    () -> {
                        ticker.stop();
                        stage.hide();
                        return stage;
                    });
        }
        int last = FxToolkit.call(ticks::get);
        FxToolkit.call(
                () -> {
                    ticker.start();
                    ticker.stop();
                    ticker.start();
                    return ticker;
                });
        await().until(() -> ticks.get() > last);
        FxToolkit.call(
                () -> {
                    ticker.stop();
                    return ticker;
                });
    }
}
