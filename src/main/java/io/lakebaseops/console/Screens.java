package io.lakebaseops.console;

import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.shell.Frame;
import io.lakebaseops.domain.TargetId;

import javafx.embed.swing.SwingFXUtils;
import javafx.scene.image.WritableImage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import javax.imageio.ImageIO;

/// Writes pictures of every screen, drawn without a display from the same services as the real
/// window.
public final class Screens {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Screens() {}

    /// Writes `<screen>-<theme>.png` for each screen and returns the files. When the process has
    /// no display, call {@link FxToolkit#headless()} before anything of JavaFX.
    public static List<Path> snapshot(
            ConsoleServices services,
            TargetId target,
            Path dir,
            Theme theme,
            int width,
            int height) {
        FxToolkit.start();
        var frame =
                FxToolkit.call(
                        () -> new Frame(services, target, new FxExecutor(), theme, width, height));
        try {
            Files.createDirectories(dir);
            var files = new ArrayList<Path>();
            for (var screen : frame.screens()) {
                FxToolkit.call(
                        () -> {
                            frame.session().goTo(screen.home());
                            return screen;
                        });
                await(
                        () ->
                                frame.view(screen.id()).model().stateProperty().get()
                                        != ScreenState.LOADING);
                var file = dir.resolve(name(screen, theme));
                write(settled(frame), file);
                files.add(file);
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("The pictures cannot be written to " + dir, e);
        } finally {
            FxToolkit.call(
                    () -> {
                        frame.close();
                        return frame;
                    });
        }
    }

    private static String name(Screen screen, Theme theme) {
        return (screen.id() + "-" + theme.name()).toLowerCase(Locale.ROOT) + ".png";
    }

    /// Lists fill their cells over a few pulses; a picture taken before would lack them.
    private static WritableImage settled(Frame frame) {
        for (int pulse = 0; pulse < 8; pulse++) {
            LockSupport.parkNanos(Duration.ofMillis(60).toNanos());
            FxToolkit.call(
                    () -> {
                        frame.scene().getRoot().applyCss();
                        frame.scene().getRoot().layout();
                        return frame;
                    });
        }
        return FxToolkit.call(() -> frame.scene().snapshot(null));
    }

    private static void await(BooleanSupplier ready) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!FxToolkit.call(ready::getAsBoolean) && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    static void write(WritableImage image, Path file) throws IOException {
        ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
    }
}
