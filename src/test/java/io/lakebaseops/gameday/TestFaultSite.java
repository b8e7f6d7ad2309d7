package io.lakebaseops.gameday;

import io.lakebaseops.testing.Pg17;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/// A database of a test server that scenarios are put on.
public record TestFaultSite(Pg17.Database database) implements FaultSite {
    /// The scenario, prepared and put on; its numbers are the smallest of their ranges.
    public Injection injected(String scenario) {
        var found = Scenarios.of(scenario);
        var numbers = new java.util.HashMap<String, Long>();
        found.vary().forEach((name, range) -> numbers.put(name, range.least()));
        var injection = new Injection(found, this, numbers);
        injection.prepare();
        injection.inject();
        return injection;
    }

    @Override
    public Connection client() throws SQLException {
        return connected(Map.of("user", Pg17.DBA, "password", Pg17.DBA_PASSWORD));
    }

    @Override
    public Connection admin() throws SQLException {
        return connected(Map.of("user", "postgres"));
    }

    @Override
    public Connection replication() throws SQLException {
        return connected(
                Map.of(
                        "user", "postgres",
                        "replication", "true",
                        "assumeMinServerVersion", "17",
                        "preferQueryMode", "simple"));
    }

    private Connection connected(Map<String, String> login) throws SQLException {
        var properties = new Properties();
        properties.putAll(login);
        properties.setProperty("ApplicationName", Injection.APPLICATION);
        return DriverManager.getConnection(database.url(), properties);
    }

    @Override
    public Connection standby() {
        throw new Unavailable("this server has no standby");
    }

    @Override
    public void control(Control control) {
        throw new Unavailable("this server is shared");
    }

    @Override
    public void close() {}
}
