package io.lakebaseops.local.compute;

import io.lakebaseops.local.compute.ComputeHost.EndpointSpec;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A machine room with one root branch `br-main` owned by `ann@example.com`, for tests.
public final class RoomFixture implements AutoCloseable {
    public static final String OWNER = "ann@example.com";
    public static final String PASSWORD = "token-1";

    private final LocalComputeHost room;
    private final Set<String> passwords = ConcurrentHashMap.newKeySet();

    public RoomFixture(Path dir) {
        this(
                dir,
                ComputeHostOptions.defaults()
                        .withFsync(false)
                        .withStartTimeout(Duration.ofMinutes(2)));
    }

    public RoomFixture(Path dir, ComputeHostOptions options) {
        passwords.add(PASSWORD);
        room =
                new LocalComputeHost(
                        dir,
                        (endpoint, user, password) -> passwords.contains(password),
                        options,
                        ComputeMeter.NONE);
    }

    public RoomFixture withMain() {
        room.createRoot("br-main", OWNER, 1);
        room.openEndpoint(spec("ep-main", "br-main"));
        return this;
    }

    public LocalComputeHost room() {
        return room;
    }

    public Set<String> passwords() {
        return passwords;
    }

    public static EndpointSpec spec(String endpoint, String branch) {
        return spec(endpoint, branch, null, false, Map.of());
    }

    public static EndpointSpec spec(
            String endpoint,
            String branch,
            @org.jspecify.annotations.Nullable Duration suspendAfter,
            boolean disabled,
            Map<String, String> settings) {
        return new EndpointSpec(endpoint, branch, false, 0.5, 1, suspendAfter, disabled, settings);
    }

    public String url(String endpoint) {
        return "jdbc:postgresql://127.0.0.1:"
                + room.status(endpoint).port()
                + "/databricks_postgres?sslmode=disable";
    }

    public Connection connect(String endpoint) throws SQLException {
        return DriverManager.getConnection(url(endpoint), OWNER, PASSWORD);
    }

    public static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    public static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() {
        room.close();
    }
}
