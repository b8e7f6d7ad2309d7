package org.apache.hadoop.shaded.com.google.common.collect;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/// The part of Guava's class that Delta Kernel's reader of Parquet statistics calls.
public final class ImmutableMap {
    private ImmutableMap() {}

    public static <T, K, V> Collector<T, ?, Map<K, V>> toImmutableMap(
            Function<? super T, ? extends K> key, Function<? super T, ? extends V> value) {
        return Collectors.toUnmodifiableMap(key, value);
    }
}
