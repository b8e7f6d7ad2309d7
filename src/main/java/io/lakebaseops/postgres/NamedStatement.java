package io.lakebaseops.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// One statement of the library ready for JDBC, each `:name` bound as the type its header states.
///
/// @param markers in order of appearance, repeated when used twice
public record NamedStatement(SqlFile file, String jdbc, List<String> markers) {
    public NamedStatement {
        markers = List.copyOf(markers);
    }

    private static NamedStatement of(SqlFile file) {
        var sql = ParameterizedSql.of(SqlLibrary.sent(file, Map.of()));
        return new NamedStatement(file, sql.jdbc(), sql.markers());
    }

    /// Reads this file alone: a command that asks our own database twice needs no whole library.
    public static NamedStatement read(SqlName name) {
        var path = "/sql/" + name.path() + ".sql";
        try (var in = NamedStatement.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("No statement on the class path at " + path);
            }
            return of(SqlHeader.read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    public void bind(PreparedStatement statement, Map<String, ?> values) throws SQLException {
        for (int i = 0; i < markers.size(); i++) {
            file.bind(statement, i + 1, markers.get(i), values);
        }
    }
}
