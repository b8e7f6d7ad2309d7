package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.local.compute.server.Bootstrap;
import io.lakebaseops.local.compute.server.ComputeException;
import io.lakebaseops.local.compute.server.PostgresBinaries;
import io.lakebaseops.local.compute.server.Postmaster;
import io.lakebaseops.local.compute.server.PostmasterPid;
import io.lakebaseops.local.compute.server.ShellPath;
import io.lakebaseops.local.compute.server.TemplateCluster;
import io.lakebaseops.platform.LoopbackPort;
import io.lakebaseops.platform.OperatingSystem;
import io.lakebaseops.platform.ParentWatch;
import io.lakebaseops.platform.PrivateFiles;
import io.lakebaseops.platform.ServerAddress;
import io.lakebaseops.platform.ServerHosting;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/// The PostgreSQL server of the console's own database. A PostgreSQL server that several processes
/// share: whoever comes first starts it, whoever leaves last stops it. A killed process counts as
/// gone at once, because its file lock is.
///
/// The address and password stay the same for the life of the directory, so a pool survives a
/// restart of the server.
public final class StateServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateServer.class);
    private static final String USER = "lakebaseops";
    private static final Duration DOOR_TIMEOUT = Duration.ofSeconds(60);
    private static final int PASSWORD_BYTES = 24;

    private final Path dir;
    private final ComputeHostOptions options;
    private final ServerUsers attachments;
    private final ServerUsers.Attachment attachment;
    private final Optional<ParentWatch> janitor;
    private final Thread shutdownHook;
    private volatile Access access;

    private record Access(int port, String password) {}

    private StateServer(Path dir, ComputeHostOptions options) throws Exception {
        this.dir = dir;
        this.options = options;
        this.attachments = new ServerUsers(dir);
        record Entered(Access access, ServerUsers.Attachment attachment) {}
        Entered entered =
                attachments.atTheDoor(
                        DOOR_TIMEOUT, () -> new Entered(ensureUp(), attachments.enter()));
        this.access = entered.access();
        this.attachment = entered.attachment();
        this.janitor = OrphanReaper.waiting(OrphanReaper.Charge.STATE, dir);
        this.shutdownHook = new Thread(this::leave, "state-server-detach");
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /// Attaches to the server of `dir`, starting it (and making it, the first time) when it is not
    /// running.
    public static StateServer attachOrStart(Path dir) {
        return attachOrStart(dir, ComputeHostOptions.defaults());
    }

    public static StateServer attachOrStart(Path dir, ComputeHostOptions options) {
        Path place = dir.toAbsolutePath().normalize();
        try {
            ShellPath.check(place);
            Files.createDirectories(place);
            return new StateServer(place, options);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // boundary: atTheDoor passes on whatever its work throws
            throw failed(place, e);
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + access.port() + "/" + USER;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return access.password();
    }

    /// Starts the server again if it died; for callers whose connection was lost.
    public void ensureRunning() {
        try {
            access = attachments.atTheDoor(DOOR_TIMEOUT, this::ensureUp);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // boundary: as above
            throw failed(dir, e);
        }
    }

    /// Detaches; the last one to do so stops the server.
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is shutting down already");
        }
        leave();
    }

    /// Stops the server unless somebody is attached, for a process that could not do so itself.
    static void stopIfUnused(Path dir, ServerHosting hosting, Duration timeout) throws Exception {
        if (Files.isDirectory(dir)) {
            ServerUsers attachments = new ServerUsers(dir);
            attachments.atTheDoor(
                    DOOR_TIMEOUT,
                    () ->
                            !attachments.anybody()
                                    && Postmaster.stopRunning(
                                            dir.resolve("data"), hosting, timeout));
        }
    }

    private void leave() {
        if (!attachment.lock().isValid()) {
            return;
        }
        try {
            attachments.atTheDoor(
                    DOOR_TIMEOUT,
                    () -> {
                        attachment.leave();
                        return !attachments.anybody()
                                && Postmaster.stopRunning(
                                        dataDir(), options.hosting(), options.stopTimeout());
                    });
            janitor.ifPresent(ParentWatch::close);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // boundary: as above
            throw failed(dir, e);
        }
    }

    private Path dataDir() {
        return dir.resolve("data");
    }

    private Access ensureUp() throws IOException {
        PostgresBinaries binaries = PostgresBinaries.unpacked(options.cacheDir());
        if (!Files.exists(dataDir())) {
            make(binaries);
        }
        Access known = read();
        if (PostmasterPid.read(dataDir()).flatMap(PostmasterPid::process).isPresent()) {
            return known;
        }
        Access free =
                LoopbackPort.isFree(known.port())
                        ? known
                        : new Access(LoopbackPort.choose(), known.password());
        if (free.port() != known.port()) {
            LOG.warn("Port {} is taken; the state database moves to {}", known.port(), free.port());
            write(free, dir);
        }
        writeSettings(dataDir(), free.port());
        Postmaster.startDetached(
                binaries,
                dataDir(),
                dir.resolve("postgres.log"),
                options.hosting(),
                options.startTimeout());
        return free;
    }

    /// A copy of the template with a role of our own that must give its password; the superuser has
    /// no way in.
    private void make(PostgresBinaries binaries) throws IOException {
        Path template = TemplateCluster.dataDir(binaries, options.hosting());
        Path fresh = dir.resolve(".new-data");
        FileTree.delete(fresh);
        FileTree.copy(template, fresh, path -> true);
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Access access = new Access(LoopbackPort.choose(), HexFormat.of().formatHex(random));
        // Hex digits need no quoting.
        Bootstrap.of(options.hosting())
                .run(
                        binaries,
                        fresh,
                        TemplateCluster.resource("/local/compute/state.sql")
                                .replace(":password", "'" + access.password() + "'"));
        // From here on the superuser has no way in, and his password is of no use.
        Files.writeString(
                fresh.resolve("pg_hba.conf"), "host all " + USER + " 127.0.0.1/32 scram-sha-256\n");
        Files.deleteIfExists(fresh.resolve(ServerAddress.PASSWORD));
        write(access, dir);
        FileTree.move(fresh, dataDir());
    }

    private void writeSettings(Path data, int port) throws IOException {
        Files.writeString(
                data.resolve(ServerSettings.FILE),
                ServerSettings.text(ServerHosting.settings(OperatingSystem.current()))
                        + """
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                port = %d
                max_connections = 100
                shared_buffers = '32MB'
                fsync = %s
                log_min_messages = warning
                """
                                .formatted(port, options.fsync() ? "on" : "off"));
    }

    private Access read() throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(dir.resolve("access.properties"))) {
            properties.load(in);
        }
        return new Access(
                Integer.parseInt(properties.getProperty("port")),
                properties.getProperty("password"));
    }

    private static void write(Access access, Path dir) throws IOException {
        PrivateFiles.replace(
                dir.resolve("access.properties"),
                "port=" + access.port() + "\npassword=" + access.password() + "\n");
    }

    private static ComputeException failed(Path dir, Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new ComputeException("The state database in " + dir + " is not available", e);
    }
}
