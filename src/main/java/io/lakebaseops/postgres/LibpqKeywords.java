package io.lakebaseops.postgres;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// libpq's connection keywords as properties of the JDBC driver. What only tunes a connection and
/// has no counterpart is left out; what would make it less safe than asked for is refused.
final class LibpqKeywords {
    private static final Logger LOG = LoggerFactory.getLogger(LibpqKeywords.class);

    private static final Map<String, String> SAME =
            Map.ofEntries(
                    Map.entry("sslmode", "sslmode"),
                    Map.entry("sslnegotiation", "sslNegotiation"),
                    Map.entry("sslrootcert", "sslrootcert"),
                    Map.entry("sslcert", "sslcert"),
                    Map.entry("sslkey", "sslkey"),
                    Map.entry("sslpassword", "sslpassword"),
                    Map.entry("channel_binding", "channelBinding"),
                    Map.entry("require_auth", "requireAuth"),
                    Map.entry("krbsrvname", "kerberosServerName"),
                    Map.entry("options", "options"));

    /// Read by whoever makes the connection.
    private static final Set<String> PLACE =
            Set.of("host", "hostaddr", "port", "dbname", "user", "password", "service");

    /// The console names itself, bounds its own waits, keeps connections alive and speaks UTF-8.
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "application_name",
                    "fallback_application_name",
                    "connect_timeout",
                    "client_encoding",
                    "keepalives",
                    "keepalives_idle",
                    "keepalives_interval",
                    "keepalives_count",
                    "tcp_user_timeout",
                    "sslcompression",
                    "sslsni",
                    "requirepeer",
                    "gsslib");

    /// @param settings all that is given; @param place where a keyword stands, for a message
    static Map<String, String> properties(
            String profile, Map<String, String> settings, UnaryOperator<String> place) {
        var properties = new HashMap<String, String>();
        var left = new ArrayList<String>();
        settings.forEach(
                (key, value) -> {
                    if (SAME.containsKey(key)) {
                        properties.put(SAME.getOrDefault(key, key), value);
                    } else if (LEFT_OUT.contains(key)) {
                        left.add(key);
                    } else if (!PLACE.contains(key)) {
                        other(profile, key, value, place.apply(key), properties);
                    }
                });
        if ("system".equals(settings.get("sslrootcert"))) {
            properties.remove("sslrootcert");
            properties.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
            properties.putIfAbsent("sslmode", "verify-full");
        }
        if (!left.isEmpty()) {
            LOG.info("Connection profile {}: {} have no effect here", profile, left);
        }
        return Map.copyOf(properties);
    }

    /// Is it a keyword that has no effect here?
    static boolean withoutEffect(String key) {
        return LEFT_OUT.contains(key);
    }

    private static void other(
            String profile,
            String key,
            String value,
            String where,
            Map<String, String> properties) {
        switch (key) {
            case "target_session_attrs" ->
                    properties.put("targetServerType", serverType(profile, value, where));
            case "load_balance_hosts" ->
                    properties.put("loadBalanceHosts", Boolean.toString(value.equals("random")));
            case "gssencmode" -> properties.put("gssEncMode", value);
            case "sslcrl",
                    "sslcrldir",
                    "sslcertmode",
                    "ssl_min_protocol_version",
                    "ssl_max_protocol_version",
                    "passfile",
                    "replication",
                    "gssdelegation" ->
                    throw ConnectionString.invalid(
                            profile,
                            "the keyword %s%s cannot be honoured here; leave it out"
                                    .formatted(key, where));
            default ->
                    throw ConnectionString.invalid(
                            profile,
                            "%s%s is no connection keyword of libpq".formatted(shown(key), where));
        }
    }

    private static String serverType(String profile, String value, String where) {
        return switch (value) {
            case "any" -> "any";
            case "read-write", "primary" -> "primary";
            case "read-only", "standby" -> "secondary";
            case "prefer-standby" -> "preferSecondary";
            default ->
                    throw ConnectionString.invalid(
                            profile,
                            "target_session_attrs%s is none of any, read-write, read-only, primary, standby, prefer-standby"
                                    .formatted(where));
        };
    }

    /// What looks like no keyword may be part of a password.
    private static String shown(String key) {
        return key.matches("[A-Za-z_]{1,40}") ? key : "something in it";
    }

    /// `host:port` for each, with an IPv6 address in brackets.
    static List<String> hosts(String profile, Map<String, String> settings) {
        var names = list(settings.getOrDefault("hostaddr", settings.getOrDefault("host", "")));
        var ports = list(settings.getOrDefault("port", ""));
        if (settings.containsKey("hostaddr") && "verify-full".equals(settings.get("sslmode"))) {
            throw ConnectionString.invalid(
                    profile, "hostaddr does not go together with sslmode=verify-full here");
        }
        if (ports.size() > 1 && ports.size() != names.size()) {
            throw ConnectionString.invalid(
                    profile,
                    "it names %d hosts and %d ports".formatted(names.size(), ports.size()));
        }
        var hosts = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            var port = ports.get(Math.min(i, ports.size() - 1));
            hosts.add(
                    place(names.get(i).isEmpty() ? "localhost" : names.get(i))
                            + (port.isEmpty() ? "" : ":" + port));
        }
        return hosts;
    }

    private static String place(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static List<String> list(String text) {
        return List.of(text.split(",", -1));
    }

    private LibpqKeywords() {}
}
