package io.lakebaseops.agents.health.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.health.diagnosis.Hypothesis;
import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.console.FakeLakehouse;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.gameday.Injection;
import io.lakebaseops.gameday.Scenarios;
import io.lakebaseops.gameday.TestFaultSite;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Real faults on a server of its own, since locks and the horizon are about all of it.
final class RootCausePgTest {
    private static Pg17 server;

    private final AlertsInMemory alerts = new AlertsInMemory();
    private Pg17.Database shop;
    private @Nullable Injection injection;
    private ToolRig rig;

    @BeforeAll
    static void start() {
        server = Pg17.started(List.of("max_prepared_transactions=5"));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void shop() {
        shop = server.database("cause");
        rig = ToolRig.of(shop);
    }

    @AfterEach
    void close() {
        if (injection != null) {
            injection.close();
        }
        rig.close();
    }

    @Test
    void aQuietServerIsHealthyAndSaysWhatIsNotKnown() {
        var found = ToolRig.found(diagnose());
        assertThat(found.data().verdict()).isEqualTo("healthy");
        assertThat(found.caveats()).anyMatch(c -> c.contains("not watched"));
        assertThat(
                        ToolRig.refused(
                                tool().run(new DiagnoseRootCause.Input("gremlins"), rig.context())))
                .contains("neither an open alert nor a metric");
    }

    /// The interval of the rates passes meanwhile; the next diagnosis takes readings of its own.
    @Test
    void aReadingTakenAheadIsUsedOnce() {
        var tool = tool();
        asked(tool);
        long usual = asked(tool);
        tool.prepare(rig.context().target(), Clock.systemUTC(), Deadline.in(Patience.LONG));
        long ahead = asked(tool);
        assertThat(ahead).isLessThanOrEqualTo(usual - 2);
        assertThat(asked(tool)).isGreaterThanOrEqualTo(ahead + 2);
    }

    /// How many statements one diagnosis sends.
    private long asked(DiagnoseRootCause tool) {
        long before = rig.targets().ownLoad(rig.context().target()).statements();
        ToolRig.found(tool.run(new DiagnoseRootCause.Input(""), rig.context()));
        return rig.targets().ownLoad(rig.context().target()).statements() - before;
    }

    /// Put on as the game day puts them, and named first.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lock_chain",
                "ddl_queue",
                "hot_row",
                "autovacuum_off_table",
                "sequence_end",
                "invalid_index",
                "missing_index",
                "xmin_session"
            })
    void aRealFaultIsNamedFirst(String scenario) {
        inject(scenario);
        var expected = Scenarios.of(scenario).expected();
        // Scans of a busy machine may be fewer than two in the first second that is looked at.
        Awaitility.await()
                .atMost(Patience.LONG)
                .untilAsserted(() -> assertThat(first().cause()).isIn(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decoy_open_transaction",
                "decoy_small_dead_table",
                "decoy_cyclic_sequence",
                "decoy_advisory_lock",
                "decoy_one_report"
            })
    void whatOnlyLooksLikeAFaultIsHealthy(String scenario) {
        inject(scenario);
        assertThat(ToolRig.found(diagnose()).data().verdict()).isEqualTo("healthy");
    }

    /// Each phase of a drop or build waits for whoever uses the table; meanwhile the index is not
    /// valid, and nothing is wrong with it.
    @Test
    void anIndexThatIsBeingBuiltOrDroppedIsNotCalledInvalid() throws Exception {
        shop.asDba(
                "create table letters as select g as id from generate_series(1, 1000) g",
                "create index letters_id on letters (id)");
        for (var change :
                List.of(
                        "drop index concurrently letters_id",
                        "create index concurrently letters_id on letters (id)",
                        "reindex index concurrently letters_id")) {
            try (var user = shop.dba();
                    var worker = shop.dba()) {
                user.setAutoCommit(false);
                user.createStatement().execute("lock table letters in row exclusive mode");
                user.createStatement().execute("select * from letters limit 1");
                var done =
                        CompletableFuture.runAsync(
                                () -> execute(worker, change),
                                body -> Thread.ofVirtual().name("ddl").start(body));
                Awaitility.await()
                        .atMost(Patience.LONG)
                        .until(
                                () ->
                                        !"0"
                                                .equals(
                                                        shop.scalar(
                                                                "select count(*) from pg_index where not indisvalid")));
                assertThat(ToolRig.found(diagnose()).data().causes())
                        .as(change)
                        .noneMatch(h -> h.cause().equals("invalid_index"));
                user.rollback();
                done.join();
            }
        }
    }

    private static void execute(Connection session, String sql) {
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Test
    void whoIdlesInsideATransactionAndBlocksIsNamedAndOnlyThatSessionIsToBeEnded() {
        inject("idle_transaction");
        var first = first();
        var pid =
                shop.scalar(
                        "select pid from pg_stat_activity where state = 'idle in transaction'"
                                + " and datname = current_database()");
        assertThat(first.cause()).isEqualTo("idle_transaction_blocks");
        assertThat(first.evidence().getFirst()).contains("pid " + pid).contains("1 session");
        assertThat(first.since()).isNotNull();

        var healed = heal(false);
        assertThat(healed).singleElement().satisfies(p -> assertThat(p.verb()).contains("End"));
        assertThat(healed.getFirst().title() + healed.getFirst().steps()).contains(pid);
        assertThat(heal(true)).as("a dry run files nothing").isEmpty();
    }

    @Test
    void aPreparedTransactionThatBlocksIsSeenThoughItHasNoSession() {
        inject("prepared_transaction");
        assertThat(first().cause()).isEqualTo("prepared_transaction_blocks");
        var handed =
                ToolRig.found(
                        tool2().propose(new SelfHeal.Input("", false), rig.context()).outcome());
        assertThat(handed.findings())
                .singleElement()
                .satisfies(f -> assertThat(f.summary()).contains("ROLLBACK PREPARED"));
    }

    @Test
    void whatIsWrongButNotYetFeltIsToldSo() {
        inject("autovacuum_off_table");
        assertThat(ToolRig.found(diagnose()).data().answer())
                .startsWith("Nothing is beyond its limit yet.");
    }

    /// Nobody can be asked, and that is an answer, with what to do.
    @Test
    void aServerThatRefusesLoginsIsNamedAndHandedOn() {
        shop.asAdmin("alter role dba nologin");
        try {
            assertThat(first().cause()).isEqualTo("logins_refused");
            var handed =
                    ToolRig.found(
                            tool2().propose(new SelfHeal.Input("", false), rig.context())
                                    .outcome());
            assertThat(handed.findings()).hasSize(1);
        } finally {
            shop.asAdmin("alter role dba login");
        }
    }

    private DiagnoseRootCause tool() {
        return new DiagnoseRootCause(
                rig.targets(),
                new Unwatched(),
                MetricDefinitions.standard(),
                new FakeLakehouse(),
                alerts);
    }

    private SelfHeal tool2() {
        return new SelfHeal(
                rig.targets(),
                rig.sql(),
                new Unwatched(),
                MetricDefinitions.standard(),
                new FakeLakehouse(),
                alerts);
    }

    private io.lakebaseops.framework.Outcome<DiagnoseRootCause.Output> diagnose() {
        return tool().run(new DiagnoseRootCause.Input(""), rig.context());
    }

    private Hypothesis first() {
        var data = ToolRig.found(diagnose()).data();
        assertThat(data.causes()).as(data.answer()).isNotEmpty();
        return data.causes().getFirst();
    }

    private List<ChangePlan> heal(boolean dryRun) {
        return tool2().propose(new SelfHeal.Input("", dryRun), rig.context()).plans();
    }

    private void inject(String scenario) {
        injection = new TestFaultSite(shop).injected(scenario);
    }

    /// A server nobody watches: no rates, no symptoms.
    private record Unwatched() implements HealthBoard {
        @Override
        public Optional<Round> latest(TargetId target) {
            return Optional.empty();
        }

        @Override
        public List<Point> series(TargetId target, MetricName metric, Duration back) {
            return List.of();
        }

        @Override
        public Subject subject(TargetId target, MetricName metric) {
            return Subject.branch(target.branch());
        }

        @Override
        public @Nullable Outage outage(TargetId target) {
            return null;
        }
    }
}
