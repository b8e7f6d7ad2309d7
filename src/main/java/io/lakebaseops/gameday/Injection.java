package io.lakebaseops.gameday;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A scenario at work on a server: its sessions and their threads. First [#prepare], then
/// [#inject]; closing it takes the fault away.
public final class Injection implements AutoCloseable {
    private static final Duration UNTIL = Duration.ofSeconds(120);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration THREAD_ENDS = Duration.ofSeconds(10);
    private static final int LOGIN_SECONDS = 10;

    private final Scenario scenario;
    private final FaultSite site;
    private final Map<String, Long> numbers;
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /// How statements ended that failed or were ended while the scenario ran, and how often.
    private final Map<String, Integer> endings = new ConcurrentHashMap<>();

    private volatile boolean over;

    /// @param numbers what the seed chose
    public Injection(Scenario scenario, FaultSite site, Map<String, Long> numbers) {
        this.scenario = scenario;
        this.site = site;
        this.numbers = Map.copyOf(numbers);
    }

    /// Makes the healthy server that the fault is about.
    public void prepare() {
        all(true);
    }

    /// Puts the fault on. From its end on the fault is there.
    public void inject() {
        all(false);
    }

    /// SQLSTATEs of statements that failed meanwhile, with their counts.
    public Map<String, Integer> endings() {
        return Map.copyOf(endings);
    }

    private void all(boolean setup) {
        for (var act : scenario.acts()) {
            if (act.setup() == setup && act.kind() != Act.Kind.END) {
                try {
                    carryOut(act);
                } catch (SQLException e) {
                    throw new OpsException(
                            OpsException.Kind.INTERNAL,
                            "Scenario " + scenario.name(),
                            act.kind() + " failed: " + e.getMessage(),
                            "look at its script in sql/gameday",
                            e);
                }
            }
        }
    }

    private void carryOut(Act act) throws SQLException {
        switch (act.kind()) {
            case CLIENT -> once(site.client(), act);
            case ADMIN, END -> once(site.admin(), act);
            case STANDBY -> once(site.standby(), act);
            case HOLD -> execute(session(), act);
            case CONNECT -> {
                for (int i = 0; i < count(act); i++) {
                    session();
                }
            }
            case RUN -> {
                for (int i = 0; i < count(act); i++) {
                    var session = session();
                    background(() -> attempt(session, act));
                }
            }
            case LOOP -> {
                for (int i = 0; i < count(act); i++) {
                    var session = session();
                    background(() -> repeat(session, act));
                }
            }
            case UNTIL -> until(act);
            case FAILS -> fails(act);
            case FEEDBACK -> feedback(act.argument());
            case CONTROL ->
                    site.control(
                            FaultSite.Control.valueOf(
                                    act.argument().toUpperCase(java.util.Locale.ROOT)));
        }
    }

    private int count(Act act) {
        return act.argument().isEmpty() ? 1 : Integer.parseInt(filled(act.argument()));
    }

    private String filled(String text) {
        var filled = text;
        for (var number : numbers.entrySet()) {
            filled = filled.replace("{" + number.getKey() + "}", number.getValue().toString());
        }
        return filled;
    }

    private Connection session() throws SQLException {
        var session = site.client();
        open.add(session);
        return session;
    }

    private void once(Connection session, Act act) throws SQLException {
        try (session;
                var statement = session.createStatement()) {
            for (var sql : act.statements()) {
                statement.execute(filled(sql));
                // What was done before an ANALYZE must not be counted after it.
                statement.execute("select pg_stat_force_next_flush()");
            }
        }
    }

    private void execute(Connection session, Act act) throws SQLException {
        for (var sql : act.statements()) {
            try (var statement = session.createStatement()) {
                statement.execute(filled(sql));
            }
        }
    }

    private void background(Runnable work) {
        threads.add(Thread.ofVirtual().name("scenario " + scenario.name()).start(work));
    }

    private void attempt(Connection session, Act act) {
        try {
            execute(session, act);
        } catch (SQLException e) {
            ended(e);
        }
    }

    private void repeat(Connection session, Act act) {
        while (!over) {
            try {
                execute(session, act);
            } catch (SQLException e) {
                ended(e);
                if (!recovered(session)) {
                    return;
                }
            }
        }
    }

    /// A victim of a deadlock goes on; a session that is gone does not.
    private boolean recovered(Connection session) {
        try (var statement = session.createStatement()) {
            statement.execute("rollback");
            return true;
        } catch (SQLException e) {
            ended(e);
            return false;
        }
    }

    private void ended(SQLException e) {
        endings.merge(String.valueOf(e.getSQLState()), 1, Integer::sum);
    }

    private void fails(Act act) throws SQLException {
        try (var session = site.client()) {
            execute(session, act);
        } catch (SQLException e) {
            if (act.argument().equals(e.getSQLState())) {
                return;
            }
            throw e;
        }
        throw new SQLException("It did not fail with " + act.argument());
    }

    private void until(Act act) throws SQLException {
        var deadline = Deadline.in(UNTIL);
        try (var session = site.admin();
                var statement = session.createStatement()) {
            while (!says(statement, filled(act.statements().getFirst()))) {
                deadline.check("Waiting for " + act.statements().getFirst());
                pause();
            }
        }
    }

    private static boolean says(java.sql.Statement statement, String query) throws SQLException {
        // Statistics views stay as they were seen first until the snapshot is given up.
        statement.execute("select pg_stat_clear_snapshot()");
        try (var rows = statement.executeQuery(query)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private void feedback(String slot) throws SQLException {
        long xid;
        String from;
        try (var admin = site.admin();
                var statement = admin.createStatement();
                var rows =
                        statement.executeQuery(
                                "select pg_current_wal_lsn(),"
                                        + " pg_snapshot_xmin(pg_current_snapshot())::text::int8")) {
            rows.next();
            from = rows.getString(1);
            xid = rows.getLong(2);
        }
        var standby = StandbyFeedback.over(site.replication(), slot, from);
        standby.hold(xid);
        if (slot.isEmpty()) {
            open.add(standby);
            untilSays(
                    "select count(*) > 0 from pg_stat_replication where backend_xmin is not null");
        } else {
            untilSays("select count(*) > 0 from pg_replication_slots where xmin is not null");
            standby.close();
        }
    }

    private void untilSays(String query) throws SQLException {
        until(new Act(false, Act.Kind.UNTIL, "", List.of(query)));
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException(
                    OpsException.Kind.CANCELLED, "A scenario", "it was stopped", "run it again", e);
        }
    }

    /// Ends all sessions of the scenario: a statement goes on when its client is gone, so the
    /// server is told.
    @Override
    public void close() {
        over = true;
        try (var admin = site.admin()) {
            end(admin);
        } catch (SQLException e) {
            ended(e);
        }
        for (var one : open) {
            try {
                one.close();
            } catch (Exception e) { // boundary: a session that is gone is closed
                endings.merge(e.getClass().getSimpleName(), 1, Integer::sum);
            }
        }
        for (var thread : threads) {
            try {
                thread.join(THREAD_ENDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void end(Connection admin) throws SQLException {
        admin.setNetworkTimeout(Runnable::run, LOGIN_SECONDS * 1000);
        for (var act : scenario.acts()) {
            if (act.kind() == Act.Kind.END) {
                attempt(admin, act);
            }
        }
        try (var statement = admin.createStatement()) {
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where datname = current_database()"
                            + " and pid <> pg_backend_pid()"
                            + " and application_name = '"
                            + APPLICATION
                            + "'");
        }
    }

    /// The name under which the sessions of a scenario connect.
    public static final String APPLICATION = "game day";
}
