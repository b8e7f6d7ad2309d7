package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.local.compute.server.AdminSession;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.PostgresBinaries;
import io.lakebaseops.local.compute.server.Postmaster;
import io.lakebaseops.local.compute.server.TemplateCluster;
import io.lakebaseops.platform.OperatingSystem;
import io.lakebaseops.platform.OwnerOnly;
import io.lakebaseops.platform.ParentWatch;
import io.lakebaseops.platform.ServerAddress;
import io.lakebaseops.platform.ServerAddresses;
import io.lakebaseops.platform.ServerHosting;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/// A PostgreSQL server for one piece of work of this process: without network, durability and
/// vacuum, gone with all its files when it is closed. What a killed process left behind goes with
/// the process, or at the next start.
public final class ScratchServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchServer.class);
    private static final String PLACE = "scratch-";
    private static final Duration STOP = Duration.ofSeconds(5);

    private static final String SETTINGS =
            """
            shared_preload_libraries = ''
            fsync = off
            synchronous_commit = off
            full_page_writes = off
            autovacuum = off
            track_counts = off
            track_functions = none
            max_wal_senders = 0
            min_wal_size = 32MB
            max_wal_size = 32MB
            max_connections = 20
            shared_buffers = 16MB
            log_min_messages = fatal
            log_min_error_statement = panic
            """;

    private final Path place;
    private final PostgresBinaries binaries;
    private final ComputeHostOptions options;
    private final ServerAddresses addresses;
    private final ServerAddress address;
    private final FileChannel lockFile;
    private final Optional<ParentWatch> janitor;
    private Postmaster server;

    private ScratchServer(Path place, ComputeHostOptions options, FileChannel lockFile)
            throws IOException {
        this.place = place;
        this.options = options;
        this.lockFile = lockFile;
        binaries = PostgresBinaries.unpacked(options.cacheDir());
        var template = TemplateCluster.dataDir(binaries, options.hosting());
        FileTree.copy(template, data(), ScratchServer::needed);
        addresses = options.hosting().addresses(place);
        address = addresses.address("scratch", data());
        Files.writeString(data().resolve("pg_hba.conf"), address.doors(TemplateCluster.SUPERUSER));
        var settings = new TreeMap<>(address.settings());
        settings.putAll(ServerHosting.settings(OperatingSystem.current()));
        Files.writeString(
                data().resolve(ServerSettings.FILE), ServerSettings.text(settings) + SETTINGS);
        janitor = OrphanReaper.waiting(OrphanReaper.Charge.SCRATCH, place);
        server = start();
    }

    /// Of the databases of the template only the two that others are made from.
    private static boolean needed(Path file) {
        return file.getNameCount() < 3
                || !file.getName(0).toString().equals("base")
                || file.getName(1).toString().equals("1")
                || file.getName(1).toString().equals("4");
    }

    /// Makes and starts one in a folder that may hold others of living processes.
    public static ScratchServer start(Path folder, ComputeHostOptions options) {
        try {
            OwnerOnly.makeFolder(folder);
            removeLeftovers(folder, options.hosting());
            Path place = OwnerOnly.temporaryFolder(folder, PLACE);
            var lockFile = OwnerOnly.open(place.resolve("lock"), StandardOpenOption.CREATE);
            boolean made = false;
            try {
                if (lockFile.tryLock() == null) {
                    throw new ComputeException("Somebody else locked " + place);
                }
                var server = new ScratchServer(place, options, lockFile);
                made = true;
                return server;
            } finally {
                if (!made) {
                    lockFile.close();
                    remove(place, options.hosting());
                }
            }
        } catch (IOException e) {
            throw new ComputeException("No server can be started in " + folder, e);
        }
    }

    /// Whoever lives holds the lock of its place.
    public static void removeLeftovers(Path folder) throws IOException {
        removeLeftovers(folder, ServerHosting.ofThisSystem());
    }

    private static void removeLeftovers(Path folder, ServerHosting hosting) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var places = Files.newDirectoryStream(folder, PLACE + "*")) {
            for (Path place : places) {
                boolean left;
                try (var file = OwnerOnly.open(place.resolve("lock"), StandardOpenOption.CREATE);
                        FileLock lock = file.tryLock()) {
                    left = lock != null;
                } catch (OverlappingFileLockException ours) {
                    left = false;
                }
                if (left) {
                    remove(place, hosting);
                }
            }
        }
    }

    /// Ends the server of a place, if it runs, and deletes its files.
    static void remove(Path place, ServerHosting hosting) throws IOException {
        Postmaster.stopRunning(place.resolve("data"), hosting, STOP);
        FileTree.delete(place);
    }

    private Postmaster start() {
        return Postmaster.start(
                binaries,
                data(),
                place.resolve("postgres.log"),
                options.hosting(),
                options.startTimeout());
    }

    public Path data() {
        return place.resolve("data");
    }

    public String superuser() {
        return TemplateCluster.SUPERUSER;
    }

    /// @param simple in the simple protocol, where several statements go in one message and `$1` is
    ///     left alone
    public Connection connect(String database, String user, boolean simple) throws SQLException {
        Properties properties = login();
        if (!user.equals(superuser()) && address instanceof ServerAddress.Loopback) {
            givePassword(user, properties);
        }
        properties.setProperty("user", user);
        properties.setProperty("preferQueryMode", simple ? "simple" : "extended");
        return DriverManager.getConnection(address.url(database), properties);
    }

    private Properties login() throws SQLException {
        try {
            return address.login(superuser());
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), "08001", e);
        }
    }

    /// Where there are passwords, a role has the superuser's: nobody else comes here.
    private void givePassword(String role, Properties login) throws SQLException {
        try (var session = AdminSession.open(address, "template1")) {
            session.execute(
                    "ALTER ROLE %s PASSWORD '%s'"
                            .formatted(AdminSession.ident(role), login.getProperty("password")));
        }
    }

    /// Work on the files of a server that is down.
    @FunctionalInterface
    public interface FileWork {
        void on(Path data) throws IOException;
    }

    /// Stops the server cleanly, lets somebody work on its files, and starts it again.
    public void offline(FileWork work) throws IOException {
        server.stop(STOP);
        work.on(data());
        server = start();
    }

    @Override
    public void close() {
        try {
            server.stop(STOP);
            addresses.delete();
            remove(place, options.hosting());
        } catch (IOException e) {
            LOG.warn("{} is left for the next start to remove", place, e);
        } finally {
            janitor.ifPresent(ParentWatch::close);
            try {
                lockFile.close();
            } catch (IOException e) {
                LOG.debug("The lock of {} ends with this process", place, e);
            }
        }
    }
}
