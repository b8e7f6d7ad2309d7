package io.lakebaseops.testing;

import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Who removes the tests' temporary directories? A thread of its own while the next tests run: the
/// branches of one class are some hundred thousand files. The end of the session waits for it.
public final class Broom implements TempDirDeletionStrategy, LauncherSessionListener {
    private static final ExecutorService SWEEPING =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("broom").factory());

    @Override
    public DeletionResult delete(
            Path directory, AnnotatedElementContext element, ExtensionContext test) {
        SWEEPING.execute(() -> Pg17.remove(directory));
        return DeletionResult.builder(directory).build();
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        SWEEPING.close();
    }
}
