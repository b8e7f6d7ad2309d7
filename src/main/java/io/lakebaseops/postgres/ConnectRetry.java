package io.lakebaseops.postgres;

import java.sql.SQLException;
import java.time.Duration;

/// Decides whether a failed connection attempt is worth another one. Only in the connect phase, and
/// never after the server said no to this login: trying again then locks accounts.
enum ConnectRetry {
    /// The server said it is starting (57P03): until the caller's deadline.
    WHILE_STARTING,
    /// Nobody answered or the line broke (08xxx): a restart takes about a second.
    BRIEFLY,
    NEVER;

    /// Long enough for a postmaster to restart, short enough to say "down" within a live round.
    static final Duration BRIEF = Duration.ofMillis(1500);

    static ConnectRetry after(SQLException e) {
        var state = SqlFailure.state(e);
        if (state.equals("57P03")) {
            return WHILE_STARTING;
        }
        // 08004: the server rejected the connection itself, for example without a password.
        return state.startsWith("08") && !state.equals("08004") ? BRIEFLY : NEVER;
    }

    /// @param failingFor since the first of the failures in a row
    boolean again(Duration failingFor) {
        return switch (this) {
            case WHILE_STARTING -> true;
            case BRIEFLY -> failingFor.compareTo(BRIEF) < 0;
            case NEVER -> false;
        };
    }
}
