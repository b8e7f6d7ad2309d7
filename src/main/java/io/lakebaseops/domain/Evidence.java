package io.lakebaseops.domain;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The rows that make a finding believable, and the query anyone can run to see them again.
///
/// @param query name in the SQL library, for example `indexes/duplicate_indexes`
public record Evidence(
        String query, Map<String, @Nullable Object> parameters, Rows rows, Instant at) {
    public Evidence {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
