package io.lakebaseops.state;

import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A throw-away PostgreSQL 17 of the test's own, on a free port of the loopback.
public final class TestPg implements AutoCloseable {
    public static final String USER = "tester";

    private final Path dir;
    private final int port;
    private Process server;

    private TestPg(Path dir, int port, Process server) {
        this.dir = dir;
        this.port = port;
        this.server = server;
    }

    public static TestPg start() {
        try {
            var dir = Files.createTempDirectory("lakebaseops-pg");
            run(
                    binaries().resolve("bin/initdb").toString(),
                    "-D" + dir.resolve("data"),
                    "--username=" + USER,
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync");
            int port;
            try (var probe = new ServerSocket(0)) {
                port = probe.getLocalPort();
            }
            var pg = new TestPg(dir, port, launch(dir, port));
            pg.awaitReady();
            return pg;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return url("postgres");
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public StateSettings settings() {
        return StateSettings.of(url(), USER, "");
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), USER, "");
    }

    public void sql(String database, String... statements) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public String value(String database, String sql) {
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ends the server without a checkpoint, as a crash does, and starts it again on the same port.
    public void crashAndRestart() {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(server.pid())).start().waitFor();
            server.waitFor(10, TimeUnit.SECONDS);
            server = launch(dir, port);
            awaitReady();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.destroy();
        try {
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
            try (var tree = Files.walk(dir)) {
                for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitReady() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try (var connection = connect("postgres")) {
                connection.isValid(1);
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Process launch(Path dir, int port) throws IOException {
        return new ProcessBuilder(
                        unprivileged(
                                binaries().resolve("bin/postgres").toString(),
                                "-D",
                                dir.resolve("data").toString(),
                                "-p",
                                Integer.toString(port),
                                "-k",
                                dir.toString(),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "fsync=off",
                                "-c",
                                "shared_buffers=16MB"))
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("server.log").toFile())
                .start();
    }

    private static void run(String... command) throws IOException {
        var out = Files.createTempFile("lakebaseops-initdb", ".log");
        try {
            var process =
                    new ProcessBuilder(unprivileged(command))
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(Files.readString(out));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            Files.deleteIfExists(out);
        }
    }

    private static List<String> unprivileged(String... command) {
        var list = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            list.addAll(List.of("unshare", "-U", "--"));
        }
        list.addAll(List.of(command));
        return list;
    }

    /// Unpacked once per machine into the temporary directory; the rename makes it appear whole.
    private static Path binaries() throws IOException {
        var home = Path.of(System.getProperty("java.io.tmpdir"), "lakebaseops-test-pg17");
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        var fresh = Files.createTempDirectory("lakebaseops-unpack");
        var cpu = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var os = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        try (var in = TestPg.class.getResourceAsStream("/postgres-" + os + "-" + cpu + ".txz");
                var tar =
                        new TarArchiveInputStream(
                                new XZInputStream(
                                        new BufferedInputStream(
                                                java.util.Objects.requireNonNull(in))))) {
            for (var e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                var path = fresh.resolve(e.getName());
                if (e.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (e.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(e.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    Files.setPosixFilePermissions(
                            path,
                            PosixFilePermissions.fromString(
                                    (e.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
        try {
            Files.move(fresh, home);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                throw e;
            }
        }
        return home;
    }
}
