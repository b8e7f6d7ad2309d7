package io.lakebaseops.postgres;

import io.lakebaseops.domain.ConnectionProvider;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.tunnel.TunnelRoute;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The way in to one plain PostgreSQL: a connection string or an entry of the service file, a fixed
/// user, and a password from the secret store or, without one, from `.pgpass`.
public final class JdbcConnectionProvider implements ConnectionProvider {
    private static final Pattern HOST =
            Pattern.compile("([\\p{L}\\p{N}._-]+|\\[[0-9a-fA-F:.%\\p{Alnum}]+])(:\\d{1,5})?");

    /// The driver's property that holds the near ends of tunnels.
    static final String TUNNEL = "socketFactoryArg";

    private final TargetId target;
    private final String hosts;
    private final String database;
    private final String user;
    private final Supplier<@Nullable String> password;
    private final Map<String, String> properties;
    private final @Nullable TunnelRoute route;
    private final Supplier<@Nullable String> keyPassword;

    private JdbcConnectionProvider(
            TargetId target,
            String hosts,
            String database,
            String user,
            Supplier<@Nullable String> password,
            Map<String, String> properties,
            @Nullable TunnelRoute route,
            Supplier<@Nullable String> keyPassword) {
        this.route = route;
        this.keyPassword = keyPassword;
        this.target = target;
        this.hosts = hosts;
        this.database = database;
        this.user = user;
        this.password = password;
        this.properties = properties;
    }

    /// @param url a JDBC URL, a libpq URI or libpq's keywords; `user` and `password` in it are used
    ///     unless given otherwise, and a `service` it names fills in what it leaves open
    /// @param password asked for each new connection
    public static JdbcConnectionProvider ofUrl(
            String profile,
            String url,
            @Nullable String user,
            Supplier<@Nullable String> password) {
        var text = ConnectionString.of(profile, url);
        var settings = new HashMap<>(text.libpq());
        var driver = new HashMap<>(text.jdbc());
        for (var key : List.of("user", "password", "service")) {
            var value = driver.remove(key);
            if (value != null) {
                settings.put(key, value);
            }
        }
        if (text.database() != null) {
            settings.put("dbname", text.database());
        }
        if (user != null) {
            settings.put("user", user);
        }
        return of(profile, text.hosts(), settings, driver, password);
    }

    /// @param service an entry of `pg_service.conf`, found as libpq finds it
    public static JdbcConnectionProvider ofService(
            String profile, String service, Supplier<@Nullable String> password) {
        return of(profile, List.of(), Map.of("service", service), Map.of(), password);
    }

    private static JdbcConnectionProvider of(
            String profile,
            List<String> named,
            Map<String, String> given,
            Map<String, String> driver,
            Supplier<@Nullable String> password) {
        var settings = new HashMap<String, String>();
        UnaryOperator<String> place = key -> "";
        var service = given.get("service");
        if (service != null) {
            var entry = ServiceFile.entry(profile, service);
            place = entry::place;
            entry.settings().forEach((key, setting) -> settings.put(key, setting.value()));
            if (!named.isEmpty()) {
                settings.keySet().removeAll(List.of("host", "hostaddr", "port"));
            }
        }
        settings.putAll(given);
        var properties = new HashMap<>(LibpqKeywords.properties(profile, settings, place));
        properties.putAll(driver);
        var hosts = named.isEmpty() ? LibpqKeywords.hosts(profile, settings) : named;
        if (hosts.stream().anyMatch(h -> h.startsWith("/") || h.startsWith("@"))) {
            throw ConnectionString.invalid(
                    profile, "unix sockets are not supported: name host and port");
        }
        // They come into a URL of the driver's.
        if (!hosts.stream().allMatch(h -> HOST.matcher(h).matches())) {
            throw ConnectionString.invalid(profile, "what stands for the host is no host name");
        }
        var user = settings.get("user");
        if (user == null || user.isBlank()) {
            // As libpq, which an entry of its file was written for.
            user = service == null ? null : System.getProperty("user.name");
        }
        if (user == null) {
            throw ConnectionString.invalid(profile, "no user is given");
        }
        var written = settings.get("password");
        return of(
                profile,
                String.join(",", hosts),
                settings.getOrDefault("dbname", user),
                user,
                () -> {
                    var stored = password.get();
                    return stored != null ? stored : written;
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
                Map.copyOf(properties),
                null,
                () -> null);
    }

    /// The same server, reached through a tunnel.
    public JdbcConnectionProvider through(TunnelRoute tunnel) {
        return new JdbcConnectionProvider(
                target, hosts, database, user, password, properties, tunnel, keyPassword);
    }

    /// @param secret opens the key of the client certificate; asked for each new connection
    public JdbcConnectionProvider withKeyPassword(Supplier<@Nullable String> secret) {
        return new JdbcConnectionProvider(
                target, hosts, database, user, password, properties, route, secret);
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
        return new ConnectionInfo(hosts, user, secret == null ? "" : secret, properties(deadline));
    }

    private Map<String, String> properties(Deadline deadline) {
        var opened = keyPassword.get();
        if (route == null && opened == null) {
            return properties;
        }
        var all = new HashMap<>(properties);
        if (opened != null) {
            all.put("sslpassword", opened);
        }
        if (route != null) {
            all.put(
                    TUNNEL,
                    SynchronousCloseSocketFactory.argument(route.ports(places(), deadline)));
        }
        return all;
    }

    /// Each server as `host:port`, an IPv6 address without brackets.
    List<String> places() {
        return Stream.of(hosts.split(",", -1))
                .map(h -> h.matches(".*(?<!:):\\d+|\\[.*]:\\d+") ? h : h + ":5432")
                .map(h -> h.replaceAll("[\\[\\]]", ""))
                .toList();
    }

    /// The line of `.pgpass` that gives the password where no other is known.
    public Optional<PassFile.Line> passFileLine(PassFile file) {
        var place = places().getFirst();
        int colon = place.lastIndexOf(':');
        return file.lineFor(place.substring(0, colon), place.substring(colon + 1), database, user);
    }

    /// Further logins of `.pgpass` for the same server, in words.
    public List<String> otherLogins(PassFile file) {
        var host = places().getFirst().replaceFirst(":\\d+$", "");
        return file.lines().stream()
                .filter(l -> l.host().equals(host) && !l.user().equals(user))
                .map(l -> "line %d: %s@%s".formatted(l.number(), l.user(), l.host()))
                .limit(3)
                .toList();
    }

    boolean tunnelled() {
        return route != null;
    }

    Map<String, String> settings() {
        return properties;
    }

    String user() {
        return user;
    }

    @Override
    public void refused(TargetId of) {}
}
