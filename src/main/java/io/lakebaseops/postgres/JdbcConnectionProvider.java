package io.lakebaseops.postgres;

import io.lakebaseops.domain.ConnectionProvider;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;
import org.postgresql.jdbcurlresolver.PgServiceConfParser;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The way in to one plain PostgreSQL: a JDBC URL or an entry of the service file, a fixed user,
/// and a password from the secret store or, without one, from `.pgpass`.
public final class JdbcConnectionProvider implements ConnectionProvider {
    private static final Pattern URL =
            Pattern.compile("jdbc:postgresql://([^/?]+)(?:/([^?]*))?(?:\\?(.*))?");

    private final TargetId target;
    private final String hosts;
    private final String database;
    private final String user;
    private final Supplier<@Nullable String> password;
    private final Map<String, String> properties;

    private JdbcConnectionProvider(
            TargetId target,
            String hosts,
            String database,
            String user,
            Supplier<@Nullable String> password,
            Map<String, String> properties) {
        this.target = target;
        this.hosts = hosts;
        this.database = database;
        this.user = user;
        this.password = password;
        this.properties = properties;
    }

    /// @param url `jdbc:postgresql://host:port/database?property=value`; `user` and `password` in
    ///     it are used unless given otherwise
    /// @param password asked for each new connection
    public static JdbcConnectionProvider ofUrl(
            String profile,
            String url,
            @Nullable String user,
            Supplier<@Nullable String> password) {
        var match = URL.matcher(url);
        if (!match.matches()) {
            throw invalid(profile, "not of the form jdbc:postgresql://host:port/database");
        }
        // What stands before the @ may be a password: it is not repeated.
        if (match.group(1).contains("@")) {
            throw invalid(profile, "a user or password stands before the host");
        }
        var properties = new HashMap<String, String>();
        if (match.group(3) != null) {
            for (var pair : match.group(3).split("&", -1)) {
                if (pair.isEmpty()) {
                    continue;
                }
                var parts = pair.split("=", 2);
                properties.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
            }
        }
        var urlUser = properties.remove("user");
        var urlPassword = properties.remove("password");
        var someone = user != null ? user : urlUser;
        if (someone == null || someone.isBlank()) {
            throw invalid(profile, "no user is given");
        }
        var database = match.group(2) == null ? "" : decoded(match.group(2));
        return of(
                profile,
                match.group(1),
                database.isEmpty() ? someone : database,
                someone,
                () -> {
                    var stored = password.get();
                    return stored != null ? stored : urlPassword;
                },
                properties);
    }

    /// @param service an entry of `pg_service.conf`, found as libpq finds it
    public static JdbcConnectionProvider ofService(
            String profile, String service, Supplier<@Nullable String> password) {
        var entry = PgServiceConfParser.getServiceProperties(service);
        if (entry == null) {
            throw invalid(profile, "the service file has no entry " + service);
        }
        var user = entry.getProperty("user", System.getProperty("user.name", "postgres"));
        var properties = new HashMap<String, String>();
        var mode = entry.getProperty("sslmode");
        if (mode != null) {
            properties.put("sslmode", mode);
        }
        var filePassword = entry.getProperty("password");
        return of(
                profile,
                entry.getProperty("PGHOST", "localhost")
                        + ":"
                        + entry.getProperty("PGPORT", "5432"),
                entry.getProperty("PGDBNAME", user),
                user,
                () -> {
                    var stored = password.get();
                    return stored != null ? stored : filePassword;
                },
                properties);
    }

    private static JdbcConnectionProvider of(
            String profile,
            String hosts,
            String database,
            String user,
            Supplier<@Nullable String> password,
            Map<String, String> properties) {
        var first = hosts.split(",", 2)[0];
        // A bracketed IPv6 address has colons of its own.
        var place = first.matches(".*(?<!:):\\d+|\\[.*]:\\d+") ? first : first + ":5432";
        return new JdbcConnectionProvider(
                new TargetId(profile, TargetId.PLAIN, place),
                hosts,
                database,
                user,
                password,
                Map.copyOf(properties));
    }

    private static OpsException invalid(String profile, String why) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "Connection profile " + profile,
                why,
                "write jdbc:postgresql://host:port/database?user=name, with the password in ~/.pgpass or"
                        + " the secret store");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("url", "a % in it is not followed by two hexadecimal digits");
        }
    }

    public TargetId target() {
        return target;
    }

    @Override
    public List<TargetId> known(Deadline deadline) {
        return List.of(target);
    }

    @Override
    public String defaultDatabase(TargetId of) {
        return database;
    }

    @Override
    public boolean awake(TargetId of, Deadline deadline) {
        return true;
    }

    @Override
    public ConnectionInfo entry(TargetId of, Deadline deadline) {
        if (!of.equals(target)) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Target " + of.key(),
                    "profile " + target.profile() + " is " + target.branch(),
                    "choose the target anew");
        }
        var secret = password.get();
        return new ConnectionInfo(hosts, user, secret == null ? "" : secret, properties);
    }

    @Override
    public void refused(TargetId of) {}
}
