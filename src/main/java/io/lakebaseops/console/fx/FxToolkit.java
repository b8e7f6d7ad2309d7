package io.lakebaseops.console.fx;

import com.sun.glass.ui.Application;

import javafx.application.Platform;
import javafx.scene.text.Font;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Starts JavaFX once per process, with or without a display.
public final class FxToolkit {
    /// What the desktop knows our windows by: WM_CLASS of X11, `StartupWMClass` of the menu entry.
    static final String NAME = "LakebaseOps";

    private static final String[] FONTS = {
        "InterTabular-Regular.otf",
        "InterTabular-Medium.otf",
        "InterTabular-SemiBold.otf",
        "JetBrainsMono-Regular.ttf",
        "JetBrainsMono-Bold.ttf"
    };

    /// Held so that its level stays: on the class path JavaFX warns at each start, to no purpose.
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private FxToolkit() {}

    /// Draws in memory instead of on a display; only before the toolkit's start.
    public static void headless() {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        HeadlessDrawing.off();
    }

    /// Idempotent; returns when the toolkit runs and our fonts are known to it.
    public static void start() {
        // Closing the last window ends the toolkit for good otherwise; a process may open another.
        Platform.setImplicitExit(false);
        var up = new CountDownLatch(1);
        JAVAFX.setLevel(Level.SEVERE);
        try {
            Platform.startup(up::countDown);
        } catch (IllegalStateException e) {
            Platform.runLater(up::countDown); // somebody started it before: that is all we want
        }
        try {
            up.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while JavaFX started", e);
        }
        // JavaFX knows a name only of applications that it launches itself.
        Platform.runLater(() -> Application.GetApplication().setName(NAME));
        for (var font : FONTS) {
            var url = Objects.requireNonNull(FxToolkit.class.getResource("/console/fonts/" + font));
            Objects.requireNonNull(Font.loadFont(url.toExternalForm(), 13), font);
        }
    }

    /// Runs on the JavaFX thread and waits for the value; for callers outside of it.
    public static <T> T call(Supplier<T> work) {
        if (Platform.isFxApplicationThread()) {
            return work.get();
        }
        return CompletableFuture.supplyAsync(work, Platform::runLater).join();
    }
}
