package io.lakebaseops.local.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Supplier;

/// One client of the shop that connects again by itself whenever its connection is lost, asking for
/// a fresh password each time.
final class DemoSession implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoSession.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /// Where and as whom the sessions connect.
    ///
    /// @param queryMode the driver's `preferQueryMode`
    record Login(String jdbcUrl, String user, Supplier<String> password, String queryMode) {
        Login simple() {
            return new Login(jdbcUrl, user, password, "simple");
        }
    }

    /// What the client does with a connection until it is lost or the thread is interrupted.
    @FunctionalInterface
    interface Body {
        void run(Connection connection) throws SQLException, InterruptedException;
    }

    private final Login login;
    private final String application;
    private final Body body;

    DemoSession(Login login, String application, Body body) {
        this.login = login;
        this.application = application;
        this.body = body;
    }

    @Override
    public void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long begin = System.nanoTime();
                try (Connection connection = connect()) {
                    body.run(connection);
                } catch (SQLException e) {
                    LOG.debug("{} lost its connection: {}", application, e.getMessage());
                }
                boolean lasted = System.nanoTime() - begin > LONGEST_PAUSE.toNanos();
                pause = lasted ? FIRST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password().get());
        properties.setProperty("ApplicationName", application);
        properties.setProperty("preferQueryMode", login.queryMode());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "15");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(login.jdbcUrl(), properties);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
