package io.lakebaseops.domain.connection;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The result of the test of a connection: how far it got, what the login may do and what it lacks,
/// or what refused it and what to do. Holds no secret.
///
/// @param sentence the verdict
/// @param checks what was looked at on the server; empty when it was not reached
/// @param sql what an administrator would run for exactly what is missing; empty for nothing
/// @param firstLook one or two sentences about the server itself
/// @param failure null when it works
/// @param branches of the workspace that can be watched; empty for a plain server
/// @param cost what the test itself did there
public record ConnectionReport(
        String sentence,
        List<ConnectionStage> stages,
        List<Check> checks,
        String sql,
        List<String> firstLook,
        @Nullable Failure failure,
        List<TargetId> branches,
        Cost cost,
        Instant at) {
    public ConnectionReport {
        stages = List.copyOf(stages);
        checks = List.copyOf(checks);
        firstLook = List.copyOf(firstLook);
        branches = List.copyOf(branches);
    }

    public boolean works() {
        return failure == null;
    }

    /// With the key of an SSH server that somebody has to judge.
    public ConnectionReport withHostKey(String key) {
        var refused = failure;
        return refused == null
                ? this
                : new ConnectionReport(
                        sentence,
                        stages,
                        checks,
                        sql,
                        firstLook,
                        new Failure(
                                refused.part(),
                                refused.words(),
                                refused.sqlState(),
                                refused.hints(),
                                key),
                        branches,
                        cost,
                        at);
    }

    /// How a check came out.
    public enum Grade {
        GOOD,
        NOTE,
        MISSING
    }

    /// @param neededFor what does not work without it
    public record Check(Grade grade, String what, String found, String neededFor) {}

    /// Which part of the connection to mend.
    public enum Part {
        HOST,
        PORT,
        TUNNEL,
        TLS,
        USER,
        PASSWORD,
        DATABASE,
        SERVER,
        NOTHING
    }

    /// @param words of the server, or of what stands in between; empty when there are none
    /// @param sqlState empty when no server spoke
    /// @param hints the likeliest first
    /// @param hostKey fingerprint of an SSH server's key that nobody accepted yet; null otherwise
    public record Failure(
            Part part, String words, String sqlState, List<Hint> hints, @Nullable String hostKey) {
        public Failure {
            hints = List.copyOf(hints);
        }

        /// The server knows the login and does not let it in: repeating it may lock the account.
        public boolean refusedLogin() {
            return sqlState.startsWith("28");
        }
    }

    /// One way on.
    ///
    /// @param sql to be handed to an administrator; empty for none
    public record Hint(String title, String detail, String sql) {
        public Hint(String title, String detail) {
            this(title, detail, "");
        }
    }

    public record Cost(int connections, int statements, Duration took) {}
}
