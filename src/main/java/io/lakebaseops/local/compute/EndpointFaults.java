package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.server.AdminSession;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// The faults of one endpoint: most are on the way, one is in the engine, one below it.
final class EndpointFaults implements ComputeHost.Faults {
    private final Endpoint endpoint;
    private final RoomDisk disk;

    EndpointFaults(Endpoint endpoint, RoomDisk disk) {
        this.endpoint = endpoint;
        this.disk = disk;
    }

    @Override
    public void latency(Duration each) {
        endpoint.gateway().faults().latency(each);
    }

    @Override
    public void frozen(boolean frozen) {
        endpoint.gateway().faults().freeze(frozen);
    }

    @Override
    public void cutConnections() {
        endpoint.gateway().cutConnections();
    }

    @Override
    public void refuseLogins(boolean refuse) {
        endpoint.gateway().faults().refuse(refuse);
    }

    @Override
    public void killPostmaster() {
        endpoint.compute().kill();
    }

    @Override
    public void fullDisk(boolean full) {
        disk.fill(full);
    }

    @Override
    public Connection superuser(String database, boolean replication) throws SQLException {
        return AdminSession.connect(
                endpoint.compute().address(), database, "game day", replication);
    }

    @Override
    public void clear() {
        disk.fill(false);
        endpoint.gateway().faults().clear();
    }
}
