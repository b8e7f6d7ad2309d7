package io.lakebaseops.app;

import io.lakebaseops.local.compute.ComputeHostOptions;
import io.lakebaseops.local.compute.ScratchServer;
import io.lakebaseops.twin.TwinServer;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// The planner twin's server: one of the PostgreSQL that the product brings along.
record LocalTwinServer(ScratchServer server) implements TwinServer {
    static TwinServer start(Path folder) {
        return new LocalTwinServer(
                ScratchServer.start(folder, ComputeHostOptions.defaults().withFsync(false)));
    }

    @Override
    public Path data() {
        return server.data();
    }

    @Override
    public String superuser() {
        return server.superuser();
    }

    @Override
    public Connection connect(String database, String user, boolean simple) throws SQLException {
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
