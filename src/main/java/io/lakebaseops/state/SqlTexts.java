package io.lakebaseops.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Which statement does a name stand for? Reads `sql/<module>/<name>.sql` from the class path and
/// turns its `:name` markers into JDBC's `?`.
final class SqlTexts {
    /// Comments, quoted strings, quoted identifiers and casts are skipped; a marker is what is
    /// left.
    private static final Pattern TOKENS =
            Pattern.compile(
                    "--[^\\n]*|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|::|:(?<marker>[a-z_][a-z0-9_]*)");

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
        var tokens = TOKENS.matcher(source);
        int done = 0;
        while (tokens.find()) {
            var marker = tokens.group("marker");
            var token = tokens.group();
            jdbc.append(source, done, tokens.start());
            if (marker != null) {
                markers.add(marker);
                jdbc.append('?');
            } else if (!token.startsWith("--")) {
                jdbc.append(token);
            }
            done = tokens.end();
        }
        jdbc.append(source, done, source.length());
        return new Text(jdbc.toString().strip(), List.copyOf(markers));
    }

    /// @param jdbc with `?` for each marker
    /// @param markers in order of appearance, repeated when used twice
    record Text(String jdbc, List<String> markers) {}
}
