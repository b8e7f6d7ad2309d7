package io.lakebaseops.console.indexes;

import io.lakebaseops.console.Destination;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.shell.Frame;
import io.lakebaseops.local.demo.DemoShop;
import io.lakebaseops.local.demo.DemoWorkload;
import io.lakebaseops.testing.Pg17;

import javafx.embed.swing.SwingFXUtils;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.function.BooleanSupplier;

import javax.imageio.ImageIO;

/// Draws the Indexes screen over the demo shop under load, to be looked at: `IndexPictures DIR`.
public final class IndexPictures {
    private IndexPictures() {}

    public static void main(String[] args) throws Exception {
        var dir = Files.createDirectories(Path.of(args[0]));
        FxToolkit.headless();
        FxToolkit.start();
        FxToolkit.call(
                () -> {
                    Thread.currentThread()
                            .setUncaughtExceptionHandler((_, e) -> e.printStackTrace());
                    return args;
                });
        var server = Pg17.started(List.of("shared_preload_libraries=pg_stat_statements"));
        try {
            var database = server.database("shop");
            database.asAdmin("create extension if not exists pg_stat_statements");
            try (var connection =
                    DriverManager.getConnection(database.url(), Pg17.DBA, Pg17.DBA_PASSWORD)) {
                DemoShop.load(connection, DemoShop.Size.SMALL);
            }
            try (var work =
                            new DemoWorkload(
                                    database.url(),
                                    Pg17.DBA,
                                    () -> Pg17.DBA_PASSWORD,
                                    DemoWorkload.DEFAULT_RATE);
                    var rig = new IndexRig(database, Files.createTempDirectory("pictures"))) {
                work.start();
                Thread.sleep(15_000);
                draw(rig, dir, "unread", Theme.DARK, 1600, 900);
                rig.analyse();
                for (var theme : Theme.values()) {
                    draw(rig, dir, "wide", theme, 1600, 900);
                    draw(rig, dir, "small", theme, 1280, 720);
                }
            }
        } finally {
            server.stop();
        }
        System.exit(0);
    }

    private static void draw(
            IndexRig rig, Path dir, String name, Theme theme, int width, int height)
            throws Exception {
        var frame =
                FxToolkit.call(
                        () ->
                                new Frame(
                                        rig.services,
                                        rig.target,
                                        new FxExecutor(),
                                        theme,
                                        width,
                                        height));
        FxToolkit.call(
                () -> {
                    frame.session().goTo(Destination.indexes());
                    return frame;
                });
        var model = (IndexesViewModel) FxToolkit.call(() -> frame.view("indexes").model());
        await(() -> model.stateProperty().get() != ScreenState.LOADING);
        await(
                () ->
                        model.tableProperty().get() == null
                                || model.tableProperty().get() instanceof TableView.Read);
        write(
                frame,
                dir.resolve(name + "-" + theme.name().toLowerCase(java.util.Locale.ROOT) + ".png"));
        var picture = model.dataProperty().get();
        if (picture != null && !picture.lines().isEmpty()) {
            for (int i = 0; i < picture.lines().size(); i += 3) {
                var line = picture.lines().get(i);
                FxToolkit.call(
                        () -> {
                            model.open(line);
                            return line;
                        });
                await(() -> model.tableProperty().get() instanceof TableView.Read);
                write(
                        frame,
                        dir.resolve(
                                "%s-%s-%d.png"
                                        .formatted(
                                                name,
                                                theme.name().toLowerCase(java.util.Locale.ROOT),
                                                i)));
            }
        }
        FxToolkit.call(
                () -> {
                    frame.close();
                    return frame;
                });
    }

    private static void await(BooleanSupplier there) throws InterruptedException {
        for (int i = 0; i < 400 && !FxToolkit.call(there::getAsBoolean); i++) {
            Thread.sleep(50);
        }
    }

    private static void write(Frame frame, Path file) throws Exception {
        for (int pulse = 0; pulse < 8; pulse++) {
            Thread.sleep(80);
            FxToolkit.call(
                    () -> {
                        frame.scene().getRoot().applyCss();
                        frame.scene().getRoot().layout();
                        return frame;
                    });
        }
        var image = FxToolkit.call(() -> frame.scene().snapshot(null));
        ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
    }
}
