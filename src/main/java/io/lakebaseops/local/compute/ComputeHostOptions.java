package io.lakebaseops.local.compute;

import io.lakebaseops.platform.ServerHosting;
import io.lakebaseops.platform.UserFolders;

import java.nio.file.Path;
import java.time.Duration;

/// Settings of a compute host.
///
/// @param cacheDir where the unpacked server and the template cluster are kept for all rooms of
///     this user
/// @param fsync false trades crash safety of the *operating system* for speed; a killed postmaster
///     loses nothing either way
/// @param startTimeout how long a compute may take until it accepts connections, also for a waiting
///     client
/// @param stopTimeout how long a fast shutdown may take before the postmaster is stopped the hard
///     way
/// @param signalBackend whether `databricks_superuser` may cancel and terminate other sessions
/// @param maintain whether `databricks_superuser` may vacuum, analyze and reindex tables of others
/// @param hosting how servers are started, reached and stopped
public record ComputeHostOptions(
        Path cacheDir,
        boolean fsync,
        Duration startTimeout,
        Duration stopTimeout,
        boolean signalBackend,
        boolean maintain,
        ServerHosting hosting) {

    /// Durable, with all rights, cached under the user's cache directory.
    public static ComputeHostOptions defaults() {
        return new ComputeHostOptions(
                UserFolders.ofThisUser().cache(),
                true,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                true,
                true,
                ServerHosting.ofThisSystem());
    }

    public ComputeHostOptions withFsync(boolean on) {
        return new ComputeHostOptions(
                cacheDir, on, startTimeout, stopTimeout, signalBackend, maintain, hosting);
    }

    public ComputeHostOptions withHosting(ServerHosting other) {
        return new ComputeHostOptions(
                cacheDir, fsync, startTimeout, stopTimeout, signalBackend, maintain, other);
    }

    public ComputeHostOptions withStartTimeout(Duration timeout) {
        return new ComputeHostOptions(
                cacheDir, fsync, timeout, stopTimeout, signalBackend, maintain, hosting);
    }
}
