package io.lakebaseops.local.compute;

import java.time.Duration;

/// The faults of one endpoint: most are on the way, one is in the engine.
final class EndpointFaults implements MachineRoom.Faults {
    private final Endpoint endpoint;

    EndpointFaults(Endpoint endpoint) {
        this.endpoint = endpoint;
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
    public void clear() {
        endpoint.gateway().faults().clear();
    }
}
