package io.lakebaseops.local.api;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.lakebaseops.platform.OperatingSystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// The server of one branch, stopped in its tracks until this is closed: it neither answers nor
/// ends, so whatever needs it is surely still under way.
public final class PausedServer implements AutoCloseable {
    private final String pid;

    private PausedServer(String pid) {
        this.pid = pid;
    }

    /// @param home of the Local Lakebase
    /// @param branchUid a branch whose compute is up
    public static PausedServer of(Path home, String branchUid) {
        assumeFalse(
                OperatingSystem.current() == OperatingSystem.WINDOWS,
                "Windows pauses no processes from outside");
        try {
            var file = home.resolve("branches").resolve(branchUid).resolve("data/postmaster.pid");
            var paused = new PausedServer(Files.readAllLines(file).getFirst());
            paused.signal("STOP");
            return paused;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            var kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start();
            if (!kill.waitFor(60, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException(name + " did not reach " + pid);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        signal("CONT");
    }
}
