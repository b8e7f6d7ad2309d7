package io.lakebaseops.schema;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells whether every value of one type fits another, and whether the rows must be written again.
///
/// Conservative: what is not known to fit counts as lossy.
enum Widening {
    FREE,
    REWRITE,
    LOSSY;

    private static final List<String> WHOLE = List.of("smallint", "integer", "bigint", "numeric");
    private static final Pattern SIZED =
            Pattern.compile("(character varying|numeric|character)\\((\\d+)(?:,(-?\\d+))?\\)");

    static Widening of(String from, String to) {
        if (from.equals(to)) {
            return FREE;
        }
        var a = SIZED.matcher(from);
        var b = SIZED.matcher(to);
        if (to.equals("text") || to.equals("character varying")) {
            boolean free = from.startsWith("character varying") || from.equals("text");
            return free ? FREE : REWRITE;
        }
        if (a.matches() && to.equals(a.group(1)) && to.equals("numeric")) {
            return FREE;
        }
        if (a.matches() && b.matches() && a.group(1).equals(b.group(1))) {
            return sized(a, b);
        }
        if (WHOLE.contains(from) && WHOLE.contains(to)) {
            return WHOLE.indexOf(from) < WHOLE.indexOf(to) ? REWRITE : LOSSY;
        }
        return from.equals("real") && to.equals("double precision") ? REWRITE : LOSSY;
    }

    private static Widening sized(Matcher a, Matcher b) {
        int was = Integer.parseInt(a.group(2));
        int is = Integer.parseInt(b.group(2));
        if (a.group(1).equals("numeric")) {
            var scale = a.group(3) == null ? "0" : a.group(3);
            return scale.equals(b.group(3) == null ? "0" : b.group(3)) && is >= was ? FREE : LOSSY;
        }
        if (is < was) {
            return LOSSY;
        }
        return a.group(1).equals("character") ? REWRITE : FREE;
    }
}
