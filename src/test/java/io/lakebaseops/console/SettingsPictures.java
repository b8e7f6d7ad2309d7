package io.lakebaseops.console;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.state.Alerts;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// Pictures of the settings and of what one can do there.
final class SettingsPictures {
    private SettingsPictures() {}

    static List<PictureScene> scenes() {
        return List.of(
                at("settings", SettingsPictures::tried),
                at("settings-down", c -> c.scroll(Destination.SETTINGS, 1)),
                at("settings-middle", c -> c.scroll(Destination.SETTINGS, 0.5)),
                at(
                        "settings-wrong",
                        c -> {
                            c.type("#critical-max_dead_tuple_ratio", "8 %");
                            c.click("#threshold-max_dead_tuple_ratio");
                        }),
                at("settings-channel", c -> c.fire("#channel-pagerduty-storefront")),
                at("settings-channel-new", c -> c.fire("#add-channel")),
                at("settings-model", c -> c.fire("#model-change")),
                at("settings-undo", c -> c.fire("#end-1")),
                at(
                        "settings-leaving",
                        c -> {
                            c.type("#warning-max_dead_tuple_ratio", "15 %");
                            c.leaveFor(Destination.overview());
                        }),
                at(
                        "settings-failed-draft",
                        c -> {
                            c.type("#warning-max_dead_tuple_ratio", "15 %");
                            c.shop().settings.away = true;
                            c.refresh(Destination.SETTINGS);
                        }));
    }

    private static PictureScene at(String name, Consumer<PictureHands> act) {
        return PictureScene.of(name, busy(), Destination.settings(), act);
    }

    /// With what people decided not to hear about.
    static FakeShop busy() {
        var shop = FakeShop.busyDay();
        decided(shop);
        return shop;
    }

    static void decided(FakeShop shop) {
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
    }

    private static void tried(PictureHands c) {
        c.type("#warning-max_dead_tuple_ratio", "15 %");
        c.click("#threshold-max_dead_tuple_ratio");
    }
}
