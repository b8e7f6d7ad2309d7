package io.lakebaseops.schema;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The script that turns one database into the other. A proposal for people and for plans: nothing
/// here is sent to a server.
public record Ddl(List<Statement> statements) {
    static final String CUT = "-- commit here: what follows may use the new labels";

    public Ddl {
        statements = List.copyOf(statements);
    }

    public enum Mark {
        /// No stored row is lost.
        SAFE,
        /// Rows, values or a sequence's state can be lost, or the statement fails on existing rows.
        LOSSY,
        /// A person must decide; there is no statement.
        NOT_DERIVABLE
    }

    /// @param sql null when not derivable
    /// @param hazards locks taken, rewrites and scans; for what is not derivable the reason
    public record Statement(
            ObjectId subject, @Nullable String sql, Mark mark, List<String> hazards) {
        public Statement {
            hazards = List.copyOf(hazards);
        }

        @Override
        public String toString() {
            var note = hazards.isEmpty() ? "" : ": " + String.join("; ", hazards);
            var head = "-- " + mark.name().toLowerCase(Locale.ROOT).replace('_', ' ') + note;
            return sql == null ? head + " (" + subject + ")" : head + "\n" + sql + ";";
        }
    }

    /// How many of the first statements are a transaction of their own, committed before the
    /// others: they add labels to enums, which none may use until then.
    public int before() {
        return (int) statements.stream().takeWhile(TypeChanges::addsLabel).count();
    }

    public static Ddl between(DatabaseSchema before, DatabaseSchema after) {
        return new ScriptGenerator(before, after).ddl();
    }

    /// True when the statements lead all the way.
    public boolean complete() {
        return statements.stream().noneMatch(s -> s.mark() == Mark.NOT_DERIVABLE);
    }

    public String text() {
        int alone = before();
        var parts =
                Stream.of(
                        statements.subList(0, alone), statements.subList(alone, statements.size()));
        return parts.filter(p -> !p.isEmpty())
                .map(p -> p.stream().map(Statement::toString).collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n" + CUT + "\n"));
    }
}
