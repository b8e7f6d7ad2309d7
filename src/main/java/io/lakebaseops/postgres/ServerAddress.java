package io.lakebaseops.postgres;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// The address a server is counted under: profiles that name the same host and port in different
/// words share its few connections.
///
/// @param key resolved address and port; all loopback addresses are one
record ServerAddress(String key) {
    private static final int USUAL_PORT = 5432;

    /// @param hosts `host:port`, several separated by commas; the first stands for all
    static ServerAddress of(String hosts) {
        var first = hosts.split(",", 2)[0];
        int colon = first.lastIndexOf(':');
        boolean port =
                colon > first.lastIndexOf(']')
                        && colon == first.indexOf(':', first.lastIndexOf(']') + 1);
        var host = port ? first.substring(0, colon) : first;
        var number = port ? first.substring(colon + 1) : Integer.toString(USUAL_PORT);
        return new ServerAddress(resolved(host) + ":" + number);
    }

    private static String resolved(String host) {
        try {
            var address = InetAddress.getByName(host);
            return address.isLoopbackAddress() ? "loopback" : address.getHostAddress();
        } catch (UnknownHostException e) {
            // Connecting will say so; until then the name has to do.
            return host;
        }
    }
}
