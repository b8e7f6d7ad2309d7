package io.lakebaseops.postgres;

import io.lakebaseops.domain.Rows;

import java.util.List;
import java.util.Map;

/// One read-only transaction at REPEATABLE READ: every query of it sees the database as it was at
/// the first one. It holds back vacuum, so it is kept short.
public interface SnapshotSession extends AutoCloseable {
    Rows query(SqlName sql, Map<String, ?> params);

    /// Columns fit the record's components: `snake_case` to `camelCase`.
    default <R extends Record> List<R> query(SqlName sql, Map<String, ?> params, Class<R> row) {
        return RecordMapper.of(row).all(sql, query(sql, params));
    }

    /// A template filled in with quoted identifiers and expressions over them.
    Rows query(SqlText sql, Map<String, ?> params);

    @Override
    void close();
}
