package io.lakebaseops.lakehouse;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// A PostgreSQL table whose rows are partly here and partly in its archive.
///
/// @param columns of the archive table that are the source's own
/// @param names what the source calls them, by the archive's name
/// @param hot the rows still in the source, by the archive's column names
public record HotAndCold(
        String schema,
        String table,
        TableName archive,
        List<ColumnDef> columns,
        Map<String, String> names,
        List<Map<String, @Nullable Object>> hot) {
    public HotAndCold {
        columns = List.copyOf(columns);
        names = Map.copyOf(names);
        hot = List.copyOf(hot);
    }
}
