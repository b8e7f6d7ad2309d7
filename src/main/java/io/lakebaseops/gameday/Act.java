package io.lakebaseops.gameday;

import java.util.List;

/// One step of a scenario's script: what is done, by how many sessions, with which statements.
///
/// @param setup done before the fault, while the server is healthy
/// @param argument a count, a SQLSTATE, the name of a slot or of a control; empty when there is
///     none
public record Act(boolean setup, Kind kind, String argument, List<String> statements) {
    public Act {
        statements = List.copyOf(statements);
    }

    /// Who carries the statements out, and how.
    public enum Kind {
        /// A session of the application, closed at once.
        CLIENT,
        /// A session of the superuser, closed at once.
        ADMIN,
        /// A session that stays open as it is after the statements.
        HOLD,
        /// So many sessions that each run the statements once, in the background.
        RUN,
        /// So many sessions that repeat the statements until the end.
        LOOP,
        /// So many sessions that do nothing.
        CONNECT,
        /// Waits until the query says true.
        UNTIL,
        /// The statements must fail with this SQLSTATE.
        FAILS,
        /// A superuser's session on the standby.
        STANDBY,
        /// A standby says which row versions its queries need; with the name of a slot it leaves
        /// the slot behind.
        FEEDBACK,
        /// Something that is no SQL, by name.
        CONTROL,
        /// The superuser clears away what would outlive the sessions.
        END
    }
}
