package io.lakebaseops.platform;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/// Gives the servers of one directory their addresses.
public sealed interface ServerAddresses permits SocketHome, ServerAddresses.LoopbackPorts {
    /// @param uid of the server, unique in the directory
    ServerAddress address(String uid, Path dataDir);

    /// Removes what the addresses needed.
    void delete() throws IOException;

    /// A port each.
    ///
    /// @param certificates as in [ServerAddress.Loopback]
    record LoopbackPorts(@Nullable Path certificates) implements ServerAddresses {
        @Override
        public ServerAddress address(String uid, Path dataDir) {
            return new ServerAddress.Loopback(LoopbackPort.choose(), dataDir, certificates);
        }

        @Override
        public void delete() {}
    }
}
