package io.lakebaseops.local.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// A believable web shop with believable mistakes, for the project `storefront-prod`. What is wrong
/// with it is listed in `local/demo/README.md`. Needs no superuser: the owner of the database loads
/// it.
public final class DemoShop {
    private static final Logger LOG = LoggerFactory.getLogger(DemoShop.class);
    private static final String UNIQUE_VIOLATION = "23505";

    /// How many orders of history the shop has.
    public enum Size {
        SMALL(200_000),
        MEDIUM(2_000_000),
        LARGE(20_000_000);

        private final long orders;

        Size(long orders) {
            this.orders = orders;
        }

        public long orders() {
            return orders;
        }
    }

    private DemoShop() {}

    /// Whether a load has run to its end in this database.
    public static boolean isLoaded(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT 1 FROM pg_namespace WHERE nspname = 'shop' AND"
                                        + " obj_description(oid, 'pg_namespace') LIKE 'demo shop of"
                                        + " %'")) {
            return row.next();
        }
    }

    /// Loads the shop, from the beginning if an earlier load broke off. Returns how long it took.
    /// The connection must be in autocommit: some statements do not run in a transaction.
    public static Duration load(Connection connection, Size size) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new SQLException("the demo is loaded in autocommit");
        }
        long begin = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            // One fsync at the end is enough for rows that can be generated again.
            statement.execute("SET synchronous_commit = off");
            statement.execute("SET maintenance_work_mem = '256MB'");
            statement.execute("DROP SCHEMA IF EXISTS shop, web CASCADE");
            for (String script :
                    new String[] {"schema", "partitions", "rows", "indexes", "mistakes"}) {
                run(statement, script, size);
            }
            leaveInvalidIndex(statement);
            run(statement, "finish", size);
            statement.execute("RESET maintenance_work_mem");
            statement.execute("RESET synchronous_commit");
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        LOG.info("Demo shop of {} orders loaded in {} ms", size.orders(), took.toMillis());
        return took;
    }

    private static void run(Statement statement, String script, Size size) throws SQLException {
        long begin = System.nanoTime();
        for (String sql : DemoSql.script(script + ".sql")) {
            statement.execute(sql.replace(":orders", Long.toString(size.orders())));
        }
        LOG.debug("{}.sql ran in {} ms", script, (System.nanoTime() - begin) / 1_000_000);
    }

    private static void leaveInvalidIndex(Statement statement) throws SQLException {
        try {
            statement.execute(DemoSql.script("invalid_index.sql").getFirst());
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return; // as planned
            }
            throw e;
        }
        throw new SQLException("the unique index should have failed");
    }
}
