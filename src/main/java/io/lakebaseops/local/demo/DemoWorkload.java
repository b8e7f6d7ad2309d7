package io.lakebaseops.local.demo;

import io.lakebaseops.local.demo.DemoSession.Login;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The clients that keep the demo shop busy. Visitors, a warehouse, reports, and people who forget
/// their transactions.
///
/// At the default rate the dead rows of `shop.inventory` pass 10 % after about ten seconds and 25 %
/// after about half a minute, and the load stays well below half a core. Sessions survive restarts
/// of the compute.
public final class DemoWorkload implements AutoCloseable {
    /// Visits per second over all web sessions.
    public static final double DEFAULT_RATE = 40;

    private static final int WEB_SESSIONS = 2;
    private static final int IDLE_SESSIONS = 4;

    /// Stock rows counted per visit: 280 a second at the default rate, of 20,000.
    private static final double STOCK_ROWS_PER_VISIT = 7;

    private static final Duration WORKER_STEP = Duration.ofSeconds(1);
    private static final Duration TRIM_EVERY = Duration.ofSeconds(10);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);
    private static final Duration IDLE_CHECK = Duration.ofMinutes(5);
    private static final Duration LOCK_CHAIN_EVERY = Duration.ofSeconds(60);
    private static final Duration LOCK_HELD = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Login login;
    private final List<Thread> sessions = new ArrayList<>();
    private final AtomicLong visits = new AtomicLong();
    private final double rate;

    /// @param password asked for at every login, since credentials are short-lived
    public DemoWorkload(String jdbcUrl, String user, Supplier<String> password, double rate) {
        this.login = new Login(jdbcUrl, user, password, "extended");
        this.rate = rate;
    }

    /// Visits since the start.
    public long visits() {
        return visits.get();
    }

    public synchronized boolean running() {
        return !sessions.isEmpty();
    }

    public synchronized void start() {
        if (running()) {
            return;
        }
        for (int i = 0; i < WEB_SESSIONS; i++) {
            begin("storefront-web", this::visitors);
        }
        for (int i = 0; i < IDLE_SESSIONS; i++) {
            begin("storefront-web", DemoWorkload::idle);
        }
        begin("storefront-worker", this::warehouse);
        begin("reporting", DemoWorkload::reports);
        // In the extended protocol the last portal would keep its snapshot, and with it vacuum,
        // waiting.
        begin(login.simple(), "reporting", DemoWorkload::forgotten);
        // One holds the row, two queue up behind it.
        begin("storefront-worker", c -> lockChain(c, 0, LOCK_HELD));
        begin("storefront-worker", c -> lockChain(c, 1, Duration.ZERO));
        begin("storefront-worker", c -> lockChain(c, 2, Duration.ZERO));
    }

    public synchronized void stop() {
        sessions.forEach(Thread::interrupt);
        try {
            for (Thread session : sessions) {
                session.join(STOP_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sessions.clear();
    }

    @Override
    public void close() {
        stop();
    }

    private void begin(String application, DemoSession.Body body) {
        begin(login, application, body);
    }

    private void begin(Login as, String application, DemoSession.Body body) {
        sessions.add(
                Thread.ofVirtual()
                        .name("demo-" + application)
                        .start(new DemoSession(as, application, body)));
    }

    private void visitors(Connection connection) throws SQLException, InterruptedException {
        DemoTraffic traffic = new DemoTraffic(connection);
        long next = System.nanoTime();
        while (true) {
            double perSession = rate / WEB_SESSIONS;
            if (perSession <= 0) {
                Thread.sleep(WORKER_STEP);
                next = System.nanoTime();
                continue;
            }
            traffic.visit();
            visits.incrementAndGet();
            next += (long) (1e9 / perSession);
            long ahead = next - System.nanoTime();
            if (ahead > 0) {
                Thread.sleep(Duration.ofNanos(ahead));
            } else {
                next = System.nanoTime(); // the server is slower than the visitors: no catching up
            }
        }
    }

    private void warehouse(Connection connection) throws SQLException, InterruptedException {
        DemoTraffic traffic = new DemoTraffic(connection);
        openPartitions(connection);
        long trimAt = System.nanoTime() + TRIM_EVERY.toNanos();
        while (true) {
            int rows = (int) (rate * STOCK_ROWS_PER_VISIT);
            if (rows > 0) {
                traffic.countStock(rows);
            }
            if (System.nanoTime() > trimAt) {
                traffic.trim();
                trimAt += TRIM_EVERY.toNanos();
            }
            Thread.sleep(WORKER_STEP);
        }
    }

    /// A shop that was loaded last month needs this month's partition.
    private static void openPartitions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : DemoSql.script("partitions.sql")) {
                statement.execute(sql);
            }
        }
    }

    private static void reports(Connection connection) throws SQLException, InterruptedException {
        DemoTraffic traffic = new DemoTraffic(connection);
        for (int turn = 0; true; turn++) {
            traffic.report(turn);
            Thread.sleep(REPORT_EVERY);
        }
    }

    private static void idle(Connection connection) throws SQLException, InterruptedException {
        new DemoTraffic(connection);
        do {
            Thread.sleep(IDLE_CHECK);
        } while (connection.isValid(5));
    }

    private static void forgotten(Connection connection) throws SQLException, InterruptedException {
        DemoTraffic traffic = new DemoTraffic(connection);
        while (true) {
            traffic.forgetTransaction(FORGOTTEN);
        }
    }

    private static void lockChain(Connection connection, int place, Duration hold)
            throws SQLException, InterruptedException {
        DemoTraffic traffic = new DemoTraffic(connection);
        while (true) {
            long period = LOCK_CHAIN_EVERY.toMillis();
            long intoPeriod = System.currentTimeMillis() % period;
            Thread.sleep(period - intoPeriod + place * 500L);
            traffic.changePrice(hold);
        }
    }
}
