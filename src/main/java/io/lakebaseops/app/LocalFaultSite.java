package io.lakebaseops.app;

import io.lakebaseops.domain.ConnectionProvider;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.gameday.FaultSite;
import io.lakebaseops.gameday.Injection;
import io.lakebaseops.local.compute.ComputeHost.Faults;
import io.lakebaseops.local.compute.server.ComputeException;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/// A branch of Local Lakebase that a scenario is put on.
final class LocalFaultSite implements FaultSite {
    private static final Duration LOGIN = Duration.ofSeconds(20);

    private final ConnectionProvider door;
    private final TargetId target;
    private final String database;
    private final Faults primary;
    private final @Nullable Faults standby;

    /// @param standby null where the branch has none
    LocalFaultSite(
            ConnectionProvider door, TargetId target, Faults primary, @Nullable Faults standby) {
        this.door = door;
        this.target = target;
        this.primary = primary;
        this.standby = standby;
        database = door.defaultDatabase(target);
    }

    @Override
    public Connection client() throws SQLException {
        var entry = door.entry(target, Deadline.in(LOGIN));
        var login = new Properties();
        login.putAll(entry.properties());
        login.setProperty("user", entry.user());
        login.setProperty("password", entry.password());
        login.setProperty("ApplicationName", Injection.APPLICATION);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + entry.hosts() + "/" + database, login);
    }

    @Override
    public Connection admin() throws SQLException {
        return primary.superuser(database, false);
    }

    @Override
    public Connection replication() throws SQLException {
        return primary.superuser(database, true);
    }

    @Override
    public Connection standby() throws SQLException {
        if (standby == null) {
            throw new Unavailable("the branch has no standby");
        }
        return standby.superuser(database, false);
    }

    @Override
    public void control(Control control) {
        switch (control) {
            case RESTART -> restart();
            case REFUSE_LOGINS -> {
                primary.refuseLogins(true);
                primary.cutConnections();
            }
            case FREEZE -> primary.frozen(true);
            case FULL_DISK -> fill();
        }
    }

    /// A client that comes wakes it again.
    private void restart() {
        primary.killPostmaster();
        primary.cutConnections();
    }

    private void fill() {
        try {
            primary.fullDisk(true);
        } catch (ComputeException e) {
            throw new Unavailable(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        primary.clear();
    }
}
