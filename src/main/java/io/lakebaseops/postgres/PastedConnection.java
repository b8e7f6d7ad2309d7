package io.lakebaseops.postgres;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A connection as somebody pasted it: a URL of any usual form, a psql command line, libpq's
/// keywords, a line of a configuration file, or a host.
///
/// No message repeats what was pasted, for it may be a password.
public sealed interface PastedConnection {
    /// What the text was read as.
    enum Form {
        URI("a libpq URI"),
        JDBC("a JDBC URL"),
        PSQL("a psql command line"),
        KEYWORDS("libpq keywords"),
        ENVIRONMENT("environment variables"),
        DOTNET("a .NET connection string"),
        PASSFILE("a line of .pgpass"),
        SERVICE_ENTRY("an entry of a service file"),
        LAKEBASE_HOST("a Lakebase endpoint"),
        HOST("a host");

        private final String words;

        Form(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /// A PostgreSQL server.
    ///
    /// @param keywords libpq's, without a password and without what only tunes a connection
    /// @param keyPassword of the client certificate's key
    /// @param notes what was mended or left out, in words
    record Server(
            Form form,
            Map<String, String> keywords,
            @Nullable String password,
            @Nullable String keyPassword,
            List<String> notes)
            implements PastedConnection {
        public Server {
            keywords = Map.copyOf(keywords);
            notes = List.copyOf(notes);
        }

        public String get(String keyword) {
            return keywords.getOrDefault(keyword, "");
        }

        /// How many parts of a connection it names.
        public int parts() {
            return keywords.size() + (password == null ? 0 : 1);
        }

        @Override
        public String toString() {
            return "Server[" + form + ", " + keywords + "]";
        }
    }

    /// A Databricks workspace.
    ///
    /// @param host `https://…`
    record Workspace(String host) implements PastedConnection {}

    /// @param why says nothing of the text
    record Unreadable(String why) implements PastedConnection {}

    static PastedConnection read(String text) {
        try {
            return PasteReader.read(text);
        } catch (OpsException e) {
            return new Unreadable(e.why());
        }
    }

    /// libpq's keywords in one line, as a profile keeps them; each value is quoted where it must
    /// be.
    static String written(Map<String, String> keywords) {
        var order =
                List.of(
                        "service",
                        "host",
                        "hostaddr",
                        "port",
                        "dbname",
                        "user",
                        "sslmode",
                        "sslrootcert",
                        "sslcert",
                        "sslkey",
                        "target_session_attrs");
        var sorted = new LinkedHashMap<String, String>();
        order.stream()
                .filter(keywords::containsKey)
                .forEach(k -> sorted.put(k, keywords.getOrDefault(k, "")));
        keywords.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> sorted.putIfAbsent(e.getKey(), e.getValue()));
        var parts = new ArrayList<String>();
        sorted.forEach((key, value) -> parts.add(key + "=" + quoted(value)));
        return String.join(" ", parts);
    }

    private static String quoted(String value) {
        return value.matches("[^\\s'\\\\]+")
                ? value
                : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
