package io.lakebaseops.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The titles of tools and jobs as a person reads them: a sentence with its abbreviations in
/// capitals, from the names the command line and the schedule use.
public final class ToolWords {
    private static final Set<String> ABBREVIATIONS =
            Set.of("fk", "ttl", "sop", "cicd", "rls", "io", "sql", "xid", "pr", "ddl", "ab");

    /// Longer error texts are cut, with a way to read the rest.
    public static final int MOST = 500;

    private ToolWords() {}

    /// `Detect missing FK indexes`.
    public static String title(String name) {
        var words =
                Arrays.stream(name.split("[_-]"))
                        .map(w -> ABBREVIATIONS.contains(w) ? w.toUpperCase(Locale.ROOT) : w)
                        .collect(Collectors.joining(" "))
                        .replace("CICD", "CI/CD")
                        .replace("pg stat statements", "pg_stat_statements");
        return words.substring(0, 1).toUpperCase(Locale.ENGLISH) + words.substring(1);
    }

    public static String brief(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST) + " …";
    }
}
