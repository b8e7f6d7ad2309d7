package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.health.operations.SuspendAdvisor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;
import io.lakebaseops.lakebase.ControlPlane.EndpointConfig;
import io.lakebaseops.lakehouse.ColumnType.Plain;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The schedule's jobs over branches that are asleep or awake, and what waking one takes.
/// Two of each kind and a quarter of an hour; `-Dlakebaseops.branches=20` takes ten of each and an
/// hour.
final class SleepingBranchesPgTest {
    private static final int BRANCHES = Integer.getInteger("lakebaseops.branches", 4);

    /// A project has ten branches at most, and one of them is there from the start.
    private static final int OF_PROJECT = 8;
    private static final Duration WATCHED = Duration.ofMinutes(BRANCHES > 4 ? 60 : 15);

    /// Of one core.
    private static final double MOST = 0.005;

    @TempDir private static Path dir;
    private static Wiring wiring;
    private static ControlPlane plane;
    private static final List<TargetId> ASLEEP = new ArrayList<>();
    private static final List<TargetId> AWAKE = new ArrayList<>();

    @BeforeAll
    static void open() {
        var local =
                LocalOptions.defaults()
                        .withDemo(LocalOptions.Demo.NONE, false)
                        .withPace(SdkFixture.FAST)
                        .withSuspendFloor(Duration.ofSeconds(1));
        wiring = new Wiring(new Home(dir), local);
        wiring.connections().local();
        plane = wiring.connections().of(target("sleepers-0", "production")).orElseThrow();
        for (int i = 0; i < BRANCHES; i++) {
            boolean sleeps = i % 2 == 0;
            var project = "sleepers-" + i / OF_PROJECT;
            if (i % OF_PROJECT == 0) {
                plane.createProject(
                        new ControlPlane.NewProject(
                                project, "Sleepers", 0.5, 0.5, null, false, Map.of()),
                        soon(),
                        _ -> {});
            }
            var branch = target(project, (sleeps ? "asleep-" : "awake-") + i);
            plane.createBranch(
                    new ControlPlane.NewBranch(project, branch.branch(), "production", null, false),
                    soon(),
                    _ -> {});
            plane.shapeEndpoint(
                    project,
                    branch.branch(),
                    endpoint(branch).id(),
                    new EndpointConfig(
                            true, 0.5, 0.5, sleeps ? Duration.ofSeconds(1) : null, false, Map.of()),
                    soon());
            (sleeps ? ASLEEP : AWAKE).add(branch);
        }
        ASLEEP.forEach(SleepingBranchesPgTest::awaitAsleep);
    }

    @AfterAll
    static void close() {
        wiring.close();
    }

    private static TargetId target(String project, String branch) {
        return new TargetId(Connections.LOCAL, project, branch);
    }

    private static Deadline soon() {
        return Deadline.in(Patience.LONG);
    }

    private static Endpoint endpoint(TargetId target) {
        return plane.endpoints(target.project(), target.branch(), soon()).getFirst();
    }

    private static void awaitAsleep(TargetId target) {
        await().atMost(Patience.LONG).until(() -> endpoint(target).state().equals("IDLE"));
    }

    @Test
    void theScheduleWakesNobodyAndCostsLittle() throws SQLException {
        ASLEEP.forEach(SleepingBranchesPgTest::awaitAsleep);
        var active = new HashMap<TargetId, Instant>();
        ASLEEP.forEach(t -> active.put(t, endpoint(t).lastActive()));
        for (int minute = 0; minute < WATCHED.toMinutes(); minute += 5) {
            run("metric-collector");
            if (minute % 15 == 0) {
                run("sync-validator");
            }
        }
        run("index-analyzer");
        for (var target : ASLEEP) {
            var now = endpoint(target);
            assertThat(now.state()).as(target.branch()).isEqualTo("IDLE");
            assertThat(now.lastActive()).as(target.branch()).isEqualTo(active.get(target));
        }
        double most = 0;
        for (var target : AWAKE) {
            double share = ownMillis(target) / WATCHED.toMillis();
            assertThat(share).as(target.branch()).isPositive().isLessThan(MOST);
            most = Math.max(most, share);
        }
        System.out.printf(
                "%d branches, half of them asleep: none was woken by the jobs of %d minutes; on"
                        + " those awake our statements took at most %.4f %% of a core%n",
                BRANCHES, WATCHED.toMinutes(), 100 * most);
    }

    private static void run(String job) {
        var ended = wiring.jobs().await(wiring.jobs().runNow(job));
        assertThat(ended.state()).as("%s: %s", job, ended.log()).isEqualTo(JobRunState.OK);
        assertThat(ended.log()).filteredOn(l -> l.contains("left asleep")).hasSize(ASLEEP.size());
    }

    /// Execution and planning of the statements with our comment, since the branch was made.
    private static double ownMillis(TargetId target) throws SQLException {
        var faults = wiring.connections().local().faults(endpoint(target).name());
        try (var session = faults.superuser("databricks_postgres", false);
                var statement = session.createStatement();
                var rows =
                        statement.executeQuery(
                                "select sum(total_exec_time + total_plan_time) from"
                                        + " pg_stat_statements where query like '/* lakebaseops:%'")) {
            rows.next();
            return rows.getDouble(1);
        }
    }

    /// What the advice about scale-to-zero weighs is what waking really took.
    @Test
    void wakesThatWereMeasuredReachTheAdvice() {
        var target = ASLEEP.getFirst();
        int wakes = 3;
        for (int i = 0; i < wakes; i++) {
            awaitAsleep(target);
            try (var session = wiring.targets().read(target, soon())) {
                assertThat(session.database()).isNotEmpty();
            }
            wiring.targets().forget(target);
        }
        await().atMost(Patience.LONG)
                .untilAsserted(
                        () -> assertThat(measured(target).size()).isGreaterThanOrEqualTo(wakes));
        assertThat(measured(target)).allSatisfy(s -> assertThat(s).isPositive());
        var lake = wiring.lakehouse.get();
        var now = Instant.now();
        for (int hours : new int[] {30, 20, 1}) {
            var row = HistoryRow.of(target, now.minus(Duration.ofHours(hours)), "run");
            row.put("interval_seconds", 300.0);
            row.put("calls", 5L);
            row.put("datname", "databricks_postgres");
            row.put("toplevel", true);
            row.put("reset_detected", false);
            row.put("stats_since", now);
            for (var column : OpsTables.PG_STAT_HISTORY.columns()) {
                if (!column.nullable() && column.type() == Plain.LONG) {
                    row.putIfAbsent(column.name(), 0L);
                } else if (!column.nullable() && column.type() == Plain.DOUBLE) {
                    row.putIfAbsent(column.name(), 0.0);
                }
            }
            lake.append(OpsTables.PG_STAT_HISTORY.name(), List.of(row));
        }
        var advice =
                new SuspendAdvisor(lake)
                        .advise(plane, target.project(), 7, 10, now, soon())
                        .advice();
        assertThat(advice)
                .singleElement()
                .satisfies(
                        a -> {
                            assertThat(a.branch()).isEqualTo(target.branch());
                            var wake = a.wake();
                            assertThat(wake).isNotNull();
                            assertThat(wake.count()).isEqualTo(measured(target).size());
                            assertThat(measured(target)).contains(wake.medianSeconds());
                            assertThat(a.best().coldStartsPerDay()).isLessThanOrEqualTo(10);
                        });
        System.out.printf("wakes of a compute that slept: %s s%n", measured(target));
    }

    private static List<Double> measured(TargetId target) {
        var lake = wiring.lakehouse.get();
        lake.ensureTables(OpsTables.ALL);
        return lake
                .query(
                        HistoryQueries.METRIC_VALUES,
                        Map.of(
                                "project", target.project(),
                                "branch", target.branch(),
                                "metric", MetricName.WAKE_SECONDS.id()),
                        ReadScope.ALL,
                        soon())
                .list()
                .stream()
                .map(r -> ((Number) r.get("metric_value")).doubleValue())
                .toList();
    }
}
