package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.local.compute.files.PrivateFiles;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.PostgresBinaries;
import io.lakebaseops.local.compute.server.Postmaster;
import io.lakebaseops.local.compute.server.PrivateSocketFactory;
import io.lakebaseops.local.compute.server.SocketHome;
import io.lakebaseops.local.compute.server.TemplateCluster;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/// A PostgreSQL server for one piece of work of this process: without network, durability and
/// vacuum, gone with all its files when it is closed. What a killed process left behind goes with
/// the process, or at the next start.
public final class ScratchServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchServer.class);
    private static final String PLACE = "scratch-";
    private static final Duration STOP = Duration.ofSeconds(5);

    private static final String SETTINGS =
            """
            unix_socket_directories = '%s'
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
    private final SocketHome sockets;
    private final Path socket;
    private final FileChannel lockFile;
    private final Optional<OrphanReaper> janitor;
    private Postmaster server;

    private ScratchServer(Path place, ComputeHostOptions options, FileChannel lockFile)
            throws IOException {
        this.place = place;
        this.options = options;
        this.lockFile = lockFile;
        binaries = PostgresBinaries.unpacked(options.cacheDir());
        FileTree.copy(TemplateCluster.dataDir(binaries), data(), ScratchServer::needed);
        Files.writeString(data().resolve("pg_hba.conf"), "local all all trust\n");
        sockets = new SocketHome(place);
        var directory = sockets.directory(place.toString());
        socket = directory.resolve(SocketHome.SOCKET_NAME);
        Files.writeString(data().resolve(ServerSettings.FILE), SETTINGS.formatted(directory));
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
            PrivateFiles.directory(folder);
            removeLeftovers(folder);
            Path place = Files.createTempDirectory(folder, PLACE, FileTree.PRIVATE);
            var lockFile = PrivateFiles.open(place.resolve("lock"), StandardOpenOption.CREATE);
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
                    remove(place);
                }
            }
        } catch (IOException e) {
            throw new ComputeException("No server can be started in " + folder, e);
        }
    }

    /// Whoever lives holds the lock of its place.
    public static void removeLeftovers(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var places = Files.newDirectoryStream(folder, PLACE + "*")) {
            for (Path place : places) {
                boolean left;
                try (var file =
                                PrivateFiles.open(
                                        place.resolve("lock"), StandardOpenOption.CREATE);
                        FileLock lock = file.tryLock()) {
                    left = lock != null;
                } catch (OverlappingFileLockException ours) {
                    left = false;
                }
                if (left) {
                    remove(place);
                }
            }
        }
    }

    /// Ends the server of a place, if it runs, and deletes its files.
    static void remove(Path place) throws IOException {
        Postmaster.stopRunning(place.resolve("data"), STOP);
        FileTree.delete(place);
    }

    private Postmaster start() {
        return Postmaster.start(
                binaries, data(), place.resolve("postgres.log"), options.startTimeout());
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
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("socketFactory", PrivateSocketFactory.class.getName());
        properties.setProperty("socketFactoryArg", socket.toString());
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("preferQueryMode", simple ? "simple" : "extended");
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost/"
                        + URLEncoder.encode(database, StandardCharsets.UTF_8),
                properties);
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
            sockets.delete();
            remove(place);
        } catch (IOException e) {
            LOG.warn("{} is left for the next start to remove", place, e);
        } finally {
            janitor.ifPresent(OrphanReaper::close);
            try {
                lockFile.close();
            } catch (IOException e) {
                LOG.debug("The lock of {} ends with this process", place, e);
            }
        }
    }
}
