package io.lakebaseops.sqltext;

import java.util.List;

/// What PostgreSQL's grammar says about a text: its statements, or why it is not understood.
///
/// Not understood is never harmless: the server may know what we do not.
public sealed interface Parsed {
    /// The text that was read.
    String text();

    /// @param statements none for a text of white space and comments
    record Understood(String text, List<SqlStatement> statements) implements Parsed {
        public Understood {
            statements = List.copyOf(statements);
        }
    }

    /// @param reason for people, in the server's words where they are the server's
    /// @param position where in the text, from 0 on; -1 when no place is to blame
    record NotUnderstood(String text, Why why, String reason, int position) implements Parsed {}

    enum Why {
        /// PostgreSQL 17 would refuse it, too.
        SYNTAX,
        TOO_LARGE,
        /// Nested too deep, or too many steps.
        TOO_COMPLEX
    }

    /// The only statement; null when there is none, when there are several, or when it is not
    /// understood.
    default @org.jspecify.annotations.Nullable SqlStatement single() {
        return this instanceof Understood u && u.statements().size() == 1
                ? u.statements().getFirst()
                : null;
    }
}
