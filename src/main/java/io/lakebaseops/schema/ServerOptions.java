package io.lakebaseops.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Options of foreign tables and columns as statements write them: `name 'value'`. A secret stands
/// as its name alone: its value is never read, so a person must set it.
final class ServerOptions {
    private ServerOptions() {}

    /// With a blank in front; empty where there is none to write.
    static String clause(List<String> options) {
        var text = added(options);
        return text.isEmpty() ? "" : " OPTIONS (" + text + ")";
    }

    /// What is gone or other is dropped, what is new or other added.
    static List<String> between(List<String> a, List<String> b) {
        var gone = new ArrayList<>(a);
        gone.removeAll(b);
        var fresh = new ArrayList<>(b);
        fresh.removeAll(a);
        var dropped =
                gone.stream()
                        .map(o -> "DROP " + DdlFormatter.ident(name(o)))
                        .collect(Collectors.joining(", "));
        return List.of(dropped, added(fresh)).stream().filter(s -> !s.isEmpty()).toList();
    }

    /// Says which secrets of `b` a person must set.
    static void secrets(Script script, ObjectId id, List<String> a, List<String> b) {
        b.stream()
                .filter(o -> secret(o) && !a.contains(o))
                .forEach(o -> script.remains(id, "option " + o + " is a secret: set it by hand"));
    }

    private static String added(List<String> options) {
        return options.stream()
                .filter(o -> !secret(o))
                .map(
                        o ->
                                DdlFormatter.ident(name(o))
                                        + " "
                                        + DdlFormatter.literal(o.substring(o.indexOf('=') + 1)))
                .collect(Collectors.joining(", "));
    }

    private static boolean secret(String option) {
        return option.indexOf('=') < 0;
    }

    private static String name(String option) {
        return secret(option) ? option : option.substring(0, option.indexOf('='));
    }
}
