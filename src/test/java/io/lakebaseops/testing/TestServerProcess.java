package io.lakebaseops.testing;

import io.lakebaseops.platform.OperatingSystem;
import io.lakebaseops.platform.ServerHosting;
import io.lakebaseops.platform.Unprivileged;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The process of a test server: on Unix a child that ends with this JVM, however it goes; on
/// Windows one that `pg_ctl` starts, as an administrator may not start the server itself. With
/// `-Dlakebaseops.pg17.pg_ctl=true` the latter everywhere.
sealed interface TestServerProcess {
    Duration LONGEST = Duration.ofMinutes(2);

    boolean isAlive();

    void askToEnd() throws IOException;

    /// Whether it ended within two minutes.
    boolean awaitEnd() throws InterruptedException;

    void kill();

    static Path log(Path data) {
        return data.resolve("server.log");
    }

    static TestServerProcess launch(Path bin, Path data, int port) throws IOException {
        boolean windows = OperatingSystem.current() == OperatingSystem.WINDOWS;
        return windows || Boolean.getBoolean("lakebaseops.pg17.pg_ctl")
                ? Detached.launched(bin, data, port)
                : Watched.launched(bin, data, port);
    }

    record Watched(Process shell) implements TestServerProcess {
        /// The shell outlives nobody: when this JVM dies, the pipe closes, cat ends, the server
        /// goes.
        private static final String SCRIPT =
                "exec 3<&0; \"$0\" \"$@\" </dev/null & p=$!; (cat <&3 >/dev/null; kill -INT $p) & "
                        + "wait $p";

        static Watched launched(Path bin, Path data, int port) throws IOException {
            var command = new ArrayList<>(List.of("sh", "-c", SCRIPT));
            command.add(PgBinaries.program(bin, "postgres"));
            command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
            return new Watched(
                    new ProcessBuilder(Unprivileged.command(command))
                            .redirectErrorStream(true)
                            .redirectOutput(log(data).toFile())
                            .start());
        }

        @Override
        public boolean isAlive() {
            return shell.isAlive();
        }

        @Override
        public void askToEnd() throws IOException {
            shell.getOutputStream().close();
        }

        @Override
        public boolean awaitEnd() throws InterruptedException {
            return shell.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void kill() {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    /// @param server null when it did not start
    record Detached(@Nullable ProcessHandle server, Path data) implements TestServerProcess {
        static Detached launched(Path bin, Path data, int port) throws IOException {
            Files.deleteIfExists(log(data));
            var command = new ArrayList<>(List.of(PgBinaries.program(bin, "pg_ctl"), "start"));
            command.addAll(List.of("--silent", "--pgdata=" + data, "--log=" + log(data)));
            command.add("--options=-p " + port);
            var starter =
                    new ProcessBuilder(Unprivileged.command(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                boolean started =
                        starter.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)
                                && starter.exitValue() == 0;
                var file = data.resolve("postmaster.pid");
                return new Detached(started ? process(file) : null, data);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while a test server started", e);
            }
        }

        private static @Nullable ProcessHandle process(Path file) throws IOException {
            long pid = Long.parseLong(Files.readAllLines(file).getFirst());
            return ProcessHandle.of(pid).orElse(null);
        }

        @Override
        public boolean isAlive() {
            return server != null && server.isAlive();
        }

        @Override
        public void askToEnd() throws IOException {
            if (server != null && server.isAlive()) {
                new ServerHosting.ByLoopback().stop(server, data, false);
            }
        }

        @Override
        public boolean awaitEnd() throws InterruptedException {
            long end = System.nanoTime() + LONGEST.toNanos();
            while (isAlive() && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            return !isAlive();
        }

        @Override
        public void kill() {
            if (server != null) {
                server.descendants().forEach(ProcessHandle::destroyForcibly);
                server.destroyForcibly();
            }
        }
    }
}
