package io.lakebaseops.postgres;

import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Token.Kind;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One file of the SQL library: the question it answers, its limits and its statement.
///
/// @param since the first server version (major) it works on
/// @param timeout the server gives up on it after this
/// @param units what the columns are measured in, in words
/// @param idents the `{placeholders}` callers fill with identifiers
/// @param extensions that must be installed; `{name}` stands for the schema each lives in
/// @param body the statement without the header
/// @param tokens of the body
public record SqlFile(
        SqlName name,
        String question,
        int since,
        Duration timeout,
        List<Param> params,
        String units,
        List<String> idents,
        List<String> extensions,
        String body,
        List<Token> tokens) {
    public SqlFile {
        tokens = List.copyOf(tokens);
        params = List.copyOf(params);
        idents = List.copyOf(idents);
        extensions = List.copyOf(extensions);
        check(
                name,
                "params",
                params.stream().map(Param::name).toList(),
                names(tokens, Kind.MARKER));
        var fillable = new LinkedHashSet<>(idents);
        fillable.addAll(extensions);
        var unknown = names(tokens, Kind.PLACEHOLDER);
        unknown.removeAll(fillable);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    name + ": " + unknown + " stand neither under idents nor extensions");
        }
    }

    /// @param type as PostgreSQL calls it: `int8`, `text[]`, `timestamptz`, `interval`
    public record Param(String name, String type) {}

    /// Binds the marker's value as the type stated for it.
    void bind(PreparedStatement statement, int index, String marker, Map<String, ?> values)
            throws SQLException {
        if (!values.containsKey(marker)) {
            throw new IllegalArgumentException(name + " needs a value for :" + marker);
        }
        bind(statement, index, marker, values.get(marker));
    }

    void bind(PreparedStatement statement, int index, String marker, @Nullable Object value)
            throws SQLException {
        var type =
                params.stream()
                        .filter(p -> p.name().equals(marker))
                        .findFirst()
                        .orElseThrow()
                        .type();
        PgLiterals.bind(statement, index, type, value);
    }

    private static void check(SqlName file, String what, List<String> said, Set<String> used) {
        if (!Set.copyOf(said).equals(used)) {
            throw new IllegalArgumentException(
                    file + ": the header's " + what + " are " + said + ", the text uses " + used);
        }
    }

    private static Set<String> names(List<Token> tokens, Kind kind) {
        var names = new LinkedHashSet<String>();
        for (var token : tokens) {
            if (token.kind() == kind) {
                names.add(token.name());
            }
        }
        return names;
    }
}
