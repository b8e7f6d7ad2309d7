package io.lakebaseops.twin;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Values of a column that its statistics know: a common one, a rare one, those at either end, and
/// one that is not among them.
final class SampledColumn {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,17}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern DAY = Pattern.compile("(\\d{4})(-\\d\\d-\\d\\d.*)");

    private final List<String> common;
    private final List<String> bounds;

    SampledColumn(ColumnValues column) {
        common = elements(column.commonValues());
        bounds = elements(column.histogram());
    }

    /// @return a value by its kind; without the kinds that the statistics do not tell
    Map<ParameterSets.Kind, String> samples() {
        var samples = new EnumMap<ParameterSets.Kind, String>(ParameterSets.Kind.class);
        if (!common.isEmpty()) {
            samples.put(ParameterSets.Kind.COMMON, common.getFirst());
        }
        if (!bounds.isEmpty()) {
            samples.put(ParameterSets.Kind.RARE, bounds.get(bounds.size() / 2));
            samples.put(ParameterSets.Kind.SMALL, bounds.get(Math.min(1, bounds.size() - 1)));
            samples.put(ParameterSets.Kind.LARGE, bounds.get(Math.max(0, bounds.size() - 2)));
        } else if (common.size() > 1) {
            samples.put(ParameterSets.Kind.RARE, common.getLast());
        }
        var absent = absent();
        if (absent != null) {
            samples.put(ParameterSets.Kind.ABSENT, absent);
        }
        return samples;
    }

    private @Nullable String absent() {
        var known = bounds.isEmpty() ? common : bounds;
        if (known.isEmpty()) {
            return null;
        }
        var last = known.getLast();
        if (WHOLE.matcher(last).matches()) {
            return known.stream().mapToLong(Long::parseLong).max().orElse(0) < 30_000
                    ? "31999"
                    : Long.toString(
                            known.stream().mapToLong(Long::parseLong).max().orElse(0) + 104_729);
        }
        if (NUMBER.matcher(last).matches()) {
            return last + "7";
        }
        var day = DAY.matcher(last);
        if (day.matches()) {
            return Integer.parseInt(day.group(1)) + 5 + day.group(2).replace("02-29", "02-28");
        }
        return last.length() == 36 && last.charAt(8) == '-'
                ? "00000000-0000-4000-8000-000000000000"
                : last + "~";
    }

    /// The elements of an array as the server prints it; none for null and for arrays of arrays.
    static List<String> elements(@Nullable String array) {
        var found = new ArrayList<String>();
        if (array == null || !array.startsWith("{")) {
            return found;
        }
        var element = new StringBuilder();
        boolean quoted = false;
        for (int i = 1; i < array.length(); i++) {
            char c = array.charAt(i);
            if (c == '\\' && i + 1 < array.length()) {
                element.append(array.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '{') {
                return List.of();
            } else if (!quoted && (c == ',' || c == '}')) {
                if (!element.isEmpty() || c == ',') {
                    found.add(element.toString());
                }
                element.setLength(0);
            } else {
                element.append(c);
            }
        }
        return found;
    }
}
