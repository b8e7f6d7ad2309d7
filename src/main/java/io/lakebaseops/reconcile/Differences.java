package io.lakebaseops.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Puts the rows of both sides side by side and names what is wrong with each key that differs.
final class Differences {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /// Time zones are off by whole quarters of an hour, at most so many.
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private static final Duration FARTHEST_ZONE = Duration.ofHours(26);

    /// What `real` keeps of a number.
    private static final double SINGLE_PRECISION = 1e-6;

    /// A short value that begins another one is a value of its own: `paid`, `paid back`.
    private static final int SHORT = 20;

    private final List<ComparedColumn> columns;
    private final List<Integer> key;
    private final KeyBuckets buckets;

    /// @param key places of the key's columns
    Differences(List<ComparedColumn> columns, List<Integer> key, KeyBuckets buckets) {
        this.columns = List.copyOf(columns);
        this.key = List.copyOf(key);
        this.buckets = buckets;
    }

    List<DifferingKey> between(Collection<ComparedRow> source, Collection<ComparedRow> delta) {
        var there = byKey(source);
        var copies = new LinkedHashMap<List<@Nullable Object>, List<ComparedRow>>();
        delta.forEach(r -> copies.computeIfAbsent(key(r), _ -> new ArrayList<>()).add(r));
        var found = new ArrayList<DifferingKey>();
        there.forEach(
                (k, row) -> {
                    var copy = copies.remove(k);
                    if (copy == null) {
                        found.add(whole(DifferenceClass.MISSING, row, null));
                    } else {
                        differing(row, copy.getFirst()).ifPresent(found::add);
                        // A key that is there twice is one too many.
                        copy.stream()
                                .skip(1)
                                .forEach(c -> found.add(whole(DifferenceClass.EXTRA, null, c)));
                    }
                });
        copies.values().stream()
                .flatMap(List::stream)
                .forEach(c -> found.add(whole(DifferenceClass.EXTRA, null, c)));
        found.sort(Comparator.comparing(DifferingKey::bucket).reversed());
        return found;
    }

    private Map<List<@Nullable Object>, ComparedRow> byKey(Collection<ComparedRow> rows) {
        var map = new LinkedHashMap<List<@Nullable Object>, ComparedRow>();
        rows.forEach(r -> map.put(key(r), r));
        return map;
    }

    private List<@Nullable Object> key(ComparedRow row) {
        var values = new ArrayList<@Nullable Object>();
        key.forEach(i -> values.add(row.canonical().get(i)));
        return values;
    }

    private DifferingKey whole(
            DifferenceClass kind, @Nullable ComparedRow source, @Nullable ComparedRow delta) {
        return of(kind, List.of(), source, delta);
    }

    private DifferingKey of(
            DifferenceClass kind,
            List<String> differing,
            @Nullable ComparedRow source,
            @Nullable ComparedRow delta) {
        var row = source == null ? Objects.requireNonNull(delta) : source;
        return new DifferingKey(
                key.stream().map(i -> String.valueOf(row.shown(i))).toList(),
                kind,
                differing,
                shown(source),
                shown(delta),
                bucket(row),
                source == null ? null : source.xmin(),
                source == null ? null : source.committedAt());
    }

    private static @Nullable List<@Nullable String> shown(@Nullable ComparedRow row) {
        if (row == null) {
            return null;
        }
        var values = new ArrayList<@Nullable String>();
        for (int i = 0; i < row.shown().size(); i++) {
            values.add(row.shown(i));
        }
        return values;
    }

    private int bucket(ComparedRow row) {
        return switch (buckets) {
            case KeyBuckets.ByRange range -> {
                long value = Long.parseLong(String.valueOf(row.shown(key.getFirst())));
                yield range.shown(range.bucketOf(value));
            }
            case KeyBuckets.ByHash hash -> hash.shown(hash.bucketOf(key(row)));
        };
    }

    private Optional<DifferingKey> differing(ComparedRow source, ComparedRow delta) {
        var names = new ArrayList<String>();
        var kinds = new ArrayList<DifferenceClass>();
        for (int i = 0; i < columns.size(); i++) {
            if (!Objects.equals(source.canonical().get(i), delta.canonical().get(i))) {
                var here = source.shown(i);
                var there = delta.shown(i);
                if (columns.get(i).form() == CanonicalForm.JSON && sameDocument(here, there)) {
                    continue;
                }
                names.add(columns.get(i).name());
                kinds.add(kind(columns.get(i), here, there));
            }
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        // One cause that explains every column; otherwise the row is another version.
        var kind =
                kinds.stream().distinct().count() == 1 ? kinds.getFirst() : DifferenceClass.STALE;
        return Optional.of(of(kind, names, source, delta));
    }

    private static DifferenceClass kind(
            ComparedColumn column, @Nullable String here, @Nullable String there) {
        if (here == null || there == null) {
            return DifferenceClass.STALE;
        }
        return switch (column.form()) {
            case INSTANT, LOCAL_TIME -> zone(here, there);
            case FLOAT -> lostDigits(here, there);
            case NUMERIC -> rounded(here, there);
            case TEXT, PADDED, WRITTEN -> reshaped(here, there);
            case WHOLE, TRUTH, DAY, IDENTIFIER, BYTES, JSON, ADDRESS -> DifferenceClass.STALE;
        };
    }

    private static DifferenceClass zone(String here, String there) {
        try {
            var apart = Duration.between(moment(here), moment(there)).abs();
            boolean quarters = apart.toNanos() % QUARTER.toNanos() == 0;
            return quarters && apart.compareTo(FARTHEST_ZONE) <= 0
                    ? DifferenceClass.TIME_ZONE
                    : DifferenceClass.STALE;
        } catch (DateTimeException _) {
            // An infinity, or a year that Java does not write so.
            return DifferenceClass.STALE;
        }
    }

    /// Both engines write `2026-03-29 01:58:11.5+00`, without the offset where there is no zone.
    static OffsetDateTime moment(String text) {
        var iso = text.replace(' ', 'T');
        return iso.matches(".*[+-]\\d\\d$")
                ? OffsetDateTime.parse(iso + ":00")
                : iso.matches(".*[+-]\\d\\d:\\d\\d$")
                        ? OffsetDateTime.parse(iso)
                        : LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
    }

    private static DifferenceClass lostDigits(String here, String there) {
        double one = Double.parseDouble(here);
        double other = Double.parseDouble(finite(there));
        return Math.abs(one - other) <= Math.abs(one) * SINGLE_PRECISION
                ? DifferenceClass.FLOAT
                : DifferenceClass.STALE;
    }

    private static String finite(String duck) {
        return switch (duck) {
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            case "nan" -> "NaN";
            default -> duck;
        };
    }

    /// Not more apart than one unit of the last place that is left.
    private static DifferenceClass rounded(String here, String there) {
        try {
            var one = new BigDecimal(here).stripTrailingZeros();
            var other = new BigDecimal(there).stripTrailingZeros();
            var unit = BigDecimal.ONE.movePointLeft(new BigDecimal(there).scale());
            return other.scale() < one.scale() && one.subtract(other).abs().compareTo(unit) < 0
                    ? DifferenceClass.TYPE_DRIFT
                    : DifferenceClass.STALE;
        } catch (NumberFormatException _) {
            return DifferenceClass.STALE;
        }
    }

    /// The same text but for blanks at the ends or the case of its letters, or a beginning of it.
    private static DifferenceClass reshaped(String here, String there) {
        boolean same = here.strip().equalsIgnoreCase(there.strip());
        boolean cut =
                there.length() >= SHORT && here.length() > there.length() && here.startsWith(there);
        return same || cut ? DifferenceClass.TYPE_DRIFT : DifferenceClass.STALE;
    }

    private static boolean sameDocument(@Nullable String here, @Nullable String there) {
        if (here == null || there == null) {
            return false;
        }
        try {
            return same(JSON.readTree(here), JSON.readTree(there));
        } catch (JsonProcessingException _) {
            // Cut for showing, or no JSON: then the texts decide, and they differ.
            return false;
        }
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.equals(
                (a, b) ->
                        a.isNumber() && b.isNumber()
                                ? a.decimalValue().compareTo(b.decimalValue())
                                : a.equals(b) ? 0 : 1,
                other);
    }
}
