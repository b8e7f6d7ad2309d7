package io.lakebaseops.postgres;

import io.lakebaseops.postgres.PastedConnection.Form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Pasted connections that are a list of names and values: environment variables, .NET and PDO
/// strings, a line of `.pgpass`.
final class KeyValueText {
    /// libpq's environment variables (manual 32.15).
    private static final Map<String, String> VARIABLES =
            Map.ofEntries(
                    Map.entry("PGHOST", "host"),
                    Map.entry("PGHOSTADDR", "hostaddr"),
                    Map.entry("PGPORT", "port"),
                    Map.entry("PGDATABASE", "dbname"),
                    Map.entry("PGUSER", "user"),
                    Map.entry("PGPASSWORD", "password"),
                    Map.entry("PGSERVICE", "service"),
                    Map.entry("PGOPTIONS", "options"),
                    Map.entry("PGSSLMODE", "sslmode"),
                    Map.entry("PGSSLROOTCERT", "sslrootcert"),
                    Map.entry("PGSSLCERT", "sslcert"),
                    Map.entry("PGSSLKEY", "sslkey"),
                    Map.entry("PGCHANNELBINDING", "channel_binding"),
                    Map.entry("PGREQUIREAUTH", "require_auth"),
                    Map.entry("PGTARGETSESSIONATTRS", "target_session_attrs"),
                    Map.entry("PGLOADBALANCEHOSTS", "load_balance_hosts"));

    /// Npgsql's names, without blanks and in small letters.
    private static final Map<String, String> DOTNET =
            Map.ofEntries(
                    Map.entry("host", "host"),
                    Map.entry("server", "host"),
                    Map.entry("port", "port"),
                    Map.entry("database", "dbname"),
                    Map.entry("db", "dbname"),
                    Map.entry("dbname", "dbname"),
                    Map.entry("username", "user"),
                    Map.entry("userid", "user"),
                    Map.entry("uid", "user"),
                    Map.entry("user", "user"),
                    Map.entry("password", "password"),
                    Map.entry("pwd", "password"),
                    Map.entry("psw", "password"),
                    Map.entry("sslmode", "sslmode"),
                    Map.entry("rootcertificate", "sslrootcert"),
                    Map.entry("sslrootcert", "sslrootcert"),
                    Map.entry("sslcertificate", "sslcert"),
                    Map.entry("sslkey", "sslkey"),
                    Map.entry("sslpassword", "sslpassword"),
                    Map.entry("options", "options"),
                    Map.entry("targetsessionattributes", "target_session_attrs"));

    private KeyValueText() {}

    /// @param assignments `PGHOST=…` each; what is no variable of libpq is left alone
    static Map<String, String> variables(List<String> assignments) {
        var keywords = new LinkedHashMap<String, String>();
        for (var assignment : assignments) {
            var parts = assignment.split("=", 2);
            var key = VARIABLES.get(parts[0]);
            if (key != null && parts.length > 1) {
                keywords.put(key, parts[1]);
            }
        }
        return keywords;
    }

    static Map<String, String> variables(Map<String, String> environment) {
        var keywords = new LinkedHashMap<String, String>();
        VARIABLES.forEach((name, key) -> PasteReader.put(keywords, key, environment.get(name)));
        return keywords;
    }

    static PastedConnection environment(List<String> words) {
        var keywords =
                variables(
                        words.stream()
                                .filter(w -> !w.equals("export") && !w.equals("set"))
                                .toList());
        if (keywords.isEmpty()) {
            throw PasteReader.unreadable("it names no environment variable of libpq (PGHOST, …)");
        }
        return PastedKeywords.server(Form.ENVIRONMENT, keywords, List.of());
    }

    static PastedConnection semicolons(String text) {
        var keywords = new LinkedHashMap<String, String>();
        var left = new ArrayList<String>();
        for (var pair : text.split(";", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            var parts = pair.split("=", 2);
            if (parts.length < 2) {
                throw PasteReader.unreadable("a part between the semicolons is no name=value");
            }
            var name = parts[0].strip().toLowerCase(Locale.ROOT).replaceAll("[ _]", "");
            var key = DOTNET.get(name);
            if (key == null) {
                left.add(name.matches("[a-z]{1,40}") ? name : "…");
            } else {
                keywords.put(key, value(key, parts[1].strip()));
            }
        }
        return PastedKeywords.server(
                Form.DOTNET,
                keywords,
                left.isEmpty() ? List.of() : List.of("left out: " + String.join(", ", left)));
    }

    private static String value(String key, String text) {
        var bare =
                text.length() > 1 && (text.startsWith("\"") || text.startsWith("'"))
                        ? text.substring(1, text.length() - 1)
                        : text;
        return switch (key) {
            case "sslmode" ->
                    switch (bare.toLowerCase(Locale.ROOT).replace("-", "")) {
                        case "verifyca" -> "verify-ca";
                        case "verifyfull" -> "verify-full";
                        default -> bare.toLowerCase(Locale.ROOT);
                    };
            case "target_session_attrs" -> bare.toLowerCase(Locale.ROOT);
            default -> bare;
        };
    }

    /// `host:port:database:user:password`, where a backslash takes the next character as it is.
    static Optional<PastedConnection> passFile(String line) {
        var fields = PassFile.fields(line);
        if (fields.size() != 5 || !fields.get(1).matches("\\d{1,5}|\\*")) {
            return Optional.empty();
        }
        var keywords = new LinkedHashMap<String, String>();
        var keys = List.of("host", "port", "dbname", "user", "password");
        for (int i = 0; i < keys.size(); i++) {
            if (!fields.get(i).equals("*")) {
                keywords.put(keys.get(i), fields.get(i));
            }
        }
        return Optional.of(PastedKeywords.server(Form.PASSFILE, keywords, List.of()));
    }
}
