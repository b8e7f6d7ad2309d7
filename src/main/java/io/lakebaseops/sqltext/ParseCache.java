package io.lakebaseops.sqltext;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// The last answers of the parser, by text: lists and the gate ask about the same text repeatedly.
final class ParseCache {
    private static final int ENTRIES = 128;

    /// A tree is about a hundred times as large as its text.
    private static final int MAX_CHARS = 1_500;

    private final Map<String, Parsed> known =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Parsed> eldest) {
                    return size() > ENTRIES;
                }
            };

    Parsed get(String text, Function<String, Parsed> read) {
        if (text.length() > MAX_CHARS) {
            return read.apply(text);
        }
        synchronized (known) {
            var before = known.get(text);
            if (before != null) {
                return before;
            }
        }
        var parsed = read.apply(text);
        synchronized (known) {
            known.put(text, parsed);
        }
        return parsed;
    }
}
