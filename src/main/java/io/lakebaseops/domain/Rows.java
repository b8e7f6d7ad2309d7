package io.lakebaseops.domain;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows as they came from a query, column order kept, nulls allowed, unmodifiable.
public record Rows(List<Map<String, @Nullable Object>> list) {
    public Rows {
        var copy = new ArrayList<Map<String, @Nullable Object>>(list.size());
        for (var row : list) {
            copy.add(Collections.unmodifiableMap(new LinkedHashMap<>(row)));
        }
        list = Collections.unmodifiableList(copy);
    }

    public static final Rows EMPTY = new Rows(List.of());

    public int size() {
        return list.size();
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    /// The first `n` rows, for evidence that must stay small.
    public Rows head(int n) {
        return list.size() <= n ? this : new Rows(list.subList(0, n));
    }
}
