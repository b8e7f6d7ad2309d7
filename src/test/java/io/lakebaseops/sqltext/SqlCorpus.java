package io.lakebaseops.sqltext;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The statements the grammar is tried on: our own files, the migrations of the tests, and a list
/// by hand that has every command.
final class SqlCorpus {
    /// Scripts within the sources of tests: text blocks and strings given for a migration file.
    private static final Pattern MIGRATION =
            Pattern.compile("\"\"\"\\n(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*;)\"", Pattern.DOTALL);

    private SqlCorpus() {}

    static List<String> byHand() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/sqltext/statements.sql"));
    }

    /// Every `.sql` file that a PostgreSQL gets, by path; templates with their holes filled in.
    static Map<Path, String> ownFiles() throws IOException {
        var files = new LinkedHashMap<Path, String>();
        for (var root : List.of("sql", "resources", "src/test/resources/sql-of-tests")) {
            try (Stream<Path> walk = Files.walk(Path.of(root))) {
                for (var file : walk.filter(p -> p.toString().endsWith(".sql")).sorted().toList()) {
                    var text = Files.readString(file);
                    // The lakehouse is DuckDB's.
                    if (!text.contains("-- Engine")) {
                        files.put(file, SqlTemplate.of(text).sql());
                    }
                }
            }
        }
        return files;
    }

    /// The holes that no template fills: of psql, of JDBC, and a statement as a whole.
    static String filled(Path file, String text) {
        var filled =
                text.replace("\"{statement}\"", "select 1")
                        .replaceAll("(?<![:\\w]):('[a-z]'|[a-z]\\b)", "\\$1");
        return file.startsWith("resources/local") ? filled.replace("?", "$1") : filled;
    }

    static List<String> migrationsOfTests() throws IOException {
        var found = new ArrayList<String>();
        var root = Path.of("src/test/java/io/lakebaseops/agents/provisioning/migration");
        try (Stream<Path> walk = Files.walk(root)) {
            for (var file : walk.filter(p -> p.toString().endsWith(".java")).sorted().toList()) {
                MIGRATION
                        .matcher(Files.readString(file))
                        .results()
                        .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
                        .map(s -> s.translateEscapes().stripIndent())
                        .forEach(found::add);
            }
        }
        return found;
    }

    static List<String> all() throws IOException {
        var all = new ArrayList<>(byHand());
        for (var text : ownFiles().values()) {
            all.add(text);
            SqlScript.of(text).statements().forEach(s -> all.add(s.text()));
        }
        for (var script : migrationsOfTests()) {
            SqlScript.of(script).statements().forEach(s -> all.add(s.text()));
        }
        return all.stream().distinct().toList();
    }
}
