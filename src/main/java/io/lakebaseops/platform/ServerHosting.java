package io.lakebaseops.platform;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The way PostgreSQL servers of our own are run: as on Unix, or as on Windows.
public sealed interface ServerHosting {
    /// Chooses the Windows way on any system.
    String PROPERTY = "lakebaseops.local.tcp";

    static ServerHosting ofThisSystem() {
        return OperatingSystem.current() == OperatingSystem.WINDOWS || Boolean.getBoolean(PROPERTY)
                ? new ByLoopback()
                : new ByUnixSocket();
    }

    /// Writes what a server and its gateway know each other by.
    @FunctionalInterface
    interface Certificates {
        void writeTo(Path folder) throws IOException;
    }

    /// Addresses of servers whose clients come through a gateway.
    ///
    /// @param dir where the servers have their files
    ServerAddresses addresses(Path dir, Certificates certificates) throws IOException;

    /// Addresses of servers that only we log in to, with a password of each role where there are
    /// passwords.
    ServerAddresses addresses(Path dir) throws IOException;

    /// Whether `pg_ctl` starts the server, not we ourselves.
    boolean startsByPgCtl();

    /// Asks the server to end: its sessions are rolled back and a checkpoint is written.
    ///
    /// @param atOnce without a checkpoint: the next start recovers from the WAL
    /// @return whether it was told
    boolean stop(ProcessHandle server, Path dataDir, boolean atOnce) throws IOException;

    /// What a server needs here besides its address, whoever runs it.
    static Map<String, String> settings(OperatingSystem system) {
        // Windows cannot tell that a client went; a server that is asked to look refuses to start.
        return system == OperatingSystem.WINDOWS
                ? Map.of("client_connection_check_interval", "0")
                : Map.of();
    }

    /// Unix sockets, processes started directly, signals.
    record ByUnixSocket() implements ServerHosting {
        @Override
        public ServerAddresses addresses(Path dir, Certificates certificates) throws IOException {
            return addresses(dir);
        }

        @Override
        public ServerAddresses addresses(Path dir) throws IOException {
            return SocketHome.near(dir);
        }

        @Override
        public boolean startsByPgCtl() {
            return false;
        }

        @Override
        public boolean stop(ProcessHandle server, Path dataDir, boolean atOnce) throws IOException {
            (atOnce ? Signal.QUIT : Signal.INT).send(server.pid());
            return true;
        }
    }

    /// Loopback ports with passwords; `pg_ctl` starts servers, as it can give up the rights of an
    /// administrator, and stops them, as there are no signals.
    record ByLoopback() implements ServerHosting {
        private static final Logger LOG = LoggerFactory.getLogger(ByLoopback.class);
        private static final int LONGEST_SECONDS = 60;

        @Override
        public ServerAddresses addresses(Path dir, Certificates certificates) throws IOException {
            var folder = dir.resolve("certificates");
            certificates.writeTo(folder);
            return new ServerAddresses.LoopbackPorts(folder);
        }

        @Override
        public ServerAddresses addresses(Path dir) {
            return new ServerAddresses.LoopbackPorts(null);
        }

        @Override
        public boolean startsByPgCtl() {
            return true;
        }

        @Override
        public boolean stop(ProcessHandle server, Path dataDir, boolean atOnce) throws IOException {
            var program = server.info().command().map(Path::of).map(ByLoopback::pgCtlBeside);
            if (program.isEmpty()) {
                LOG.warn("The programs of server {} are not known", server.pid());
                return false;
            }
            var command = new ArrayList<>(List.of(program.get().toString(), "stop", "--no-wait"));
            command.addAll(List.of("--silent", "--pgdata=" + dataDir));
            command.add("--mode=" + (atOnce ? "immediate" : "fast"));
            var stopper =
                    ChildEnvironment.cleared(new ProcessBuilder(Unprivileged.command(command)))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                return stopper.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)
                        && stopper.exitValue() == 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                stopper.destroyForcibly();
            }
        }

        private static Path pgCtlBeside(Path server) {
            return server.resolveSibling(OperatingSystem.current().executable("pg_ctl"));
        }
    }
}
