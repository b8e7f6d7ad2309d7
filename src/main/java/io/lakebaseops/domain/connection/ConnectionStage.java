package io.lakebaseops.domain.connection;

import java.time.Duration;

/// One stage of the way to a server, in a test of a connection.
///
/// @param text what it found, such as `TLS 1.3`, or why it failed; may be empty
public record ConnectionStage(Name name, State state, String text, Duration took) {
    /// In the order in which they happen.
    public enum Name {
        HOST("Name"),
        PORT("Port"),
        TUNNEL("Tunnel"),
        TLS("TLS"),
        LOGIN("Login"),
        VERSION("Version"),
        RIGHTS("Rights"),
        PROJECTS("Projects");

        private final String words;

        Name(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public enum State {
        COMING,
        RUNNING,
        DONE,
        FAILED,
        /// Not needed here, such as TLS where it is off.
        SKIPPED
    }

    public static ConnectionStage coming(Name name) {
        return new ConnectionStage(name, State.COMING, "", Duration.ZERO);
    }
}
