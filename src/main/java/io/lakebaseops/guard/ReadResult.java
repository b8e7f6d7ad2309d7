package io.lakebaseops.guard;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.TypedRows;

import java.time.Duration;

/// What came of a statement that somebody typed.
public sealed interface ReadResult {
    /// @param table what it answered, as text; says itself which cap cut it
    /// @param login the role it ran as
    /// @param took on the server, judging left out
    record Rows(TypedRows table, String login, Duration took) implements ReadResult {}

    /// The guard did not let it through; nothing of it ran.
    ///
    /// @param word of the statement, the one not trusted
    /// @param position where it begins in the text, from 0 on; -1 when no place is to blame
    /// @param why in a sentence for people
    /// @param whatToDo empty when there is nothing to be done
    record Refused(String word, int position, String why, String whatToDo) implements ReadResult {
        /// One line for people.
        public String sentence() {
            return why + (whatToDo.isEmpty() ? "" : ": " + whatToDo);
        }
    }

    /// The server did not answer it: an error in the statement, a right, a timeout.
    ///
    /// @param position where in the text the server sees the fault, from 0 on; -1 when unknown
    record Failed(OpsException failure, int position) implements ReadResult {}
}
