package io.lakebaseops.console;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.state.Alerts;

import javafx.scene.control.ButtonBase;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Draws the settings in every state: `SettingsPictures DIR [PART OF THE NAME]`.
public final class SettingsPictures {
    private static Path dir = Path.of(".");
    private static String only = "";

    private SettingsPictures() {}

    public static void main(String[] args) throws IOException {
        Thread.currentThread()
                .setUncaughtExceptionHandler(
                        (_, e) -> {
                            e.printStackTrace();
                            System.exit(1);
                        });
        dir = Files.createDirectories(Path.of(args[0]));
        only = args.length > 1 ? args[1] : "";
        for (var theme : Theme.values()) {
            for (int[] size : new int[][] {{1600, 900}, {1280, 720}}) {
                var name = "-%s-%d".formatted(theme.name().toLowerCase(Locale.ROOT), size[0]);
                draw("settings" + name, busy(), theme, size, SettingsPictures::tried);
                draw("plain" + name, busy(), theme, size, _ -> {});
                draw("down" + name, busy(), theme, size, c -> c.scroll(1));
            }
        }
        states();
        System.exit(0);
    }

    /// With what people decided not to hear about.
    static FakeShop busy() {
        var shop = FakeShop.busyDay();
        var t = FakeShop.NOW;
        shop.mutes.add(
                new Alerts.Mute(
                        MetricName.SLOWEST_QUERY_SECONDS,
                        Subject.branch("production"),
                        "anna",
                        t.minusSeconds(28_000),
                        t.plusSeconds(14_000),
                        "backfill of web.events"));
        shop.desk.held.add(
                new HeldBack(
                        "Unused index shop.events_session_idx has had no scan for 41 days",
                        FakeShop.PRODUCTION.key(),
                        null,
                        "f-1",
                        "root",
                        t.minus(Duration.ofDays(10)),
                        "the year-end report reads it",
                        t.plus(Duration.ofDays(54))));
        shop.desk.held.add(
                new HeldBack(
                        "Drop index shop.order_items_product_idx",
                        FakeShop.PRODUCTION.key(),
                        UUID.fromString("00000000-0000-0000-0000-000000000007"),
                        "f-2",
                        "root",
                        t.minusSeconds(50_000),
                        "needed by the import",
                        t.plus(Duration.ofDays(12))));
        return shop;
    }

    private static void tried(Hands c) {
        c.type("#warning-max_dead_tuple_ratio", "15 %");
        c.open("#threshold-max_dead_tuple_ratio");
    }

    private static void states() throws IOException {
        int[] wide = {1600, 900};
        draw(
                "wrong",
                busy(),
                Theme.DARK,
                wide,
                c -> {
                    c.type("#critical-max_dead_tuple_ratio", "8 %");
                    c.open("#threshold-max_dead_tuple_ratio");
                });
        draw("channel", busy(), Theme.DARK, wide, c -> c.fire("#channel-pagerduty-storefront"));
        draw("channel-new", busy(), Theme.LIGHT, wide, c -> c.fire("#add-channel"));
        draw("model", busy(), Theme.DARK, wide, c -> c.fire("#model-change"));
        draw("undo", busy(), Theme.LIGHT, wide, c -> c.fire("#end-1"));
        draw(
                "leaving",
                busy(),
                Theme.DARK,
                new int[] {1280, 720},
                c -> {
                    c.type("#warning-max_dead_tuple_ratio", "15 %");
                    c.go(Destination.overview());
                });
        var empty = new FakeShop();
        draw("empty", empty, Theme.DARK, wide, _ -> {});
        var stale = busy();
        stale.measuredAt = FakeShop.NOW.minusSeconds(95);
        stale.outage =
                new HealthBoard.Outage(
                        FakeShop.NOW.minusSeconds(90), "the server closed the connection");
        draw("stale", stale, Theme.LIGHT, wide, _ -> {});
        var failed = busy();
        draw(
                "failed",
                failed,
                Theme.DARK,
                wide,
                c -> {
                    c.type("#warning-max_dead_tuple_ratio", "15 %");
                    failed.settings.away = true;
                    c.refresh();
                });
        draw("huge", busy(), Theme.DARK, new int[] {2560, 1440}, SettingsPictures::tried);
    }

    /// Keys and clicks of a picture.
    private record Hands(OpenConsole console) {
        void fire(String id) {
            console.until(() -> console.node(id) != null);
            FxToolkit.call(
                    () -> {
                        ((ButtonBase) console.frame.scene().lookup(id)).fire();
                        return id;
                    });
        }

        void type(String id, String text) {
            FxToolkit.call(
                    () -> {
                        ((TextField) console.frame.scene().lookup(id)).setText(text);
                        return id;
                    });
        }

        void open(String row) {
            FxToolkit.call(
                    () -> {
                        var node = console.frame.scene().lookup(row);
                        node.getOnMouseClicked().handle(null);
                        return row;
                    });
        }

        void go(Destination to) {
            FxToolkit.call(
                    () -> {
                        console.frame.session().goTo(to);
                        return to;
                    });
        }

        void refresh() {
            FxToolkit.call(
                    () -> {
                        console.frame.view(Destination.SETTINGS).model().refresh();
                        return true;
                    });
        }

        void scroll(double to) {
            FxToolkit.call(
                    () -> {
                        var root = console.frame.view(Destination.SETTINGS).root();
                        ((ScrollPane) root.lookup(".scroll-pane")).setVvalue(to);
                        return to;
                    });
        }
    }

    private static void draw(
            String name, FakeShop shop, Theme theme, int[] size, Consumer<Hands> act)
            throws IOException {
        if (!name.contains(only)) {
            return;
        }
        try (var console = new OpenConsole(shop, dir, size[0], size[1], theme)) {
            console.goTo(Destination.settings());
            console.settle();
            LockSupport.parkNanos(200_000_000);
            act.accept(new Hands(console));
            for (int i = 0; i < 6; i++) {
                LockSupport.parkNanos(80_000_000);
                console.settle();
            }
            Screens.write(
                    FxToolkit.call(() -> console.frame.scene().snapshot(null)),
                    dir.resolve(name + ".png"));
        }
    }
}
