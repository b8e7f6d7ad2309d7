package io.lakebaseops.schema;

import java.util.Map;
import java.util.Set;

/// What a server can convert: values from one type to another by a cast, an extension from one
/// version to another by its scripts.
///
/// @param known `cast integer`, `update citext 1.5` or `move` with what each leads to; empty where
///     nothing was read, and then nothing is held to be impossible
record Conversions(Map<String, Set<String>> known) {
    /// Types whose values are read from text and written as text by every other type.
    private static final Set<String> TEXTS =
            Set.of("text", "character varying", "character", "name", "\"char\"", "public.citext");

    static final Conversions NONE = new Conversions(Map.of());

    Conversions {
        known = Map.copyOf(known);
    }

    /// Is there a cast, explicit ones included? Types without their modifiers.
    boolean casts(String from, String to) {
        var a = element(from);
        var b = element(to);
        boolean arrays = from.endsWith("[]") && to.endsWith("[]");
        if (known.isEmpty() || a.equals(b) && arrays || from.equals(to)) {
            return true;
        }
        return TEXTS.contains(from)
                || TEXTS.contains(to)
                || (from.endsWith("[]") == to.endsWith("[]")
                        && (TEXTS.contains(a) && arrays
                                || TEXTS.contains(b) && arrays
                                || leads("cast " + a, b)));
    }

    /// Do the scripts of an extension lead from one version to the other?
    boolean updates(String extension, String from, String to) {
        return known.isEmpty() || leads("update " + extension + " " + from, to);
    }

    boolean movable(String extension) {
        return known.isEmpty() || leads("move", extension);
    }

    private boolean leads(String from, String to) {
        return known.getOrDefault(from, Set.of()).contains(to);
    }

    private static String element(String type) {
        return type.endsWith("[]") ? type.substring(0, type.length() - 2) : type;
    }
}
