package io.lakebaseops.postgres;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A connection string in one of the three forms people have: a JDBC URL, a libpq URI, or libpq's
/// list of keywords and values.
///
/// They differ in what a plus sign and a percent sign mean, so each is read by its own rules
/// (manual 32.1.1). What it says is never repeated in a message: it may be a password.
///
/// @param libpq libpq's keywords and values, as given; empty for a JDBC URL
/// @param jdbc the driver's own properties; empty for libpq's forms
record ConnectionString(
        List<String> hosts,
        @Nullable String database,
        Map<String, String> libpq,
        Map<String, String> jdbc) {
    private static final String JDBC = "jdbc:postgresql:";

    ConnectionString {
        hosts = List.copyOf(hosts);
        libpq = Map.copyOf(libpq);
        jdbc = Map.copyOf(jdbc);
    }

    static ConnectionString of(String profile, String text) {
        var form = text.strip();
        var lower = form.toLowerCase(Locale.ROOT);
        if (lower.startsWith(JDBC)) {
            return jdbc(profile, form.substring(JDBC.length()));
        }
        if (lower.startsWith("postgresql://") || lower.startsWith("postgres://")) {
            return uri(profile, form.substring(form.indexOf("://") + 3));
        }
        if (!form.contains("://") && form.contains("=")) {
            return keywords(profile, form);
        }
        throw invalid(
                profile,
                "it is none of the forms known: a JDBC URL, a libpq URI (postgresql://…), or keywords (host=… dbname=…)");
    }

    private static ConnectionString jdbc(String profile, String text) {
        var query = split(text, '?');
        var place = query.getFirst();
        if (place.startsWith("//")) {
            place = place.substring(2);
        } else if (place.contains("/") && !place.equals("/")) {
            throw invalid(profile, "a JDBC URL is jdbc:postgresql://host:port/database");
        } else {
            place = "/" + place.replace("/", "");
        }
        var parts = split(place, '/');
        if (parts.getFirst().contains("@")) {
            throw invalid(profile, "in a JDBC URL a user or password stands before the host");
        }
        var properties = new LinkedHashMap<String, String>();
        for (var pair : pairs(query)) {
            properties.put(
                    formDecoded(profile, pair.getKey()), formDecoded(profile, pair.getValue()));
        }
        var database = parts.size() > 1 ? formDecoded(profile, parts.get(1)) : "";
        return new ConnectionString(
                hosts(parts.getFirst()),
                database.isEmpty() ? null : database,
                Map.of(),
                properties);
    }

    private static ConnectionString uri(String profile, String text) {
        var query = split(text, '?');
        var parts = split(query.getFirst(), '/');
        var place = parts.getFirst();
        var libpq = new LinkedHashMap<String, String>();
        int at = place.lastIndexOf('@');
        if (at >= 0) {
            var who = split(place.substring(0, at), ':');
            put(libpq, "user", percentDecoded(profile, who.getFirst()));
            if (who.size() > 1) {
                put(libpq, "password", percentDecoded(profile, who.get(1)));
            }
            place = place.substring(at + 1);
        }
        for (var pair : pairs(query)) {
            libpq.put(
                    percentDecoded(profile, pair.getKey()),
                    percentDecoded(profile, pair.getValue()));
        }
        if (parts.size() > 1) {
            put(libpq, "dbname", percentDecoded(profile, parts.get(1)));
        }
        var hosts = hosts(place).stream().map(h -> percentDecoded(profile, h)).toList();
        return new ConnectionString(hosts, null, libpq, Map.of());
    }

    /// Blanks stand around `=` and between the pairs; in quotes and outside a backslash takes the
    /// next character as it is.
    private static ConnectionString keywords(String profile, String text) {
        var libpq = new LinkedHashMap<String, String>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            var key = equals < 0 ? "" : text.substring(at, equals).strip();
            if (!key.matches("[a-z_]+")) {
                throw invalid(profile, "among its keywords something is no keyword=value");
            }
            at = equals + 1;
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            var value = new StringBuilder();
            boolean quoted = at < text.length() && text.charAt(at) == '\'';
            at += quoted ? 1 : 0;
            boolean closed = !quoted;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '\\' && at < text.length()) {
                    value.append(text.charAt(at++));
                } else if (quoted ? c == '\'' : Character.isWhitespace(c)) {
                    closed = true;
                    break;
                } else {
                    value.append(c);
                }
            }
            if (!closed) {
                throw invalid(profile, "the quotes of " + key + " are not closed");
            }
            libpq.put(key, value.toString());
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
        return new ConnectionString(List.of(), null, libpq, Map.of());
    }

    /// The text before the first such character, and the text behind it.
    private static List<String> split(String text, char by) {
        int at = text.indexOf(by);
        return at < 0 ? List.of(text) : List.of(text.substring(0, at), text.substring(at + 1));
    }

    private static List<Map.Entry<String, String>> pairs(List<String> query) {
        var pairs = new ArrayList<Map.Entry<String, String>>();
        if (query.size() > 1) {
            for (var pair : query.get(1).split("&", -1)) {
                if (!pair.isEmpty()) {
                    var parts = split(pair, '=');
                    pairs.add(Map.entry(parts.getFirst(), parts.size() > 1 ? parts.get(1) : ""));
                }
            }
        }
        return pairs;
    }

    private static List<String> hosts(String list) {
        return list.isEmpty() ? List.of() : List.of(list.split(",", -1));
    }

    private static void put(Map<String, String> to, String key, String value) {
        if (!value.isEmpty()) {
            to.put(key, value);
        }
    }

    /// As the driver does it: a plus sign is a blank.
    private static String formDecoded(String profile, String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw broken(profile, e);
        }
    }

    /// As libpq does it: a plus sign is a plus sign.
    private static String percentDecoded(String profile, String text) {
        var bytes = ByteBuffer.allocate(text.getBytes(StandardCharsets.UTF_8).length);
        try {
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                if (c == '%') {
                    bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
                    i += 3;
                } else {
                    bytes.put(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                    i += Character.charCount(c);
                }
            }
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (IndexOutOfBoundsException
                | IllegalArgumentException
                | CharacterCodingException e) {
            throw broken(profile, e);
        }
    }

    private static OpsException broken(String profile, Exception cause) {
        // The cause quotes the text: it stays behind.
        return invalid(
                profile,
                cause instanceof CharacterCodingException
                        ? "what its % sequences mean is no UTF-8"
                        : "a % in it is not followed by two hexadecimal digits");
    }

    static OpsException invalid(String profile, String why) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "Connection profile " + profile,
                why,
                "write jdbc:postgresql://host:port/database?user=name, or as for psql; the password in"
                        + " ~/.pgpass or the secret store");
    }
}
