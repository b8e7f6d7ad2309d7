package io.lakebaseops.postgres.tunnel;

import io.lakebaseops.domain.Deadline;

import java.util.List;
import java.util.Map;

/// The way to servers that are reached through another machine.
@FunctionalInterface
public interface TunnelRoute {
    /// Opens it where it is not open.
    ///
    /// @param places `host:port` each, as seen from the far end
    /// @return the port of this machine's loopback address for each place
    Map<String, Integer> ports(List<String> places, Deadline deadline);
}
