package org.apache.hadoop.shaded.com.google.common.collect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The part of Guava's class that Delta Kernel's reader of Parquet statistics calls. Kernel takes
/// it from Hadoop's shaded client by mistake: fifty megabytes of jars for three small classes.
public final class ImmutableMultimap<K, V> implements Multimap<K, V> {
    private final Map<K, List<V>> values;

    private ImmutableMultimap(Map<K, List<V>> values) {
        this.values = values;
    }

    public static <K, V> Builder<K, V> builder() {
        return new Builder<>();
    }

    @Override
    public Set<K> keySet() {
        return values.keySet();
    }

    @Override
    public Collection<V> get(K key) {
        return values.getOrDefault(key, List.of());
    }

    /// Gathers values under their keys.
    public static final class Builder<K, V> {
        private final Map<K, List<V>> values = new LinkedHashMap<>();

        private Builder() {}

        public Builder<K, V> put(K key, V value) {
            values.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
            return this;
        }

        public ImmutableMultimap<K, V> build() {
            return new ImmutableMultimap<>(values);
        }
    }
}
