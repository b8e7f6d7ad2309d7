package io.lakebaseops.lakebase.acts;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Parts of the sentences in which acts describe themselves.
final class ActText {
    private ActText() {}

    static String life(@Nullable Long seconds) {
        return seconds == null ? "no expiry" : "expires after " + time(seconds);
    }

    static String suspension(@Nullable Long seconds) {
        return seconds == null ? "never suspends" : "suspends after " + time(seconds);
    }

    static String named(String before, Map<String, String> map) {
        return map.isEmpty()
                ? ""
                : before
                        + map.entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .collect(Collectors.joining(", "));
    }

    /// In one order, so that equal acts read equal and have one fingerprint.
    static SortedMap<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    static @Nullable Duration duration(@Nullable Long seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static String time(long seconds) {
        var t = Duration.ofSeconds(seconds);
        if (t.toHours() >= 48 && t.toHours() % 24 == 0) {
            return t.toDays() + " days";
        }
        return t.toMinutes() >= 120 && t.toMinutes() % 60 == 0
                ? t.toHours() + " h"
                : seconds % 60 == 0 ? t.toMinutes() + " min" : seconds + " s";
    }
}
