package org.apache.hadoop.shaded.com.google.common.collect;

import java.util.Collection;
import java.util.Set;

/// The part of Guava's interface that Delta Kernel's reader of Parquet statistics calls.
public interface Multimap<K, V> {
    Set<K> keySet();

    Collection<V> get(K key);
}
