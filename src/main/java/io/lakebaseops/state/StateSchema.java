package io.lakebaseops.state;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.NamedStatement;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/// The tables of the state database, brought up to date when they are not those this program knows.
///
/// Loading the migration library costs a command up to half a second of processor time. So the
/// version is read first, and the library is asked only when it is another one.
final class StateSchema {
    /// How many files `resources/db/migration` has, and the newest of them. Files of two lines of
    /// work may be applied in either order, so that the newest alone does not tell.
    static final String NEWEST = "27 up to 129";

    /// Undefined table, undefined schema: nothing was migrated here yet.
    private static final Set<String> NOTHING_YET = Set.of("42P01", "3F000");

    private StateSchema() {}

    static void bringUp(StateSettings settings) throws SQLException {
        try (var turn = StateDb.connect(settings)) {
            if (isNewest(turn)) {
                return;
            }
            // Flyway's own lock comes after it created the schema; this one comes before.
            try (var statement = turn.createStatement()) {
                statement.execute(NamedStatement.read(StateSql.MIGRATION_TURN).jdbc());
            }
            migrate(settings);
        }
    }

    private static boolean isNewest(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                NamedStatement.read(StateSql.MIGRATION_VERSION).jdbc())) {
            return rows.next() && NEWEST.equals(rows.getString("versions"));
        } catch (SQLException e) {
            if (NOTHING_YET.contains(String.valueOf(e.getSQLState()))) {
                return false;
            }
            throw e;
        }
    }

    private static void migrate(StateSettings settings) throws SQLException {
        try {
            Flyway.configure()
                    .dataSource(plainSource(settings))
                    .defaultSchema(StateDb.SCHEMA)
                    .schemas(StateDb.SCHEMA)
                    .createSchemas(true)
                    .locations("classpath:db/migration")
                    .outOfOrder(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new OpsException(
                    OpsException.Kind.INTERNAL,
                    "Bring the state database up to date",
                    String.valueOf(e.getMessage()),
                    "the login needs CREATE on the database; look at its flyway_schema_history",
                    e);
        }
    }

    /// Migrations run outside the pool, which is opened only once the schema fits.
    private static PGSimpleDataSource plainSource(StateSettings settings) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        var properties = StateDb.properties(settings);
        for (var name : properties.stringPropertyNames()) {
            source.setProperty(name, properties.getProperty(name));
        }
        return source;
    }
}
