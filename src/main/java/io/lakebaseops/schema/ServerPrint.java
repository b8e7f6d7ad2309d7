package io.lakebaseops.schema;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Expressions as the server prints them, in the one form that prints the same when it is sent
/// again.
///
/// `v IN ('a', 'b')` on a `varchar` is printed with one cast around the array; sent again, it is
/// stored with a cast around each element, and would count as changed for ever.
final class ServerPrint {
    private static final String TYPE = "::character varying(?:\\(\\d+\\))?";
    private static final String LITERAL = "E?'(?:[^']|'')*+'" + TYPE;
    private static final Pattern CAST_ARRAY =
            Pattern.compile(
                    "\\(ARRAY\\[(%s(?:, %s)*)\\]\\)::text\\[\\]".formatted(LITERAL, LITERAL));
    private static final Pattern ELEMENT = Pattern.compile(LITERAL);

    private ServerPrint() {}

    static @Nullable String settledOrNull(@Nullable String text) {
        return text == null ? null : settled(text);
    }

    static String settled(String text) {
        if (!text.contains("])::text[]")) {
            return text;
        }
        return CAST_ARRAY
                .matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement("ARRAY[" + each(m.group(1)) + "]"));
    }

    private static String each(String elements) {
        return ELEMENT.matcher(elements)
                .results()
                .map(e -> "(" + e.group() + ")::text")
                .collect(Collectors.joining(", "));
    }
}
