package io.lakebaseops.local.compute;

import io.lakebaseops.platform.ServerAddress;

/// The server behind an endpoint. The branch's own server, or a standby of it.
interface Compute {
    ServerAddress address();

    boolean running();

    /// Starts it for clients, restarting it when it runs with other settings.
    void serve(ServerSettings wanted);

    void stop();

    /// Ends it the hard way, as a crash would.
    void kill();
}
