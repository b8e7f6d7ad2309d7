package io.lakebaseops.console;

import io.lakebaseops.console.connect.ConnectForm.Field;
import io.lakebaseops.console.connect.ConnectModel;
import io.lakebaseops.console.connect.FirstStartView;
import io.lakebaseops.console.fx.FxToolkit;

import javafx.scene.Scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Draws the first start: empty, tested well, and refused.
final class ConnectPictures {
    private ConnectPictures() {}

    static void draw(Path dir, Theme theme, int width, int height) throws IOException {
        Files.createDirectories(dir);
        var name = theme.name().toLowerCase(java.util.Locale.ROOT);
        draw(dir.resolve("first-" + name + ".png"), theme, width, height, null);
        draw(dir.resolve("connect-" + name + ".png"), theme, width, height, "right");
        draw(dir.resolve("connect-failed-" + name + ".png"), theme, width, height, "wrong");
    }

    private static void draw(Path file, Theme theme, int width, int height, String password)
            throws IOException {
        FxToolkit.start();
        var desk = new FakeConnections();
        var scene =
                FxToolkit.call(
                        () -> {
                            var model = new ConnectModel(desk, Runnable::run, Runnable::run);
                            var view = new FirstStartView(model, () -> {});
                            model.lookAround();
                            var drawn = new Scene(view.root(), width, height);
                            theme.applyTo(drawn);
                            if (password != null) {
                                model.paste(
                                        "psql \"host=db-eu-1.shop.example port=5432 dbname=shop"
                                                + " user=lakebaseops sslmode=verify-full\"");
                                model.form().text(Field.NAME).set("shop-eu");
                                model.form().text(Field.PASSWORD).set(password);
                                model.test();
                            }
                            return drawn;
                        });
        for (int pulse = 0; pulse < 6; pulse++) {
            LockSupport.parkNanos(Duration.ofMillis(60).toNanos());
            FxToolkit.call(
                    () -> {
                        scene.getRoot().applyCss();
                        scene.getRoot().layout();
                        return scene;
                    });
        }
        Screens.write(FxToolkit.call(() -> scene.snapshot(null)), file);
    }
}
