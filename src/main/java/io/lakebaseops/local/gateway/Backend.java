package io.lakebaseops.local.gateway;

import io.lakebaseops.platform.ServerAddress;

/// What is behind a gateway port: a compute that may have to be woken first.
public interface Backend {

    /// Called for each login that was accepted; blocks until the compute is up or will not come up.
    Wake wake();

    /// Where the compute listens when it is up; for cancel requests, which wake nothing.
    ServerAddress address();

    /// The answer to a client that wants in.
    sealed interface Wake {
        record Ready(ServerAddress address) implements Wake {}

        /// @param sqlState as PostgreSQL would report it, `57P03` (cannot connect now) mostly
        record Refused(String sqlState, String message) implements Wake {}
    }

    /// What to say when the compute was up and gives no answer now.
    Wake.Refused silent();
}
