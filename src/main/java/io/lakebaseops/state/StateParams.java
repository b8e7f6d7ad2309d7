package io.lakebaseops.state;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// Builds the named values of a statement; unlike `Map.of` it takes nulls.
public final class StateParams {
    private StateParams() {}

    /// Names and values in turn.
    public static Map<String, @Nullable Object> of(@Nullable Object... namesAndValues) {
        var params = new HashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return params;
    }
}
