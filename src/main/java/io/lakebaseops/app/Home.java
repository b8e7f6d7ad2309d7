package io.lakebaseops.app;

import io.lakebaseops.config.ConfigHome;

import java.nio.file.Path;

/// Where does this installation keep what it must not forget?
///
/// @param dir everything of one user; several processes share it
record Home(Path dir) {
    Home {
        dir = dir.toAbsolutePath().normalize();
    }

    /// `lakebaseops.home` names another one for a single run.
    static Home ofThisProcess() {
        var chosen = System.getProperty("lakebaseops.home");
        return new Home(chosen == null ? ConfigHome.ofThisProcess() : Path.of(chosen));
    }

    Path local() {
        return dir.resolve("local");
    }

    Path state() {
        return dir.resolve("state");
    }

    Path lakehouse() {
        return dir.resolve("lakehouse");
    }

    /// The last reading of each server's counters; deltas are made against it.
    Path snapshots() {
        return dir.resolve("snapshots");
    }

    Path window() {
        return dir.resolve("window.json");
    }
}
