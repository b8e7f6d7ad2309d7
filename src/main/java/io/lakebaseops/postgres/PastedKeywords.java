package io.lakebaseops.postgres;

import io.lakebaseops.postgres.PastedConnection.Form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Checks the keywords of a pasted connection, takes its passwords out, and mends what people
/// usually get wrong.
final class PastedKeywords {
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    /// Keywords of pools, drivers and ORMs that stand in URLs made for them.
    private static final Set<String> FOR_OTHERS =
            Set.of(
                    "schema",
                    "search_path",
                    "currentschema",
                    "pgbouncer",
                    "connection_limit",
                    "pool_timeout",
                    "pool_size",
                    "max_overflow",
                    "pool_mode",
                    "statement_cache_size",
                    "prepared_statement_cache_size",
                    "binary_parameters",
                    "prepare_threshold",
                    "socket_timeout",
                    "encoding",
                    "timezone",
                    "sslaccept",
                    "workaround",
                    "supa");

    private PastedKeywords() {}

    static PastedConnection.Server server(Form form, Map<String, String> given, List<String> said) {
        var notes = new ArrayList<>(said);
        var left = new TreeSet<String>();
        var keywords = new LinkedHashMap<String, String>();
        given.forEach(
                (key, value) -> {
                    if (LibpqKeywords.withoutEffect(key)
                            || FOR_OTHERS.contains(key.toLowerCase(Locale.ROOT))) {
                        left.add(key);
                    } else if (!value.isBlank()) {
                        keywords.put(key, value);
                    }
                });
        var password = keywords.remove("password");
        var keyPassword = keywords.remove("sslpassword");
        ssl(keywords, notes);
        mode(keywords);
        trimmed(keywords, notes);
        ports(keywords);
        // Refuses what is no keyword of libpq, and what cannot be honoured here.
        LibpqKeywords.properties("pasted", keywords, _ -> "");
        if (!left.isEmpty()) {
            notes.add("left out: " + String.join(", ", left));
        }
        if (!keywords.containsKey("host")
                && !keywords.containsKey("hostaddr")
                && !keywords.containsKey("service")) {
            keywords.put("host", "localhost");
            notes.add("no host is named: localhost");
        }
        if (sockets(keywords.getOrDefault("host", ""))) {
            throw PasteReader.unreadable("unix sockets are not supported: name host and port");
        }
        return new PastedConnection.Server(form, keywords, password, keyPassword, notes);
    }

    private static boolean sockets(String hosts) {
        return List.of(hosts.split(",", -1)).stream()
                .anyMatch(h -> h.startsWith("/") || h.startsWith("@"));
    }

    /// `ssl=true` is no keyword of libpq, but many URLs have it.
    private static void ssl(Map<String, String> keywords, List<String> notes) {
        var ssl = keywords.remove("ssl");
        if (ssl == null || keywords.containsKey("sslmode")) {
            return;
        }
        var mode =
                switch (ssl.toLowerCase(Locale.ROOT)) {
                    case "true", "1", "require", "required", "on" -> "require";
                    case "false", "0", "disable", "off" -> "disable";
                    default -> ssl.toLowerCase(Locale.ROOT);
                };
        keywords.put("sslmode", mode);
        notes.add("ssl was read as sslmode=" + (SSL_MODES.contains(mode) ? mode : "…"));
    }

    private static void mode(Map<String, String> keywords) {
        var mode = keywords.get("sslmode");
        if (mode != null && !SSL_MODES.contains(mode)) {
            throw PasteReader.unreadable(
                    "sslmode is none of disable, allow, prefer, require, verify-ca, verify-full");
        }
    }

    /// Blanks around a host, and a port that was typed behind it.
    private static void trimmed(Map<String, String> keywords, List<String> notes) {
        var host = keywords.get("host");
        if (host == null) {
            return;
        }
        var bare = host.strip().replaceAll("\\s*,\\s*", ",");
        if (!bare.equals(host)) {
            notes.add("blanks around the host were taken away");
        }
        keywords.put("host", bare);
        if (bare.matches("[^:,/\\[\\]]+:\\d{1,5}") && !keywords.containsKey("port")) {
            PasteReader.place(keywords, List.of(bare));
            notes.add("the port was written behind the host");
        }
        if (keywords.getOrDefault("host", "").matches(".*\\s.*")) {
            throw PasteReader.unreadable("the host has a blank in it");
        }
    }

    private static void ports(Map<String, String> keywords) {
        var ports = keywords.get("port");
        if (ports == null) {
            return;
        }
        for (var port : ports.split(",", -1)) {
            var bare = port.strip();
            if (!bare.isEmpty() && !(bare.matches("\\d{1,5}") && validPort(bare))) {
                throw PasteReader.unreadable("the port is no number from 1 to 65535");
            }
        }
        keywords.put("port", ports.replaceAll("\\s", ""));
    }

    private static boolean validPort(String digits) {
        int number = Integer.parseInt(digits);
        return number >= 1 && number <= 65535;
    }
}
