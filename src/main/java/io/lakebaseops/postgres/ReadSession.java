package io.lakebaseops.postgres;

import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// One connection used for looking: autocommit (statistics views freeze inside a transaction), with
/// statement and lock timeouts and the caller's deadline.
public interface ReadSession extends AutoCloseable {
    /// @param params by name as in the file's header; every marker must be given
    Rows query(SqlName sql, Map<String, ?> params);

    default Rows query(SqlName sql) {
        return query(sql, Map.of());
    }

    /// Columns fit the record's components: `snake_case` to `camelCase`.
    <R extends Record> List<R> query(SqlName sql, Map<String, ?> params, Class<R> row);

    default <R extends Record> @Nullable R one(SqlName sql, Map<String, ?> params, Class<R> row) {
        var rows = query(sql, params, row);
        return rows.isEmpty() ? null : rows.getFirst();
    }

    /// A query of the library with identifiers filled in.
    <R extends Record> List<R> query(SqlText sql, Map<String, ?> params, Class<R> row);

    /// The planner's answer as JSON; the statement is not run. A generic plan when it has
    /// parameters.
    String explain(ExplainText statement);

    String database();

    Capabilities capabilities();

    @Override
    void close();
}
