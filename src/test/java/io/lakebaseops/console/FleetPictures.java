package io.lakebaseops.console;

import io.lakebaseops.console.fx.FxToolkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Draws the fleet with 40, 60 and 200 servers, and what one rarely sees of it: `FleetPictures DIR
/// [PART OF THE NAME]`.
public final class FleetPictures {
    private FleetPictures() {}

    public static void main(String[] args) throws IOException {
        var dir = Files.createDirectories(Path.of(args[0]));
        var only = args.length > 1 ? args[1] : "";
        for (var theme : Theme.values()) {
            for (int[] size : new int[][] {{1600, 900}, {1280, 720}, {2560, 1440}}) {
                var end = "-%s-%d".formatted(theme.name().toLowerCase(Locale.ROOT), size[0]);
                draw(dir, only, "drawn" + end, SampleFleet::drawn, theme, size, true);
                draw(
                        dir,
                        only,
                        "sixty" + end,
                        s -> SampleFleet.plain(s, 60, 10, 2),
                        theme,
                        size,
                        false);
                draw(
                        dir,
                        only,
                        "branches" + end,
                        s -> SampleFleet.branches(s, 200),
                        theme,
                        size,
                        false);
                draw(
                        dir,
                        only,
                        "one" + end,
                        s -> s.servers.known = java.util.List.of(FakeShop.PRODUCTION),
                        theme,
                        size,
                        false);
                draw(
                        dir,
                        only,
                        "stale" + end,
                        s -> {
                            SampleFleet.plain(s, 30, 3, 1);
                            s.measuredAts.replaceAll((_, at) -> at.minusSeconds(240));
                        },
                        theme,
                        size,
                        false);
            }
        }
        System.exit(0);
    }

    private static void draw(
            Path dir,
            String only,
            String name,
            Consumer<FakeShop> fill,
            Theme theme,
            int[] size,
            boolean select)
            throws IOException {
        if (!name.contains(only)) {
            return;
        }
        var shop = FakeShop.busyDay();
        fill.accept(shop);
        try (var console = new OpenConsole(shop, dir, size[0], size[1], theme)) {
            console.goTo(Destination.fleet());
            if (select) {
                FxToolkit.call(
                        () -> {
                            console.frame
                                    .session()
                                    .goTo(
                                            new Destination(
                                                    Destination.FLEET, FakeShop.PRODUCTION.key()));
                            return true;
                        });
            }
            for (int i = 0; i < 8; i++) {
                LockSupport.parkNanos(80_000_000);
                console.settle();
            }
            Screens.write(
                    FxToolkit.call(() -> console.frame.scene().snapshot(null)),
                    dir.resolve(name + ".png"));
        }
    }
}
