package io.lakebaseops.domain;

import java.util.List;
import java.util.Map;

/// Knows the servers of one connection profile and their logins. Knows where they are and fetches a
/// login for every new physical connection. The JDBC side asks; the control plane or a plain
/// profile answers.
public interface ConnectionProvider {
    List<TargetId> known(Deadline deadline);

    String defaultDatabase(TargetId target);

    /// False when a connection would wake a suspended compute.
    boolean awake(TargetId target, Deadline deadline);

    /// Where to connect and as whom, valid right now.
    ConnectionInfo entry(TargetId target, Deadline deadline);

    /// The server refused the last entry: whatever was cached for it must not be given out again.
    void refused(TargetId target);

    /// @param hosts `host:port`, several separated by commas
    /// @param properties further pgjdbc connection properties (`sslmode`, …)
    record ConnectionInfo(
            String hosts, String user, String password, Map<String, String> properties) {
        public ConnectionInfo {
            properties = Map.copyOf(properties);
        }

        /// Without the password: entries may appear in logs.
        @Override
        public String toString() {
            return "ConnectionInfo[hosts=" + hosts + ", user=" + user + "]";
        }
    }
}
