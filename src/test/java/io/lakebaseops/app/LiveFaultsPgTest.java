package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.lakehouse.history.StatementTotals;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.local.compute.ComputeHost.Faults;
import io.lakebaseops.testing.DriverThreads;
import io.lakebaseops.testing.Fastest;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The whole product against a Local Lakebase that misbehaves: frozen pipe, killed postmaster,
/// credentials that live for seconds.
final class LiveFaultsPgTest {
    private static final String ENDPOINT =
            "projects/storefront-prod/branches/production/endpoints/primary";
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(5);

    @TempDir private static Path dir;
    private static Wiring wiring;
    private static TargetId target;

    @BeforeAll
    static void open() {
        var options =
                LocalOptions.defaults()
                        .withDemo(LocalOptions.Demo.SMALL, true)
                        .withTokenTtl(TOKEN_LIFE);
        wiring = new Wiring(new Home(dir), options);
        target = wiring.target(new TargetChoice.Local(null));
        wiring.startAgents();
        // Here it runs when the test says so: a scheduled run under way lets no other begin.
        wiring.jobs().pause("metric-collector", true);
        run("create_ops_catalog");
    }

    @AfterAll
    static void close() {
        wiring.close();
    }

    @BeforeEach
    void healthy() {
        faults().clear();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> run("monitor_system_health").status() == ToolReport.Status.OK);
    }

    @Test
    void a_frozen_gateway_is_noticed_within_two_seconds_and_heals_by_itself() throws Exception {
        try (var _ = wiring.look(target)) {
            var noticed = Fastest.of(5, Duration.ofSeconds(2), LiveFaultsPgTest::frozenAndHealed);
            System.out.println("frozen gateway noticed after " + noticed.toMillis() + " ms");
        }
        await("no thread is stuck in the driver").until(DriverThreads.now()::allLeft);
    }

    private static Duration frozenAndHealed() {
        var begin = Instant.now();
        await().until(() -> wiring.health.board().outage(target) == null && measuredSince(begin));
        long frozen = System.nanoTime();
        faults().frozen(true);
        await().until(() -> wiring.health.board().outage(target) != null);
        var noticed = Duration.ofNanos(System.nanoTime() - frozen);
        faults().clear();
        await().until(() -> wiring.health.board().outage(target) == null);
        return noticed;
    }

    @Test
    void a_postmaster_killed_in_a_cycle_fails_that_run_and_not_the_next() {
        faults().latency(Duration.ofMillis(120));
        var hit = Optional.<JobRun>empty();
        for (int i = 0; i < 10 && hit.isEmpty(); i++) {
            var id = wiring.jobs().runNow("metric-collector");
            awaitFirstTool(id);
            sleep(Duration.ofMillis(100 * i));
            faults().killPostmaster();
            hit = Optional.of(ended(id)).filter(r -> r.state() == JobRunState.FAILED);
        }
        assertThat(hit).as("a run that the kill hit").isPresent();
        assertThat(String.join("\n", hit.orElseThrow().log()))
                .containsPattern("SQLSTATE (08|57P)")
                .contains("check that the server runs");

        faults().clear();
        assertThat(ended(wiring.jobs().runNow("metric-collector")).state())
                .isEqualTo(JobRunState.OK);
    }

    @Test
    void the_demo_gets_its_past_once_and_live_statements_go_on_where_it_ends() {
        var made = wiring.makePast();
        System.out.printf("past of %d rows in %d ms%n", made.rows(), made.took().toMillis());
        assertThat(made.rows()).isGreaterThan(50_000);
        assertThat(wiring.makePast().rows()).as("never twice").isZero();
        var services = wiring.consoleServices(List.of());
        var generated = services.generated().apply(target).orElseThrow();
        assertThat(services.generated().apply(new TargetId("url", "postgres", "h:5432"))).isEmpty();
        run("persist_pg_stat_statements");
        await().until(
                        () -> {
                            run("persist_pg_stat_statements");
                            return continued(services, generated);
                        });
        var load =
                services.performance()
                        .waits()
                        .load(
                                target,
                                TimeRange.before(generated.until(), Duration.ofDays(1)),
                                100,
                                Deadline.in(Patience.LONG));
        assertThat(load.mean()).isBetween(0.05, 2.0);
        assertThat(load.slices()).filteredOn(s -> s.sampled()).allMatch(s -> s.simulated());
    }

    /// A statement of the past and the same one measured, in one trend.
    private static boolean continued(ConsoleServices services, GeneratedHistory generated) {
        var now = Instant.now().plusSeconds(1);
        var hour = new TimeRange(generated.until().minus(Duration.ofHours(1)), now);
        var deadline = Deadline.in(Patience.LONG);
        var totals =
                services.performance()
                        .statements()
                        .totals(target, hour, StatementTotals.Dimension.STATEMENT, 50, deadline);
        var login =
                totals.rows().stream()
                        .filter(r -> r.query() != null && r.query().contains("WHERE email = $1"))
                        .findFirst();
        return login.isPresent()
                && services
                        .performance()
                        .statements()
                        .trends(
                                target,
                                Set.of(login.orElseThrow().queryId()),
                                new TimeRange(generated.until(), now),
                                1,
                                deadline)
                        .values()
                        .stream()
                        .anyMatch(t -> t.slices().stream().anyMatch(s -> !s.simulated()));
    }

    /// Two minutes with `-Dlakebaseops.soak=120`; a shorter look in the ordinary build.
    @Test
    void credentials_of_five_seconds_fail_no_cycle() {
        var end = Instant.now().plusSeconds(Integer.getInteger("lakebaseops.soak", 6));
        int cycles = 0;
        while (Instant.now().isBefore(end)) {
            for (var tool :
                    new String[] {
                        "monitor_system_health",
                        "evaluate_alert_thresholds",
                        "monitor_connections",
                        "persist_pg_stat_statements"
                    }) {
                var report = run(tool);
                assertThat(report.status()).as(report.error()).isEqualTo(ToolReport.Status.OK);
            }
            cycles++;
            sleep(Duration.ofMillis(200));
        }
        System.out.println(cycles + " cycles with credentials of " + TOKEN_LIFE + ", none failed");
        assertThat(cycles).isPositive();
    }

    private static boolean measuredSince(Instant begin) {
        return wiring.health.board().latest(target).filter(r -> r.at().isAfter(begin)).isPresent();
    }

    /// From then on the run is among its other tools, however fast the machine is.
    private static void awaitFirstTool(UUID id) {
        await().until(
                        () ->
                                wiring.jobs().runs("metric-collector", 20).stream()
                                        .filter(r -> r.id().equals(id))
                                        .anyMatch(
                                                r ->
                                                        r.state() != JobRunState.RUNNING
                                                                || !r.log().isEmpty()));
    }

    private static JobRun ended(UUID id) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                wiring.jobs().runs("metric-collector", 20).stream()
                                        .filter(r -> r.id().equals(id))
                                        .filter(r -> r.state() != JobRunState.RUNNING)
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Faults faults() {
        return wiring.connections().local().faults(ENDPOINT);
    }

    private static ToolReport run(String tool) {
        return wiring.framework()
                .run(tool, JsonNodeFactory.instance.objectNode(), target, wiring.person());
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
