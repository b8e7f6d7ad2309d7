package io.lakebaseops.change.archival;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A row on its way between table and archive, as the server's own text of each value.
///
/// @param key text of the primary key, as `row(…)::text` gives it
/// @param cells in the order of the order's columns; null for NULL
/// @param hash first 32 hexadecimal digits of the SHA-256 of the row's text, as the server tells it
public record ColdRow(String key, List<@Nullable String> cells, String hash) {
    public ColdRow {
        cells = Collections.unmodifiableList(new ArrayList<>(cells));
    }

    public static ColdRow of(String key, List<@Nullable String> cells) {
        return new ColdRow(key, cells, RowText.hash(cells));
    }

    /// The values of a row from the server's text of it.
    public static List<@Nullable String> cellsOf(String rowText) {
        return RowText.parse(rowText);
    }

    /// The server's text of a row from its values.
    public static String textOf(List<@Nullable String> cells) {
        return RowText.write(cells);
    }
}
