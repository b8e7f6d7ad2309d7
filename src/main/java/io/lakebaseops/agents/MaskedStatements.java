package io.lakebaseops.agents;

import io.lakebaseops.domain.Rows;
import io.lakebaseops.sqltext.SqlMask;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows about sessions whose statements have lost their literals and comments: what is kept of
/// them, and printed, is read by more people than the session was meant for.
public final class MaskedStatements {
    private static final String COLUMN = "query_text";

    private MaskedStatements() {}

    public static Rows in(Rows rows) {
        var list =
                rows.list().stream()
                        .map(
                                row -> {
                                    Map<String, @Nullable Object> copy = new LinkedHashMap<>(row);
                                    copy.computeIfPresent(
                                            COLUMN, (_, text) -> SqlMask.mask(text.toString()));
                                    return copy;
                                })
                        .toList();
        return new Rows(List.copyOf(list));
    }
}
