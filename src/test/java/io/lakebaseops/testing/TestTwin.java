package io.lakebaseops.testing;

import io.lakebaseops.local.compute.ComputeHostOptions;
import io.lakebaseops.local.compute.ScratchServer;
import io.lakebaseops.twin.PlannerTwin;
import io.lakebaseops.twin.TwinServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/// A planner twin on a server of its own, as the product wires it. Close it after the class.
public record TestTwin(PlannerTwin twin, Path folder) implements AutoCloseable {
    public static TestTwin open() {
        try {
            var folder = Files.createTempDirectory("lakebaseops-twin-");
            return new TestTwin(
                    new PlannerTwin(() -> new Server(started(folder)), Clock.systemUTC()), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ScratchServer started(Path folder) {
        return ScratchServer.start(folder, ComputeHostOptions.defaults().withFsync(false));
    }

    private record Server(ScratchServer server) implements TwinServer {
        @Override
        public Path data() {
            return server.data();
        }

        @Override
        public String superuser() {
            return server.superuser();
        }

        @Override
        public Connection connect(String database, String user, boolean simple)
                throws SQLException {
            return server.connect(database, user, simple);
        }

        @Override
        public void offline(FileWork work) throws IOException {
            server.offline(work::on);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @Override
    public void close() {
        twin.close();
        Pg17.remove(folder);
    }
}
