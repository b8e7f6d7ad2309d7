package io.lakebaseops.local.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The SQL files of the demo. They are read from `local/demo/` on the class path.
final class DemoSql {
    private static final String NAME = "-- name:";

    private DemoSql() {}

    /// The statements of a script: each ends with a semicolon at the end of a line, outside of
    /// `$$`.
    static List<String> script(String name) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        boolean quoted = false;
        for (String line : read(name).split("\n")) {
            if (line.startsWith("--") && !quoted) {
                continue;
            }
            quoted ^= line.contains("$$") && line.indexOf("$$") == line.lastIndexOf("$$");
            statement.append(line).append('\n');
            if (line.stripTrailing().endsWith(";") && !quoted) {
                statements.add(statement.toString().strip());
                statement.setLength(0);
            }
        }
        return statements;
    }

    /// The statements of a file in which each stands under a line `-- name: x`.
    static Map<String, String> named(String name) {
        Map<String, String> statements = new HashMap<>();
        for (String part : read(name).split(NAME)) {
            if (!part.isBlank()) {
                String[] nameAndText = part.split("\n", 2);
                String text = nameAndText[1].strip();
                statements.put(nameAndText[0].strip(), text.substring(0, text.lastIndexOf(';')));
            }
        }
        return Map.copyOf(statements);
    }

    private static String read(String name) {
        try (InputStream in = DemoSql.class.getResourceAsStream("/local/demo/" + name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
