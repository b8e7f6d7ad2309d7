package io.lakebaseops.postgres;

import io.lakebaseops.postgres.PastedConnection.Form;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A command line of psql, or of a program with the same options, read as psql reads it (manual,
/// psql, Usage).
final class PsqlCommand {
    private static final Pattern PROGRAM =
            Pattern.compile(
                    "(?:.*[/\\\\])?(?:psql|pgcli|pg_dump|pg_restore|pg_isready|createdb|vacuumdb)(?:\\.exe)?",
                    Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> WITH_VALUE =
            Map.of(
                    "-h", "host",
                    "--host", "host",
                    "-p", "port",
                    "--port", "port",
                    "-U", "user",
                    "-u", "user",
                    "--username", "user",
                    "-d", "dbname",
                    "--dbname", "dbname");

    /// Options of psql whose value is none of a connection.
    private static final Set<String> OTHER_WITH_VALUE =
            Set.of("-c", "-f", "-F", "-L", "-o", "-P", "-R", "-T", "-v", "-X");

    private PsqlCommand() {}

    /// Null when the text is no command.
    static @Nullable PastedConnection in(String text) {
        if (!text.matches(
                "(?is).*(psql|pgcli|pg_dump|pg_restore|pg_isready|createdb|vacuumdb).*")) {
            return null;
        }
        List<String> words;
        if (!text.contains("'") && text.contains("\\")) {
            // A path of Windows: only blanks and double quotes count.
            words = ShellWords.of(text.replace("\\", "\\\\"));
        } else {
            words = ShellWords.of(text);
        }
        for (int i = 0; i < words.size(); i++) {
            if (PROGRAM.matcher(words.get(i)).matches()) {
                return read(words.subList(0, i), words.subList(i + 1, words.size()));
            }
        }
        return null;
    }

    private static PastedConnection read(List<String> before, List<String> words) {
        var keywords =
                new LinkedHashMap<>(
                        KeyValueText.variables(
                                before.stream().filter(w -> w.matches("PG[A-Z]+=.*")).toList()));
        var plain = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            var option = word.startsWith("--") ? word.split("=", 2)[0] : first(word);
            var key = WITH_VALUE.get(option);
            if (key != null) {
                boolean here = word.length() > option.length();
                if (!here && i + 1 >= words.size()) {
                    throw PasteReader.unreadable("the option " + option + " has no value");
                }
                var value = here ? rest(word, option) : words.get(++i);
                keywords.put(key, value);
            } else if (OTHER_WITH_VALUE.contains(option) && word.length() == 2) {
                i++;
            } else if (word.matches("[|>&;].*")) {
                break;
            } else if (!word.startsWith("-")) {
                plain.add(word);
            }
        }
        if (!plain.isEmpty()) {
            keywords.putIfAbsent("dbname", plain.getFirst());
        }
        if (plain.size() > 1) {
            keywords.putIfAbsent("user", plain.get(1));
        }
        return whole(keywords);
    }

    private static String first(String word) {
        return word.startsWith("-") && word.length() >= 2 ? word.substring(0, 2) : word;
    }

    private static String rest(String word, String option) {
        var rest = word.substring(option.length());
        return rest.startsWith("=") ? rest.substring(1) : rest;
    }

    /// Where a whole connection string stands for the database, the options beside it give way to
    /// it (manual, psql: "conninfo strings").
    private static PastedConnection whole(Map<String, String> keywords) {
        var database = keywords.getOrDefault("dbname", "");
        if (database.contains("://") || database.contains("=")) {
            keywords.remove("dbname");
            var inner = PasteReader.read(database);
            if (!(inner instanceof PastedConnection.Server server)) {
                return inner;
            }
            keywords.putAll(server.keywords());
            PasteReader.put(keywords, "password", server.password());
            PasteReader.put(keywords, "sslpassword", server.keyPassword());
            return PastedKeywords.server(Form.PSQL, keywords, server.notes());
        }
        return PastedKeywords.server(Form.PSQL, keywords, List.of());
    }
}
