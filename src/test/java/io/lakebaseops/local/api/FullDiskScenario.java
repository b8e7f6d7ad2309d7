package io.lakebaseops.local.api;

import static org.awaitility.Awaitility.await;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.LakebaseConnectionProvider;
import io.lakebaseops.lakebase.SdkControlPlane;
import io.lakebaseops.testing.TestTargets;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

/// A Local Lakebase whose disk runs full under work and is freed again. Runs as a process of its
/// own, whose `branches` directory is a small file system; prints what it sees as `name: value`.
final class FullDiskScenario {
    private static final String ENDPOINT = "projects/shop/branches/production/endpoints/primary";

    /// Ten million rows, without a sort or a temporary file.
    private static final String GROW =
            "INSERT INTO t SELECT a.g FROM t a, t b, generate_series(1, 10)";

    private FullDiskScenario() {}

    static void main(String[] args) throws Exception {
        try (var sdk = new SdkFixture(Path.of(args[0]))) {
            sdk.project("shop");
            try (var c = sdk.connect(ENDPOINT, sdk.token(ENDPOINT))) {
                run(c, "CREATE TABLE t AS SELECT g FROM generate_series(1, 1000) g");
                run(c, "CREATE TABLE n AS SELECT 0 AS n");
            }
            sdk.lakebase().faults(ENDPOINT).fullDisk(true);
            say("table", tableGrows(sdk));
            say("console", throughTheConsole(sdk));
            say("reads", rows(sdk));
            int committed = untilTheLogIsFull(sdk);
            say("endpoint", endpointState(sdk));
            // Who comes while the server falls is cut off; who comes after it has fallen is told.
            say(
                    "login",
                    await().atMost(Duration.ofSeconds(60))
                            .until(
                                    () -> login(sdk),
                                    l -> !l.startsWith("08") && !l.startsWith("57P02")));
            sdk.lakebase().faults(ENDPOINT).fullDisk(false);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> login(sdk).equals("works"));
            say("rows", rows(sdk));
            try (var c = sdk.connect(ENDPOINT, sdk.token(ENDPOINT))) {
                int found = Integer.parseInt(value(c, "SELECT n FROM n"));
                // The last one may have been committed although its answer never came.
                say("kept", found == committed || found == committed + 1 ? "all" : "lost");
                run(c, "INSERT INTO t SELECT g FROM generate_series(1, 100000) g");
                say("writes", "work");
            }
        }
    }

    private static String tableGrows(SdkFixture sdk) throws SQLException {
        try (var c = sdk.connect(ENDPOINT, sdk.token(ENDPOINT))) {
            run(c, GROW);
            return "grew";
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage().lines().findFirst().orElse("");
        }
    }

    /// As a plan's step would fare.
    private static String throughTheConsole(SdkFixture sdk) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var plane =
                    SdkControlPlane.ofHost(sdk.lakebase().host(), sdk.lakebase()::token, threads);
            try (var test =
                    TestTargets.of(
                            new LakebaseConnectionProvider("local", plane, sdk.clock()),
                            new TargetId("local", "shop", "production"))) {
                try (var session = test.write("databricks_postgres")) {
                    session.run(
                            new Step.SqlStep(
                                    "Fill",
                                    "databricks_postgres",
                                    GROW,
                                    List.of(),
                                    LockLevel.NONE,
                                    Reversibility.RECOVERABLE,
                                    true,
                                    Duration.ofSeconds(5),
                                    Duration.ofSeconds(60),
                                    0));
                    return "grew";
                }
            }
        } catch (OpsException e) {
            return e.why() + " / " + e.remedy();
        }
    }

    /// Commits small changes and much log, until the server cannot go on. Returns how many small
    /// changes were confirmed.
    private static int untilTheLogIsFull(SdkFixture sdk) {
        int confirmed = 0;
        try (var c = sdk.connect(ENDPOINT, sdk.token(ENDPOINT))) {
            for (int i = 0; i < 200; i++) {
                run(c, "UPDATE n SET n = n + 1");
                confirmed++;
                value(c, "SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000))");
            }
            say("log", "never full");
        } catch (SQLException e) {
            say("log", e.getSQLState() + " " + e.getMessage().lines().findFirst().orElse(""));
        }
        return confirmed;
    }

    private static String endpointState(SdkFixture sdk) {
        return String.valueOf(sdk.postgres().getEndpoint(ENDPOINT).getStatus().getCurrentState());
    }

    private static String login(SdkFixture sdk) {
        try (var c = sdk.connect(ENDPOINT, sdk.token(ENDPOINT))) {
            value(c, "SELECT 1");
            return "works";
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }

    private static String rows(SdkFixture sdk) throws SQLException {
        try (var c = sdk.connect(ENDPOINT, sdk.token(ENDPOINT))) {
            return value(c, "SELECT count(*) FROM t");
        }
    }

    private static void run(Connection c, String sql) throws SQLException {
        try (var s = c.createStatement()) {
            s.execute(sql);
        }
    }

    private static String value(Connection c, String sql) throws SQLException {
        try (var s = c.createStatement();
                var r = s.executeQuery(sql)) {
            r.next();
            return String.valueOf(r.getString(1));
        }
    }

    private static void say(String name, String value) {
        System.out.println(name + ": " + value.replace('\n', ' '));
    }
}
