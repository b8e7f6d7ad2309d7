package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.local.compute.history.History;
import io.lakebaseops.local.compute.history.Lsn;
import io.lakebaseops.local.compute.server.AdminSession;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.DataDirectoryPool;
import io.lakebaseops.local.compute.server.PostgresBinaries;
import io.lakebaseops.local.compute.server.Postmaster;
import io.lakebaseops.platform.ServerAddress;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// One branch: a data directory and, while somebody needs it, its postmaster.
final class Branch implements Compute {
    private static final Logger LOG = LoggerFactory.getLogger(Branch.class);

    /// A branch opened only for work on roles or databases stays up this long: such calls come in
    /// rows.
    private static final Duration LINGER = Duration.ofSeconds(5);

    /// For standbys, and for the slots that forks hold while they copy.
    private static final String WAL_SENDERS = "16";

    private static final int ATTEMPTS = 3;

    private final String uid;
    private final Path dir;
    private volatile ServerAddress address;
    private final PostgresBinaries binaries;
    private final DataDirectoryPool spares;
    private final ComputeHostOptions options;
    private final RoomSettings roomSettings;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock; read without it only for a state that may be old anyway.
    private volatile @Nullable Postmaster postmaster;
    private volatile ServerSettings settings = ServerSettings.smallest();
    private volatile boolean serving;
    private volatile Instant lastWork = Instant.EPOCH;
    private final AtomicLong worked = new AtomicLong();

    Branch(
            String uid,
            Path dir,
            ServerAddress address,
            PostgresBinaries binaries,
            DataDirectoryPool spares,
            ComputeHostOptions options,
            RoomSettings roomSettings) {
        this.uid = uid;
        this.dir = dir;
        this.address = address;
        this.binaries = binaries;
        this.spares = spares;
        this.options = options;
        this.roomSettings = roomSettings;
    }

    /// The server clients write to: it archives its log.
    static Branch primary(
            String uid,
            Path dir,
            ServerAddress address,
            PostgresBinaries binaries,
            DataDirectoryPool spares,
            ComputeHostOptions options) {
        Map<String, String> archiving =
                Map.of(
                        "archive_mode", "on",
                        "archive_library", "basic_archive",
                        "basic_archive.archive_directory", new History(dir).archive().toString());
        return new Branch(uid, dir, address, binaries, spares, options, () -> archiving);
    }

    String uid() {
        return uid;
    }

    Path dataDir() {
        return dir.resolve("data");
    }

    History history() {
        return new History(dir);
    }

    ServerSettings settings() {
        return settings;
    }

    @Override
    public ServerAddress address() {
        return address;
    }

    @Override
    public boolean running() {
        Postmaster current = postmaster;
        return current != null && current.alive();
    }

    /// What the room adds to a server's settings when it starts.
    @FunctionalInterface
    interface RoomSettings {
        Map<String, String> now() throws IOException;
    }

    /// Work done with the branch's admin session.
    @FunctionalInterface
    interface Work<T> {
        T run(AdminSession session) throws SQLException, IOException;
    }

    /// Grows whenever clients or we may have changed something in the branch.
    long workDone() {
        return worked.get();
    }

    /// With which settings it will serve: it starts with them when it is needed before.
    void expect(ServerSettings wanted) {
        lock.lock();
        try {
            if (!running()) {
                settings = wanted;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Starts the postmaster for clients, restarting it when it runs with other settings.
    @Override
    public void serve(ServerSettings wanted) {
        lock.lock();
        try {
            if (running() && !settings.equals(wanted)) {
                stopPostmaster();
            }
            settings = wanted;
            worked.incrementAndGet();
            ensureRunning();
            serving = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            serving = false;
            stopPostmaster();
        } finally {
            lock.unlock();
        }
    }

    /// Stops a postmaster that no endpoint needs and nobody has worked with lately.
    void stopIfForgotten(Instant now) {
        if (serving || !running() || now.isBefore(lastWork.plus(LINGER)) || !lock.tryLock()) {
            return;
        }
        try {
            if (!serving) {
                stopPostmaster();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void kill() {
        Postmaster current = postmaster;
        if (current != null) {
            current.kill();
        }
    }

    /// Does some work as superuser in one database, starting the postmaster when it is down.
    <T> T work(String database, String what, Work<T> work) {
        lock.lock();
        try {
            worked.incrementAndGet();
            ensureRunning();
            try (AdminSession session = AdminSession.open(address, database)) {
                return work.run(session);
            }
        } catch (SQLException | IOException e) {
            throw new ComputeException(what + " on branch " + uid + " failed", e);
        } finally {
            lastWork = Instant.now();
            lock.unlock();
        }
    }

    /// Copies the branch's files, from the running server or from its files when it is down.
    /// Returns the LSN the copy was taken at.
    Lsn copyTo(Path target) throws IOException {
        lock.lock();
        try {
            if (!running()) {
                return BranchCopy.stopped(spares, dataDir(), target);
            }
            try (AdminSession session = AdminSession.open(address, "postgres")) {
                return BranchCopy.running(spares, session, dataDir(), target);
            }
        } catch (SQLException e) {
            throw new ComputeException("Backup of branch " + uid + " failed", e);
        } finally {
            lock.unlock();
        }
    }

    /// Adds a base backup to the history while the branch goes on working: without the lock, so
    /// that nobody waits for it. If the server stops meanwhile, this fails and nothing is kept.
    void backUp() {
        try (AdminSession session = AdminSession.open(address, "postgres")) {
            history().add(data -> base(session, data));
        } catch (SQLException | IOException e) {
            throw new ComputeException("Base backup of branch " + uid + " failed", e);
        }
    }

    private History.Copied base(AdminSession session, Path data) throws IOException {
        try {
            return BranchCopy.base(spares, session, dataDir(), data);
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    long fileBytes() {
        try {
            return FileTree.bytes(dataDir().resolve("base"));
        } catch (IOException e) {
            throw new ComputeException("Branch " + uid + " cannot be measured", e);
        }
    }

    void delete() {
        lock.lock();
        try {
            serving = false;
            Postmaster current = postmaster;
            if (current != null && current.alive()) {
                current.kill(); // nothing of it is needed any more
            }
            spares.giveBack(dataDir());
            FileTree.delete(dir);
            address.forget();
        } catch (IOException e) {
            throw new ComputeException("Branch " + uid + " cannot be removed from " + dir, e);
        } finally {
            lock.unlock();
        }
    }

    private void ensureRunning() {
        if (running()) {
            return;
        }
        if (!Files.exists(dataDir().resolve("PG_VERSION"))) {
            throw new ComputeException("Branch " + uid + " has no data directory");
        }
        long begin = System.nanoTime();
        postmaster = started();
        LOG.info("Compute of {} up in {} ms", uid, (System.nanoTime() - begin) / 1_000_000);
    }

    /// Somebody may take a port that was free before the server does.
    private Postmaster started() {
        for (int attempt = 1; ; attempt++) {
            address = address.available();
            writeSettings();
            try {
                return Postmaster.start(
                        binaries,
                        dataDir(),
                        ServerLog.in(dir),
                        options.hosting(),
                        options.startTimeout());
            } catch (ComputeException e) {
                boolean taken = String.valueOf(e.getMessage()).contains("could not bind");
                if (!taken || attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.info("The port of {} was taken; another is tried", uid);
            }
        }
    }

    private void writeSettings() {
        try {
            Map<String, String> all = new TreeMap<>(roomSettings.now());
            all.put("fsync", options.fsync() ? "on" : "off");
            all.put("max_wal_senders", WAL_SENDERS);
            all.put("max_replication_slots", WAL_SENDERS);
            settings.write(dataDir(), address, all);
            Files.createDirectories(history().archive());
        } catch (IOException e) {
            throw new ComputeException("Settings of branch " + uid + " cannot be written", e);
        }
    }

    private void stopPostmaster() {
        Postmaster current = postmaster;
        postmaster = null;
        if (current != null) {
            current.stop(options.stopTimeout());
        }
    }
}
