package io.lakebaseops.console.sync;

import io.lakebaseops.reconcile.DifferingKey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// A line of the differing keys: the first of a group of alike keys, or one of an open group.
///
/// @param group what they are alike in
/// @param alike keys of the group; 0 for a line inside it
record KeyLine(DifferingKey key, String group, int alike, boolean open) {
    private static final int MOST_OPEN = 200;

    /// Largest group first; a group's keys newest first.
    static List<KeyLine> of(List<DifferingKey> keys, Set<String> open) {
        var groups = new LinkedHashMap<String, List<DifferingKey>>();
        keys.forEach(k -> groups.computeIfAbsent(k.alike(), _ -> new ArrayList<>()).add(k));
        var lines = new ArrayList<KeyLine>();
        groups.entrySet().stream()
                .sorted((a, b) -> Integer.compare(b.getValue().size(), a.getValue().size()))
                .forEach(
                        e -> {
                            var group = e.getValue();
                            boolean unfolded = open.contains(e.getKey());
                            lines.add(
                                    new KeyLine(
                                            group.getFirst(), e.getKey(), group.size(), unfolded));
                            if (unfolded) {
                                group.stream()
                                        .skip(1)
                                        .limit(MOST_OPEN)
                                        .forEach(
                                                k ->
                                                        lines.add(
                                                                new KeyLine(
                                                                        k, e.getKey(), 0, false)));
                            }
                        });
        return lines;
    }
}
