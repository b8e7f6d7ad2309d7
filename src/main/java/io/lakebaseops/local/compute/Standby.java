package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.local.compute.history.Lsn;
import io.lakebaseops.local.compute.server.AdminSession;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.DataDirectoryPool;
import io.lakebaseops.local.compute.server.PostgresBinaries;
import io.lakebaseops.local.compute.server.TemplateCluster;
import io.lakebaseops.platform.ServerAddress;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The compute of a READ_ONLY endpoint: a hot standby with files of its own that streams the log of
/// the branch's server (PostgreSQL manual, 26.2.5 "Streaming Replication").
///
/// It sleeps and wakes apart from its primary. While the primary sleeps nothing can change, so a
/// standby that is up goes on answering. One that wakes may have missed something: it starts the
/// primary for a moment and lets nobody in before it has caught up.
final class Standby implements Compute {
    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);
    private static final String HOMES = "standbys";
    private static final Duration CATCH_UP = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final String uid;
    private final Path dir;
    private final Branch primary;
    private final Branch server;
    private final ReentrantLock lock = new ReentrantLock();

    /// Where it streams from; the primary may get another port.
    private volatile @Nullable ServerAddress source;

    /// @param dir of this standby alone
    /// @param address of this standby alone
    Standby(
            String uid,
            Path dir,
            Branch primary,
            ServerAddress address,
            PostgresBinaries binaries,
            DataDirectoryPool spares,
            ComputeHostOptions options) {
        this.uid = uid;
        this.dir = dir;
        this.primary = primary;
        this.server = new Branch(uid, dir, address, binaries, spares, options, this::streaming);
    }

    /// Where the standby of this endpoint has its files.
    static Path home(Path branchDir, String endpointUid) {
        return branchDir.resolve(HOMES).resolve(endpointUid);
    }

    /// The standbys that have files in this branch.
    static List<Path> homes(Path branchDir) throws IOException {
        if (!Files.isDirectory(branchDir.resolve(HOMES))) {
            return List.of();
        }
        try (var homes = Files.list(branchDir.resolve(HOMES))) {
            return homes.toList();
        }
    }

    private Map<String, String> streaming() throws IOException {
        ServerAddress from = primary.address();
        source = from;
        return Map.of(
                "archive_mode",
                "off",
                "hot_standby",
                "on",
                "primary_conninfo",
                from.conninfo(TemplateCluster.SUPERUSER, uid, dir),
                // The primary keeps what we have not received, as long as we are connected.
                "wal_receiver_create_temp_slot",
                "on",
                "wal_retrieve_retry_interval",
                "200ms",
                "wal_receiver_status_interval",
                "1s");
    }

    @Override
    public ServerAddress address() {
        return server.address();
    }

    @Override
    public boolean running() {
        return server.running();
    }

    @Override
    public void serve(ServerSettings wanted) {
        lock.lock();
        try {
            ServerSettings settings = wanted.atLeast(primary.settings());
            // Smaller than it runs with would need a restart and gain nothing.
            boolean enough = settings.atLeast(server.settings()).equals(server.settings());
            if (server.running() && enough && primary.address().equals(source)) {
                return;
            }
            Lsn reached = primary.work("postgres", "Asking for the log position", Standby::written);
            if (Files.exists(server.dataDir().resolve("standby.signal"))
                    && resumed(settings, reached)) {
                return;
            }
            copy();
            server.serve(settings);
            if (!caughtUp(reached)) {
                server.stop();
                throw new ComputeException(
                        "Standby " + uid + " did not reach " + reached + " within " + CATCH_UP);
            }
        } catch (IOException e) {
            throw new ComputeException("Standby " + uid + " cannot be made", e);
        } finally {
            lock.unlock();
        }
    }

    /// Tries to go on with the files it has. That fails when the log it missed is gone everywhere,
    /// or when its files still demand the settings of a primary that was larger then.
    private boolean resumed(ServerSettings settings, Lsn reached) throws IOException {
        server.stop();
        takeArchived();
        try {
            server.serve(settings);
            if (caughtUp(reached)) {
                return true;
            }
            LOG.warn("Standby {} has missed too much; it is copied anew", uid);
        } catch (ComputeException e) {
            LOG.warn("Standby {} cannot go on with its files; it is copied anew", uid, e);
        }
        server.stop();
        return false;
    }

    /// Takes settings of the primary that it may not fall behind, if clients need it now.
    void followSettings(ServerSettings own) {
        if (server.running()) {
            serve(own);
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            server.stop();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void kill() {
        server.kill();
    }

    void delete() {
        server.delete();
    }

    private void copy() throws IOException {
        Path fresh = dir.resolve(".new-data");
        FileTree.delete(fresh);
        Files.createDirectories(dir);
        primary.copyTo(fresh);
        Files.createFile(fresh.resolve("standby.signal"));
        FileTree.delete(server.dataDir());
        FileTree.move(fresh, server.dataDir());
    }

    /// The primary recycles segments that nobody streams; its archive still has them.
    private void takeArchived() throws IOException {
        String from = BranchCopy.replayStart(server.dataDir()).segment();
        primary.history().wal().archivedTo(server.dataDir().resolve("pg_wal"), from);
    }

    private static Lsn written(AdminSession session) throws SQLException {
        return Lsn.parse(
                session.query("SELECT pg_current_wal_flush_lsn()", row -> row.getString(1))
                        .getFirst());
    }

    private boolean caughtUp(Lsn position) {
        return server.work(
                "postgres",
                "Catching up",
                session -> {
                    long end = System.nanoTime() + CATCH_UP.toNanos();
                    while (System.nanoTime() < end) {
                        boolean there =
                                session.query(
                                                "SELECT pg_last_wal_replay_lsn() >="
                                                        + " CAST(? AS pg_lsn)",
                                                row -> row.getBoolean(1),
                                                position.toString())
                                        .getFirst();
                        if (there) {
                            return true;
                        }
                        sleep();
                    }
                    return false;
                });
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ComputeException("Interrupted while a standby caught up", e);
        }
    }
}
