package io.lakebaseops.state;

import io.lakebaseops.sqltext.Tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The texts of our own statements: reads `sql/<module>/<name>.sql` from the class path and turns
/// its `:name` markers into JDBC's `?`.
final class SqlTexts {
    private final Map<NamedSql, Text> read = new ConcurrentHashMap<>();

    Text of(NamedSql name) {
        return read.computeIfAbsent(name, SqlTexts::read);
    }

    private static Text read(NamedSql name) {
        var path = "/sql/" + name.path() + ".sql";
        try (var in = SqlTexts.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("No statement on the class path at " + path);
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    static Text parse(NamedSql name, String source) {
        var markers = new ArrayList<String>();
        var jdbc = new StringBuilder("/* lakebaseops:" + name.path() + " */ ");
        for (var token : Tokens.of(source, Tokens.Dialect.TEMPLATE)) {
            switch (token.kind()) {
                case MARKER -> {
                    markers.add(token.name());
                    jdbc.append('?');
                }
                case COMMENT -> {}
                case SPACE, WORD, QUOTED_IDENT, STRING, NUMBER, PARAMETER, PLACEHOLDER, SYMBOL ->
                        jdbc.append(token.text());
            }
        }
        return new Text(jdbc.toString().strip(), List.copyOf(markers));
    }

    /// @param jdbc with `?` for each marker
    /// @param markers in order of appearance, repeated when used twice
    record Text(String jdbc, List<String> markers) {}
}
