package io.lakebaseops.trial;

import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sample values of a column. The most common ones and those that split the rest into equal parts,
/// as ANALYZE left them in `pg_stats`.
final class ColumnSamples {
    private final List<Column> columns;

    private ColumnSamples(List<Column> columns) {
        this.columns = columns;
    }

    record Column(
            String schemaName,
            String tableName,
            String columnName,
            List<String> common,
            List<String> spread) {
        Column {
            common = List.copyOf(common);
            spread = List.copyOf(spread);
        }

        List<String> values() {
            var values = new ArrayList<>(common);
            values.addAll(spread);
            return values;
        }
    }

    static ColumnSamples of(List<Column> columns) {
        return new ColumnSamples(List.copyOf(columns));
    }

    static ColumnSamples read(ReadSession session, Collection<String> relations) {
        return of(
                session.query(
                        TrialSql.COLUMN_SAMPLES,
                        Map.of("relations", List.copyOf(relations)),
                        Column.class));
    }

    /// @param turn chooses among the values
    Optional<String> value(@Nullable String relation, String column, int turn) {
        return columns.stream()
                .filter(c -> c.columnName().equals(column))
                .filter(c -> relation == null || c.tableName().equals(relation))
                .map(Column::values)
                .filter(v -> !v.isEmpty())
                .findFirst()
                .map(v -> v.get(Math.floorMod(turn * 7, v.size())));
    }
}
