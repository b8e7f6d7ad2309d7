package io.lakebaseops.change.approval;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/// The name of the process that carries a plan out. A name people can find the process by.
final class ProcessIdentity {
    private ProcessIdentity() {}

    static String name() {
        return host() + "/" + ProcessHandle.current().pid() + "/" + UUID.randomUUID();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine without a name for itself still has process ids.
            return "localhost";
        }
    }
}
