package io.lakebaseops.postgres;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.PastedConnection.Form;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Finds out which form a pasted connection has, and reads it by the rules of that form.
final class PasteReader {
    private static final int LONGEST = 4000;

    /// `DATABASE_URL=`, `url: `, `spring.datasource.url=` before a URL.
    private static final Pattern NAMED_URL =
            Pattern.compile(
                    "(?:export\\s+|-\\s+)?[\"']?[A-Za-z][A-Za-z0-9_.-]*[\"']?\\s*[:=]\\s*"
                            + "[\"']?((?:jdbc|r2dbcs?|postgres(?:ql)?)(?:\\+[a-z0-9]+)?:.*)",
                    Pattern.DOTALL);

    private static final Pattern URI =
            Pattern.compile(
                    "(?:r2dbcs?:)?postgres(?:ql)?(?:\\+[a-z0-9]+)?://(.*)",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern VARIABLE =
            Pattern.compile("(?:(?:export|set)\\s+)?[A-Z][A-Z0-9_]*=.*", Pattern.DOTALL);

    private static final Pattern BARE_URL =
            Pattern.compile("(?is)[\"']?(jdbc:|r2dbcs?:|postgres(ql)?(\\+[a-z0-9]+)?:).*");

    private static final Pattern WORKSPACE =
            Pattern.compile(
                    "(?:https://)?([a-z0-9.-]+\\.(?:cloud\\.databricks\\.com|gcp\\.databricks\\.com"
                            + "|azuredatabricks\\.net|databricks\\.azure\\.(?:us|cn)))(?:[:/?#].*)?",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern PLACE =
            Pattern.compile("(?:([^@\\s/]+)@)?([^@\\s/]+)(?:/([^\\s/?]+))?");

    private PasteReader() {}

    static PastedConnection read(String pasted) {
        var text = plain(pasted);
        if (text.isEmpty()) {
            throw unreadable("there is nothing to read");
        }
        if (text.length() > LONGEST) {
            throw unreadable("it is too long for a connection");
        }
        if (text.startsWith("[") && text.contains("]") && text.contains("=")) {
            return serviceEntry(text);
        }
        if (text.toLowerCase(Locale.ROOT).startsWith("https://")) {
            return workspace(text);
        }
        var command = PsqlCommand.in(text);
        if (command != null) {
            return command;
        }
        var named = NAMED_URL.matcher(text);
        boolean bare = BARE_URL.matcher(text).matches();
        var url = unquoted(!bare && named.matches() ? named.group(1) : text);
        var lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:postgresql:")) {
            return JdbcText.read(url);
        }
        var uri = URI.matcher(url);
        if (uri.matches()) {
            return libpq(Form.URI, "postgresql://" + uri.group(1));
        }
        if (lower.startsWith("pgsql:")) {
            return KeyValueText.semicolons(url.substring("pgsql:".length()));
        }
        if (!url.contains("://") && VARIABLE.matcher(url).matches()) {
            return KeyValueText.environment(ShellWords.of(url));
        }
        if (url.contains(";") && url.contains("=")) {
            return KeyValueText.semicolons(url);
        }
        if (!url.contains("://") && url.contains("=")) {
            return libpq(Form.KEYWORDS, url);
        }
        if (url.contains("://")) {
            throw unreadable("it is a URL of something else than PostgreSQL or Databricks");
        }
        return KeyValueText.passFile(url).orElseGet(() -> place(url));
    }

    /// A line continued by a backslash is one line; typographic quotes are quotes.
    private static String plain(String pasted) {
        return pasted.replaceAll("[\\\\^]\\s*\\R\\s*", " ")
                .replaceAll("[\\u201c\\u201d\\u201e]", "\"")
                .replaceAll("[\\u2018\\u2019]", "'")
                .replace('\u00a0', ' ')
                .strip()
                .replaceFirst("^[$%#>]\\s+", "")
                .replaceFirst(";\\s*$", "");
    }

    static String unquoted(String text) {
        var t = text.strip();
        if (t.length() > 1
                && (t.startsWith("\"") && t.endsWith("\"")
                        || t.startsWith("'") && t.endsWith("'") && !t.contains("='"))) {
            return t.substring(1, t.length() - 1).strip();
        }
        // The pattern for a named URL has taken the first quote.
        return t.contains("://") ? t.replaceFirst("[\"'],?$", "") : t;
    }

    /// libpq's own two forms, by its rules.
    static PastedConnection libpq(Form form, String text) {
        var read = ConnectionString.of("pasted", text);
        var keywords = new LinkedHashMap<>(read.libpq());
        if (!read.hosts().isEmpty()) {
            place(keywords, read.hosts());
        }
        return PastedKeywords.server(form, keywords, List.of());
    }

    /// Hosts as `host:port` become libpq's two lists.
    static void place(Map<String, String> keywords, List<String> hosts) {
        var names = new ArrayList<String>();
        var ports = new ArrayList<String>();
        for (var host : hosts) {
            int colon = host.lastIndexOf(':');
            boolean port =
                    colon > host.lastIndexOf(']')
                            && (host.startsWith("[") || colon == host.indexOf(':'));
            names.add(port ? host.substring(0, colon) : host);
            ports.add(port ? host.substring(colon + 1) : "5432");
        }
        keywords.put("host", String.join(",", names));
        if (ports.stream().distinct().count() > 1) {
            keywords.put("port", String.join(",", ports));
        } else if (hosts.stream().anyMatch(h -> !names.contains(h))) {
            keywords.put("port", ports.getFirst());
        }
    }

    private static PastedConnection serviceEntry(String text) {
        var keywords = new LinkedHashMap<String, String>();
        text.lines()
                .skip(1)
                .map(String::strip)
                .filter(l -> !l.isEmpty() && !l.startsWith("#"))
                .takeWhile(l -> !l.startsWith("["))
                .forEach(
                        line -> {
                            int equals = line.indexOf('=');
                            if (equals < 1) {
                                throw unreadable("a line of the entry is no keyword=value");
                            }
                            keywords.putIfAbsent(
                                    line.substring(0, equals), line.substring(equals + 1));
                        });
        return PastedKeywords.server(Form.SERVICE_ENTRY, keywords, List.of());
    }

    private static PastedConnection workspace(String text) {
        var rest = text.substring("https://".length());
        var place = rest.split("[/?#]", 2)[0];
        if (place.isEmpty() || !place.matches("[A-Za-z0-9.-]+(:\\d{1,5})?")) {
            throw unreadable("no workspace address can be read from it");
        }
        return isEndpoint(place)
                ? endpoint(place.split(":", 2)[0])
                : new PastedConnection.Workspace("https://" + place.toLowerCase(Locale.ROOT));
    }

    /// Addresses of Lakebase computes have this label before the workspace's domain.
    private static boolean isEndpoint(String host) {
        return host.contains(".database.");
    }

    /// `user@host:port/database`, or less of it.
    private static PastedConnection place(String text) {
        var parts = PLACE.matcher(text);
        if (!parts.matches()) {
            throw unreadable(
                    "it has none of the usual forms: postgres://, jdbc:postgresql://, a psql"
                            + " command, host=… dbname=…");
        }
        var host = parts.group(2);
        if (parts.group(1) == null && parts.group(3) == null) {
            var workspace = WORKSPACE.matcher(host);
            if (workspace.matches() && !isEndpoint(host)) {
                return new PastedConnection.Workspace(
                        "https://" + workspace.group(1).toLowerCase(Locale.ROOT));
            }
        }
        if (WORKSPACE.matcher(host).matches() && isEndpoint(host)) {
            return endpoint(host.split(":", 2)[0], parts.group(1), parts.group(3));
        }
        if (!host.matches("[\\p{L}\\p{N}._-]+(:\\d+)?|\\[[0-9a-fA-F:.%]+](:\\d+)?")) {
            throw unreadable("what stands for the host is no host name");
        }
        var keywords = new LinkedHashMap<String, String>();
        place(keywords, List.of(host));
        put(keywords, "user", parts.group(1));
        put(keywords, "dbname", parts.group(3));
        return PastedKeywords.server(Form.HOST, keywords, List.of());
    }

    private static PastedConnection endpoint(String host) {
        return endpoint(host, null, null);
    }

    /// Lakebase has TLS always, with a certificate that public authorities signed.
    private static PastedConnection endpoint(
            String host, @Nullable String user, @Nullable String database) {
        var keywords = new LinkedHashMap<String, String>();
        keywords.put("host", host);
        keywords.put("dbname", database == null ? "databricks_postgres" : database);
        keywords.put("sslmode", "verify-full");
        keywords.put("sslrootcert", "system");
        put(keywords, "user", user);
        return PastedKeywords.server(Form.LAKEBASE_HOST, keywords, List.of());
    }

    static void put(Map<String, String> keywords, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            keywords.put(key, value);
        }
    }

    static OpsException unreadable(String why) {
        return ConnectionString.invalid("pasted", why);
    }
}
