package io.lakebaseops.postgres;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.sqltext.Token.Kind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The statements that may be sent. Everything under `sql/` of the class path, read and checked
/// once; a file with a bad header stops the start, not a later cycle.
public final class SqlLibrary {
    private static final Pattern FILE = Pattern.compile("([a-z0-9_]+?)(?:\\.v(\\d+))?\\.sql");

    /// Files of the lakehouse name their engines in the header: they are not for PostgreSQL.
    private static final String OTHER_ENGINE = "-- Engine";

    /// By server version (major): the highest one not above the server's is used.
    private final Map<SqlName, NavigableMap<Integer, SqlFile>> files;

    private SqlLibrary(Map<SqlName, NavigableMap<Integer, SqlFile>> files) {
        this.files = files;
    }

    private static final class ClassPath {
        static final SqlLibrary LIBRARY = read();
    }

    /// The same one each time: it does not change, and its tokens are some megabytes.
    public static SqlLibrary fromClassPath() {
        return ClassPath.LIBRARY;
    }

    private static SqlLibrary read() {
        var marker = "/sql/capability/probe.sql";
        var url = SqlLibrary.class.getResource(marker);
        if (url == null) {
            throw new IllegalStateException("The class path lacks " + marker);
        }
        try {
            return url.getProtocol().equals("jar")
                    ? inJar(url, marker)
                    : in(Path.of(url.toURI()).resolve("../..").normalize());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the SQL library at " + url, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot read the SQL library at " + url, e);
        }
    }

    private static SqlLibrary inJar(URL url, String marker) throws IOException {
        var text = url.toString();
        var jar = text.substring("jar:".length(), text.length() - marker.length() - 1);
        try (var fs = FileSystems.newFileSystem(Path.of(URI.create(jar)))) {
            return in(fs.getPath("/sql"));
        }
    }

    /// The files of one folder, for tests of other libraries too.
    static SqlLibrary in(Path root) throws IOException {
        var files = new HashMap<SqlName, NavigableMap<Integer, SqlFile>>();
        List<Path> paths;
        try (var walk = Files.walk(root, 2)) {
            paths = walk.filter(p -> p.toString().endsWith(".sql")).toList();
        }
        for (var path : paths) {
            var match = FILE.matcher(path.getFileName().toString());
            if (!match.matches()) {
                throw new IllegalArgumentException("Not a name for a SQL file: " + path);
            }
            var module = root.relativize(path).getName(0).toString().replace("/", "");
            var name = new SqlName(module, match.group(1));
            var text = Files.readString(path);
            if (text.contains(OTHER_ENGINE)) {
                continue;
            }
            var file = SqlHeader.read(name, text);
            int version = match.group(2) == null ? 0 : Integer.parseInt(match.group(2));
            files.computeIfAbsent(name, _ -> new TreeMap<>()).put(version, file);
        }
        return new SqlLibrary(files);
    }

    /// Every name there is, without version variants.
    public List<SqlName> names() {
        return files.keySet().stream().sorted(Comparator.comparing(SqlName::path)).toList();
    }

    /// Every file there is, version variants included.
    public List<SqlFile> all() {
        return names().stream()
                .map(files::get)
                .map(Map::values)
                .flatMap(Collection::stream)
                .toList();
    }

    /// The file for a server of this version (`server_version_num / 10000`).
    ///
    /// @throws IllegalArgumentException if there is none of this name
    public SqlFile file(SqlName name, int serverMajor) {
        var variants = files.get(name);
        if (variants == null) {
            throw new IllegalArgumentException("The SQL library has no " + name);
        }
        var fit = variants.floorEntry(serverMajor);
        return fit == null ? variants.firstEntry().getValue() : fit.getValue();
    }

    /// A template with one identifier per placeholder.
    public SqlText render(SqlName name, Map<String, Ident> idents) {
        return renderLists(
                name,
                idents.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue()))));
    }

    /// A template that also holds numbers where the grammar takes no bound value, as in a table's
    /// storage settings.
    public SqlText render(
            SqlName name, Map<String, Ident> idents, Map<String, BigDecimal> numbers) {
        var fillings = new HashMap<String, String>();
        idents.forEach((key, ident) -> fillings.put(key, ident.sql()));
        numbers.forEach((key, number) -> fillings.put(key, number.toPlainString()));
        return filled(name, fillings);
    }

    /// A template that also holds expressions over columns.
    public SqlText renderWith(
            SqlName name, Map<String, Ident> idents, Map<String, SqlFragment> fragments) {
        var fillings = new HashMap<String, String>();
        idents.forEach((key, ident) -> fillings.put(key, ident.sql()));
        fragments.forEach((key, fragment) -> fillings.put(key, fragment.text()));
        return filled(name, fillings);
    }

    /// A template with lists of identifiers (columns), joined by commas.
    public SqlText renderLists(SqlName name, Map<String, List<Ident>> idents) {
        var fillings = new HashMap<String, String>();
        idents.forEach(
                (key, list) ->
                        fillings.put(
                                key,
                                list.stream().map(Ident::sql).collect(Collectors.joining(", "))));
        return filled(name, fillings);
    }

    private SqlText filled(SqlName name, Map<String, String> fillings) {
        var file = file(name, 0);
        if (!fillings.keySet().equals(Set.copyOf(file.idents()))) {
            throw new IllegalArgumentException(
                    name + " wants " + file.idents() + " but was given " + fillings.keySet());
        }
        return new SqlText(name, fill(file, fillings));
    }

    /// Comments are left out: what a person approves is the statement.
    private static String fill(SqlFile file, Map<String, String> fillings) {
        var text = new StringBuilder();
        for (var token : file.tokens()) {
            switch (token.kind()) {
                case PLACEHOLDER -> text.append(fillings.getOrDefault(token.name(), ""));
                case COMMENT -> {}
                case SPACE, WORD, QUOTED_IDENT, STRING, NUMBER, PARAMETER, MARKER, SYMBOL ->
                        text.append(token.text());
            }
        }
        var sql = text.toString().strip();
        return sql.endsWith(";") ? sql.substring(0, sql.length() - 1).strip() : sql;
    }

    /// The statement as sent: marked as ours, so that it can be left out of what we measure.
    ///
    /// @param schemas where each extension lives
    static String sent(SqlFile file, Map<String, Ident> schemas) {
        var text = new StringBuilder("/* lakebaseops:" + file.name().path() + " */ ");
        for (var token : file.tokens()) {
            var schema = token.kind() == Kind.PLACEHOLDER ? schemas.get(token.name()) : null;
            text.append(schema == null ? token.text() : schema.sql());
        }
        return text.toString();
    }
}
