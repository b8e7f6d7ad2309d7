package io.lakebaseops.app;

import io.lakebaseops.config.ConfigHome;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.platform.OwnerOnly;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The folder in which this installation keeps its data, settings and logs.
///
/// @param dir everything of one user; several processes share it
record Home(Path dir) {
    /// What stands in a home, by the beginning of its name.
    private static final List<String> OURS =
            List.of(
                    "local",
                    "state",
                    "audit",
                    "lakehouse",
                    "snapshots",
                    "log",
                    "model.yaml",
                    "models",
                    "twin",
                    "window.json",
                    "console",
                    "connections.yaml",
                    "notifications.yaml",
                    "secrets");

    /// Starting a server in the background, PostgreSQL hands its paths to a shell.
    private static final Pattern SHELL = Pattern.compile("[$`\"\\\\\n\r]");

    Home {
        dir = dir.toAbsolutePath().normalize();
    }

    /// `lakebaseops.home` names another one for a single run.
    static Home ofThisProcess() {
        var chosen = System.getProperty("lakebaseops.home");
        try {
            var home = new Home(chosen == null ? ConfigHome.ofThisProcess() : Path.of(chosen));
            if (SHELL.matcher(home.dir().toString()).find()) {
                throw home.unusable("its name holds a character that a shell would read", null);
            }
            return home;
        } catch (InvalidPathException e) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Find the folder for data",
                    "its name cannot be read: " + e.getReason(),
                    "name another directory by LAKEBASEOPS_HOME, or set a UTF-8 locale",
                    e);
        }
    }

    Path local() {
        return kept("local");
    }

    Path state() {
        return kept("state");
    }

    /// The key that signs audit entries, and what was seen of the chain.
    Path audit() {
        return kept("audit");
    }

    Path lakehouse() {
        return kept("lakehouse");
    }

    /// The same place without making it.
    Path lakehouseFolder() {
        return dir.resolve("lakehouse");
    }

    /// The last reading of each server's counters; deltas are made against it.
    Path snapshots() {
        return dir.resolve("snapshots");
    }

    /// One file per run, as [LogFile] writes them.
    Path log() {
        return dir.resolve("log");
    }

    /// Libraries that language models need, unpacked at their first use.
    Path models() {
        return dir.resolve("models");
    }

    /// Statistics of watched databases lie there while the planner twin is in use.
    Path twin() {
        return kept("twin");
    }

    Path window() {
        return dir.resolve("window.json");
    }

    /// What cannot be kept is said before anything is begun.
    private Path kept(String part) {
        try {
            OwnerOnly.makeFolder(dir);
        } catch (IOException e) {
            throw unusable("it cannot be made: " + e, e);
        }
        if (!Files.isWritable(dir)) {
            throw unusable("it may not be written to", null);
        }
        var folder = dir.resolve(part);
        try {
            // Query texts and findings are nobody else's business, and whoever may read a lock file
            // may hold it. A folder that holds other things as well stays as its owner has it.
            if (oursAlone()) {
                OwnerOnly.close(dir);
            }
            OwnerOnly.makeFolder(folder);
            OwnerOnly.close(folder);
        } catch (IOException e) {
            throw unusable("it cannot be closed to other users: " + e, e);
        }
        return folder;
    }

    private boolean oursAlone() throws IOException {
        try (var files = Files.list(dir)) {
            return files.map(f -> f.getFileName().toString()).allMatch(Home::ours);
        }
    }

    private static boolean ours(String name) {
        return OURS.stream().anyMatch(name::startsWith);
    }

    private OpsException unusable(String why, @Nullable IOException cause) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "Keep data in " + dir,
                why,
                "name another directory: LAKEBASEOPS_HOME",
                cause);
    }
}
