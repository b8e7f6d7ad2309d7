package io.lakebaseops.postgres;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A result of any shape, as text: columns may share a name, and no value loses digits.
///
/// @param rows each as long as `columns`; a cell is null where the value is
/// @param more rows were left out, because one of the caps was reached
/// @param cut some cells were longer than they may be
public record TypedRows(
        List<Column> columns, List<List<@Nullable String>> rows, @Nullable Cap more, boolean cut) {
    /// @param type as PostgreSQL calls it: `int8`, `timestamptz`, `_text`
    public record Column(String name, String type) {}

    public enum Cap {
        ROWS,
        BYTES
    }

    public TypedRows {
        columns = List.copyOf(columns);
        var copy = new ArrayList<List<@Nullable String>>(rows.size());
        rows.forEach(r -> copy.add(Collections.unmodifiableList(new ArrayList<>(r))));
        rows = Collections.unmodifiableList(copy);
    }
}
