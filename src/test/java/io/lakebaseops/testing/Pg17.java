package io.lakebaseops.testing;

import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.platform.Unprivileged;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Which PostgreSQL do the tests talk to? One real PostgreSQL 17 per JVM, started on first use; the
/// server ends with the JVM, even a killed one. Ask for a fresh [#database] per test class.
///
/// Roles: `postgres` (superuser, no password asked), `databricks_superuser` (no login, the rights
/// Lakebase gives it) and `dba` (login, password `dba`, member of it, owner of every fresh
/// database).
public final class Pg17 {
    public static final String DBA = "dba";
    public static final String DBA_PASSWORD = "dba";

    /// What a test states itself comes later in the file and wins.
    private static final String USUAL =
            """
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            fsync = off
            full_page_writes = off
            shared_buffers = 64MB
            max_connections = 200
            track_io_timing = on
            track_wal_io_timing = on
            shared_preload_libraries = 'pg_stat_statements'
            autovacuum_naptime = 1h
            scram_iterations = 1
            """;

    /// Passwords are sent as they are: what a client computes for SCRAM at every login was a third
    /// of the processor time of all tests. Local Lakebase's own logins go by SCRAM.
    private static final String LOGINS =
            """
            host all postgres 127.0.0.1/32 trust
            host all all      127.0.0.1/32 password
            """;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path bin;
    private final Path data;
    private final int port;
    private TestServerProcess process;

    private Pg17(Path bin, Path data, int port, TestServerProcess process) {
        this.bin = bin;
        this.data = data;
        this.port = port;
        this.process = process;
    }

    private static final class Holder {
        static final Pg17 SHARED = started(List.of());
    }

    /// The server all tests of this JVM share: do not stop it, do not change its settings.
    public static Pg17 shared() {
        return Holder.SHARED;
    }

    /// A server of one's own, for tests that kill it or need other settings (`name=value`).
    public static Pg17 started(List<String> settings) {
        return started(PgBinaries.SEVENTEEN, settings);
    }

    /// A server of another release.
    ///
    /// @param jar of the embedded binaries of that release
    public static Pg17 ofRelease(Path jar) {
        return started(PgBinaries.in(jar), List.of());
    }

    private static Pg17 started(PgBinaries binaries, List<String> settings) {
        try {
            var data = Files.createTempDirectory("lakebaseops-pg17-").resolve("data");
            FileTree.copy(binaries.template(), data, file -> true);
            Files.writeString(
                    data.resolve("postgresql.auto.conf"),
                    USUAL + String.join("\n", settings) + "\n");
            Files.writeString(data.resolve("pg_hba.conf"), LOGINS);
            var server = launched(binaries.unpacked(), data);
            server.makeRoles();
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "pg17-stop"));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Somebody may take the port that was free before the server does.
    private static Pg17 launched(Path bin, Path data) throws IOException {
        for (int tries = 1; ; tries++) {
            int port = freePort();
            var server = new Pg17(bin, data, port, TestServerProcess.launch(bin, data, port));
            try {
                server.awaitReady();
                return server;
            } catch (IllegalStateException e) {
                if (tries == 5 || !server.log().contains("could not bind")) {
                    throw e;
                }
            }
        }
    }

    public int port() {
        return port;
    }

    public String host() {
        return "127.0.0.1";
    }

    public String url(String database) {
        var encoded = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + encoded;
    }

    /// Superuser connection.
    public Connection admin(String database) {
        return connect(database, "postgres", "");
    }

    public Connection connect(String database, String user, String password) {
        try {
            return DriverManager.getConnection(url(database), user, password);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot connect to the test server", e);
        }
    }

    /// A new database owned by `dba`, with pg_stat_statements installed.
    public Database database(String hint) {
        var database = database(hint, "template1");
        database.asAdmin("CREATE EXTENSION pg_stat_statements");
        return database;
    }

    /// A copy of a database that nobody is connected to.
    Database database(String hint, String template) {
        var name = hint + "_" + NUMBER.incrementAndGet();
        try (var c = admin("postgres");
                var s = c.createStatement()) {
            s.execute(
                    "CREATE DATABASE %s OWNER %s TEMPLATE %s"
                            .formatted(NastyNames.quoted(name), DBA, NastyNames.quoted(template)));
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create test database " + name, e);
        }
        return new Database(this, name);
    }

    /// SIGKILL to the postmaster, as a crash would. Its backends notice and go by themselves, but a
    /// little later: until then they answer, so they are waited for.
    public void kill() {
        try {
            var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
            var postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            var backends = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            process.awaitEnd();
            // Ends its watcher, which would signal whoever has that process id much later.
            process.askToEnd();
            for (int i = 0; backends.stream().anyMatch(Pg17::runs) && i < 1200; i++) {
                Thread.sleep(50);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One that ended and waits to be collected has no command any more.
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /// Ends the server as an administrator would, and starts it again on the same port.
    ///
    /// @param stopped what is done to its files meanwhile
    public void restarted(Consumer<Path> stopped) {
        try {
            process.askToEnd();
            if (!process.awaitEnd()) {
                throw new IllegalStateException("PostgreSQL did not stop: " + log());
            }
            stopped.accept(data);
            relaunch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// On the same port again, after [#kill].
    public void restart() {
        try {
            for (int i = 0; Files.exists(data.resolve("postmaster.pid")) && i < 50; i++) {
                var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
                if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    break;
                }
                Thread.sleep(50);
            }
            relaunch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Backends of the killed server hold its shared memory until they notice, and somebody's
    /// outgoing connection may have its port for a while.
    private void relaunch() throws IOException, InterruptedException {
        var until = System.nanoTime() + Patience.LONG.toNanos();
        while (true) {
            try {
                process = TestServerProcess.launch(bin, data, port);
                awaitReady();
                return;
            } catch (IllegalStateException e) {
                var log = log();
                if (System.nanoTime() > until
                        || !(log.contains("pre-existing shared memory")
                                || log.contains("could not bind"))) {
                    throw e;
                }
                Thread.sleep(250);
            }
        }
    }

    /// Ends the server and removes its files.
    public void stop() {
        try {
            process.askToEnd();
            if (!process.awaitEnd()) {
                process.kill();
            }
        } catch (IOException e) {
            process.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        remove(data.getParent());
    }

    static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(f -> f.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Left behind: " + directory + " (" + e + ")");
        }
    }

    private void awaitReady() {
        var until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        SQLException last = null;
        while (System.nanoTime() < until && process.isAlive()) {
            try (var c = DriverManager.getConnection(url("postgres"), "postgres", "");
                    var rs = c.createStatement().executeQuery("show data_directory")) {
                // Another test's server may have taken the port first.
                if (rs.next() && Path.of(rs.getString(1)).equals(data)) {
                    return;
                }
            } catch (SQLException e) {
                last = e;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IllegalStateException("PostgreSQL did not start: " + log(), last);
    }

    private String log() {
        try {
            return Files.readString(TestServerProcess.log(data));
        } catch (IOException e) {
            return "no log (" + e + ")";
        }
    }

    private void makeRoles() {
        try (var c = admin("postgres");
                var s = c.createStatement()) {
            s.execute(
                    """
                    CREATE ROLE databricks_superuser NOLOGIN CREATEDB CREATEROLE BYPASSRLS;
                    GRANT pg_monitor, pg_read_all_data, pg_write_all_data, pg_signal_backend,
                          pg_maintain TO databricks_superuser;
                    CREATE ROLE dba LOGIN PASSWORD 'dba' CREATEDB CREATEROLE BYPASSRLS
                        IN ROLE databricks_superuser;
                    """);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot make the test roles", e);
        }
    }

    static void run(String... command) throws IOException {
        var full = Unprivileged.command(command);
        var process = new ProcessBuilder(full).redirectErrorStream(true).start();
        String output;
        try (InputStream in = process.getInputStream()) {
            output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try {
            if (process.waitFor() != 0) {
                throw new IOException("Failed: " + full + "\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted: " + full, e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// One database of the shared server.
    public record Database(Pg17 server, String name) {
        public String url() {
            return server.url(name);
        }

        public Connection admin() {
            return server.admin(name);
        }

        public Connection dba() {
            return server.connect(name, DBA, DBA_PASSWORD);
        }

        public void asAdmin(String... statements) {
            run(admin(), statements);
        }

        public void asDba(String... statements) {
            run(dba(), statements);
        }

        /// The first column of the first row as text, read as superuser.
        public @Nullable String scalar(String sql) {
            try (var c = admin();
                    var s = c.createStatement();
                    var rs = s.executeQuery(sql)) {
                return rs.next() ? rs.getString(1) : null;
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        private static void run(Connection connection, String... statements) {
            try (connection;
                    var s = connection.createStatement()) {
                for (var sql : statements) {
                    s.execute(sql);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(String.join(";\n", statements), e);
            }
        }
    }
}
