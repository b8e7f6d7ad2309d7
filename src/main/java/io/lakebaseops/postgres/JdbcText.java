package io.lakebaseops.postgres;

import io.lakebaseops.postgres.PastedConnection.Form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A pasted JDBC URL in libpq's words. What only tunes the driver is left out; so is what names a
/// Java class, which a text from elsewhere must not choose.
final class JdbcText {
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("user", "user"),
                    Map.entry("password", "password"),
                    Map.entry("service", "service"),
                    Map.entry("sslmode", "sslmode"),
                    Map.entry("sslNegotiation", "sslnegotiation"),
                    Map.entry("sslrootcert", "sslrootcert"),
                    Map.entry("sslcert", "sslcert"),
                    Map.entry("sslkey", "sslkey"),
                    Map.entry("sslpassword", "sslpassword"),
                    Map.entry("channelBinding", "channel_binding"),
                    Map.entry("requireAuth", "require_auth"),
                    Map.entry("kerberosServerName", "krbsrvname"),
                    Map.entry("gssEncMode", "gssencmode"),
                    Map.entry("options", "options"));

    private static final Set<String> AUTHORITIES_OF_JAVA =
            Set.of(
                    "org.postgresql.ssl.DefaultJavaSSLFactory",
                    "org.postgresql.ssl.jdbc4.DefaultJavaSSLFactory");

    private JdbcText() {}

    static PastedConnection read(String url) {
        var notes = new ArrayList<String>();
        var text = url;
        var keywords = new LinkedHashMap<String, String>();
        var place = url.replaceFirst("(?i)jdbc:postgresql:(//)?", "").split("[/?]", 2)[0];
        if (place.contains("@")) {
            // The driver would take it for a host; people mean what a libpq URI means by it.
            int at = place.lastIndexOf('@');
            var who =
                    ConnectionString.of("pasted", "postgresql://" + place.substring(0, at) + "@h/");
            keywords.putAll(who.libpq());
            text = url.replace(place, place.substring(at + 1));
            notes.add("user before the host: the driver itself would not read it");
        }
        var read = ConnectionString.of("pasted", text);
        var left = new TreeSet<String>();
        read.jdbc().forEach((name, value) -> take(name, value, keywords, left, notes));
        if (read.database() != null) {
            keywords.put("dbname", read.database());
        }
        if (!read.hosts().isEmpty()) {
            PasteReader.place(keywords, read.hosts());
        }
        if (!left.isEmpty()) {
            notes.add("left out: " + String.join(", ", left));
        }
        return PastedKeywords.server(Form.JDBC, keywords, notes);
    }

    private static void take(
            String name,
            String value,
            Map<String, String> keywords,
            Set<String> left,
            List<String> notes) {
        var same = NAMES.get(name);
        if (same != null) {
            keywords.put(same, value);
            return;
        }
        switch (name) {
            // Alone it makes the driver verify certificate and name.
            case "ssl" -> {
                if (!value.equalsIgnoreCase("false")) {
                    keywords.putIfAbsent("sslmode", "verify-full");
                }
            }
            case "targetServerType" ->
                    keywords.put(
                            "target_session_attrs",
                            switch (value.toLowerCase(Locale.ROOT)) {
                                case "primary", "master" -> "primary";
                                case "secondary", "slave" -> "standby";
                                case "prefersecondary", "preferslave" -> "prefer-standby";
                                default -> "any";
                            });
            case "loadBalanceHosts" -> {
                if (value.equalsIgnoreCase("true")) {
                    keywords.put("load_balance_hosts", "random");
                }
            }
            case "sslfactory" -> {
                if (AUTHORITIES_OF_JAVA.contains(value)) {
                    keywords.put("sslrootcert", "system");
                } else if (value.endsWith(".NonValidatingFactory")) {
                    keywords.put("sslmode", "require");
                    notes.add("a certificate that nobody verifies is sslmode=require");
                } else {
                    left.add(name);
                }
            }
            default -> left.add(name.matches("[A-Za-z]{1,40}") ? name : "…");
        }
    }
}
