package io.lakebaseops.ask.grounding;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A unit as people and results write it: `ms`, `MB`, `%`, `million`. Bytes are binary, as
/// PostgreSQL has them.
///
/// @param factor to seconds, bytes, a share, or single things
record Unit(Dimension dimension, BigDecimal factor) {
    private static final Map<String, List<Unit>> BY_NAME = new HashMap<>();

    /// In a result's keys: `total_bytes`, `mean_ms`, `wasted_share`.
    private static final Map<String, String> IN_KEYS =
            Map.ofEntries(
                    Map.entry("bytes", "B"),
                    Map.entry("ms", "ms"),
                    Map.entry("millis", "ms"),
                    Map.entry("seconds", "s"),
                    Map.entry("minutes", "min"),
                    Map.entry("hours", "h"),
                    Map.entry("days", "d"),
                    Map.entry("share", "ratio"),
                    Map.entry("ratio", "ratio"),
                    Map.entry("utilization", "ratio"),
                    Map.entry("fraction", "ratio"),
                    Map.entry("percent", "%"),
                    Map.entry("pct", "%"));

    static {
        time("0.000000001", "ns nanosecond nanoseconds");
        time("0.000001", "µs μs us microsecond microseconds");
        time("0.001", "ms msec millisecond milliseconds");
        time("1", "s sec secs second seconds sekunde sekunden segundo segundos");
        time("60", "min mins minute minutes minuten minuto minutos");
        time("3600", "h hr hrs hour hours stunde stunden hora horas");
        time("86400", "d day days tag tage tagen dia dias");
        time("604800", "week weeks woche wochen semana semanas");
        bytes(0, "b byte bytes");
        bytes(1, "kb kib kilobyte kilobytes");
        bytes(2, "mb mib megabyte megabytes");
        bytes(3, "gb gib gigabyte gigabytes");
        bytes(4, "tb tib terabyte terabytes");
        bytes(5, "pb pib petabyte petabytes");
        put("8kb", new Unit(Dimension.BYTES, BigDecimal.valueOf(8192)));
        for (var name : "% percent percentage prozent".split(" ")) {
            put(name, new Unit(Dimension.SHARE, new BigDecimal("0.01")));
        }
        put("ratio", new Unit(Dimension.SHARE, BigDecimal.ONE));
        for (var name : "x × fold times mal veces".split(" ")) {
            put(name, new Unit(Dimension.FACTOR, BigDecimal.ONE));
        }
        count("1000", "k thousand");
        count("1000000", "m million millions");
        count("1000000000", "bn billion billions");
        put("b", new Unit(Dimension.COUNT, BigDecimal.valueOf(1_000_000_000)));
    }

    private static void time(String seconds, String names) {
        for (var name : names.split(" ")) {
            put(name, new Unit(Dimension.TIME, new BigDecimal(seconds)));
        }
    }

    private static void bytes(int power, String names) {
        for (var name : names.split(" ")) {
            put(name, new Unit(Dimension.BYTES, BigDecimal.valueOf(1024).pow(power)));
        }
    }

    private static void count(String factor, String names) {
        for (var name : names.split(" ")) {
            put(name, new Unit(Dimension.COUNT, new BigDecimal(factor)));
        }
    }

    private static void put(String name, Unit unit) {
        BY_NAME.merge(
                name,
                List.of(unit),
                (a, b) -> java.util.stream.Stream.of(a, b).flatMap(List::stream).toList());
    }

    /// What a word after a number can mean; empty when it is no unit.
    static List<Unit> named(String word) {
        return BY_NAME.getOrDefault(word.toLowerCase(Locale.ROOT), List.of());
    }

    /// What a result's key says about its numbers; null when nothing.
    static @Nullable Unit ofKey(String key) {
        for (var word : key.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
            var name = IN_KEYS.get(word);
            if (name != null) {
                return named(name).getFirst();
            }
        }
        return null;
    }

    /// All names, for a pattern, longest first.
    static String names() {
        return BY_NAME.keySet().stream()
                .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                .map(java.util.regex.Pattern::quote)
                .reduce((a, b) -> a + "|" + b)
                .orElseThrow();
    }
}
