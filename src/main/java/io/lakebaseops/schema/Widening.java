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
    private static final List<String> TEXTS =
            List.of("text", "character varying", "character", "name");
    private static final Pattern PRECISION =
            Pattern.compile("(time|timestamp)(?:\\((\\d)\\))?( with(?:out)? time zone)");
    private static final Pattern SIZED =
            Pattern.compile("(character varying|numeric|character)\\((\\d+)(?:,(-?\\d+))?\\)");

    static Widening of(String from, String to) {
        if (from.equals(to)) {
            return FREE;
        }
        if (from.endsWith("[]") && to.endsWith("[]")) {
            return of(element(from), element(to));
        }
        if (from.equals("cidr") && to.equals("inet")) {
            return FREE;
        }
        var p = PRECISION.matcher(from);
        var q = PRECISION.matcher(to);
        if (p.matches()
                && q.matches()
                && (p.group(1) + p.group(3)).equals(q.group(1) + q.group(3))) {
            return digits(p) <= digits(q) ? FREE : LOSSY;
        }
        if (from.equals("date") && to.equals("timestamp without time zone")) {
            return REWRITE;
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
        // A double holds every integer, a real every smallint.
        boolean exact =
                to.equals("double precision")
                        && List.of("real", "integer", "smallint").contains(from);
        return exact || from.equals("smallint") && to.equals("real") ? REWRITE : LOSSY;
    }

    /// Can a foreign key lead from a column of one type to one of the other?
    static boolean comparable(String from, String to) {
        var a = bare(from);
        var b = bare(to);
        return a.equals(b)
                || WHOLE.contains(a) && WHOLE.contains(b)
                || TEXTS.contains(a) && TEXTS.contains(b);
    }

    /// Without modifiers, as casts are declared.
    static String bare(String type) {
        return type.replaceAll("\\([^)]*\\)", "");
    }

    private static String element(String type) {
        return type.substring(0, type.length() - 2);
    }

    private static int digits(Matcher precision) {
        return precision.group(2) == null ? 6 : Integer.parseInt(precision.group(2));
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
