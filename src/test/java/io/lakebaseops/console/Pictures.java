package io.lakebaseops.console;

import io.lakebaseops.console.fx.FxToolkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/// Draws every screen of the invented shop, to be looked at: `Pictures DIR`.
public final class Pictures {
    public static void main(String[] args) throws Exception {
        FxToolkit.headless();
        Thread.currentThread()
                .setUncaughtExceptionHandler(
                        (_, e) -> {
                            e.printStackTrace();
                            System.exit(1);
                        });
        var dir = Path.of(args[0]);
        var only = args.length > 1 ? args[1] : "";
        try (var background = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var theme : Theme.values()) {
                for (int[] size : new int[][] {{1600, 900}, {1280, 720}}) {
                    var name = size[0] + "-" + theme.name().toLowerCase(java.util.Locale.ROOT);
                    if (!name.contains(only)) {
                        continue;
                    }
                    var memory = Files.createTempDirectory("console").resolve("memory.json");
                    var services = FakeShop.busyDay().services(background, memory);
                    Screens.snapshot(
                            services,
                            FakeShop.PRODUCTION,
                            dir.resolve(Integer.toString(size[0])),
                            theme,
                            size[0],
                            size[1]);
                }
            }
        }
        for (var theme : Theme.values()) {
            for (int[] size : new int[][] {{1600, 900}, {1280, 720}, {2560, 1440}}) {
                if ((size[0] + "-connect-" + theme)
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains(only)) {
                    ConnectPictures.draw(
                            dir.resolve(Integer.toString(size[0])), theme, size[0], size[1]);
                }
            }
        }
        System.exit(0);
    }
}
