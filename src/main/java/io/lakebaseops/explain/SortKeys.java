package io.lakebaseops.explain;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Sort keys of a plan as an index would have them.
final class SortKeys {
    private static final Pattern KEY =
            Pattern.compile(
                    "^(?:(\"(?:[^\"]|\"\")+\"|[a-z_][\\w$]*)\\.)?(\"(?:[^\"]|\"\")+\"|[a-z_][\\w$]*)"
                            + "( COLLATE \\S+)?( DESC)?( NULLS (?:FIRST|LAST))?$");

    private SortKeys() {}

    /// @return keys with DESC and NULLS, null when one is an expression or of another table
    static @Nullable List<String> of(PlanNode sort, PlanNode scan) {
        var alias = scan.text("Alias");
        var keys = new ArrayList<String>();
        for (var key : sort.properties().path("Sort Key")) {
            var parts = KEY.matcher(key.asText());
            if (!parts.matches()
                    || (parts.group(1) != null && !bare(parts.group(1)).equals(alias))) {
                return null;
            }
            keys.add(
                    parts.group(2)
                            + text(parts.group(3))
                            + text(parts.group(4))
                            + text(parts.group(5)));
        }
        return keys.isEmpty() ? null : keys;
    }

    private static String bare(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }
}
