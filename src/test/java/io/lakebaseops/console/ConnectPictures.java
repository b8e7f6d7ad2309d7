package io.lakebaseops.console;

import io.lakebaseops.console.connect.ConnectForm.Field;
import io.lakebaseops.console.connect.ConnectModel;
import io.lakebaseops.console.connect.FirstStartView;
import io.lakebaseops.console.fx.FxToolkit;

import javafx.scene.Scene;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/// Pictures of the first start: empty, tested well, and refused.
final class ConnectPictures {
    private ConnectPictures() {}

    /// @param check is told of each scene before its picture is taken
    static void draw(
            Path dir, String only, Theme theme, int[] size, BiConsumer<String, Scene> check)
            throws IOException {
        var passwords = new LinkedHashMap<String, @Nullable String>();
        passwords.put("connect-first", null);
        passwords.put("connect", "right");
        passwords.put("connect-failed", "wrong");
        for (var one : passwords.entrySet()) {
            if (one.getKey().contains(only)) {
                var file = PicturesUiTest.file(one.getKey(), theme, size);
                draw(dir.resolve(file), theme, size, one.getValue(), check);
            }
        }
    }

    private static void draw(
            Path file,
            Theme theme,
            int[] size,
            @Nullable String password,
            BiConsumer<String, Scene> check)
            throws IOException {
        var desk = new FakeConnections();
        var scene =
                FxToolkit.call(
                        () -> {
                            var model = new ConnectModel(desk, Runnable::run, Runnable::run);
                            var view = new FirstStartView(model, () -> {});
                            model.lookAround();
                            var drawn = new Scene(view.root(), size[0], size[1]);
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
        FxToolkit.call(
                () -> {
                    check.accept(file.getFileName().toString(), scene);
                    return scene;
                });
        Screens.write(FxToolkit.call(() -> scene.snapshot(null)), file);
    }
}
