package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.testing.PausableLink;
import io.lakebaseops.testing.Pg17;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class StateDbPgTest {
    private final Pg17.Database pg = Pg17.shared().database("state");

    private static StateSettings settings(Pg17.Database database) {
        return StateSettings.of(database.url(), Pg17.DBA, Pg17.DBA_PASSWORD);
    }

    @Test
    void openingTwiceAtOnceMigratesOnce() throws Exception {
        var settings = settings(pg);
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<StateDb> open = () -> StateDb.open(settings);
            for (var opened : threads.invokeAll(List.of(open, open, open, open))) {
                opened.get().close();
            }
        }
        assertThat(
                        pg.scalar(
                                "select count(*) from lakebaseops.flyway_schema_history where"
                                        + " version = '1' and success"))
                .isEqualTo("1");
    }

    @Test
    void tablesOfAnOlderProgramAreBroughtUpToDate() {
        Flyway.configure()
                .dataSource(pg.url(), Pg17.DBA, Pg17.DBA_PASSWORD)
                .defaultSchema(StateDb.SCHEMA)
                .schemas(StateDb.SCHEMA)
                .createSchemas(true)
                .locations("classpath:db/migration")
                .target("3")
                .load()
                .migrate();
        assertThat(pg.scalar("select to_regclass('lakebaseops.audit_chain_shortened_idx')"))
                .isNull();
        StateDb.open(settings(pg)).close();
        assertThat(versions()).isEqualTo(StateSchema.NEWEST);
        assertThat(pg.scalar("select to_regclass('lakebaseops.change_plans_held')")).isNotNull();
    }

    /// Of two lines of work that were joined, one may have brought its newer file first.
    @Test
    void anOlderMigrationThatCameLaterIsAppliedToo() {
        StateDb.open(settings(pg)).close();
        pg.asDba(
                "delete from lakebaseops.flyway_schema_history where version = '51'",
                "alter table lakebaseops.findings reset (fillfactor)");
        StateDb.open(settings(pg)).close();
        assertThat(versions()).isEqualTo(StateSchema.NEWEST);
        assertThat(
                        pg.scalar(
                                "select reloptions from pg_class where oid = 'lakebaseops.findings'::regclass"))
                .contains("fillfactor");
    }

    private String versions() {
        return pg.scalar(
                "select count(*) || ' up to ' || max(version::int)"
                        + " from lakebaseops.flyway_schema_history where version is not null");
    }

    @Test
    void theNewestMigrationIsTheOneKnown() throws Exception {
        var files = Objects.requireNonNull(getClass().getResource("/db/migration")).toURI();
        try (var names = Files.list(Path.of(files))) {
            var versions =
                    names.map(f -> f.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"))
                            .mapToInt(Integer::parseInt)
                            .summaryStatistics();
            assertThat(versions.getCount() + " up to " + versions.getMax())
                    .as("the number in StateSchema follows the files")
                    .isEqualTo(StateSchema.NEWEST);
        }
    }

    /// On a busy machine a server that was just started answers late.
    @Test
    void ourOwnIsAskedAgainUntilItAnswersAndNotWithoutEnd() {
        try (var link = new PausableLink(Pg17.shared().port())) {
            var there = settings(pg);
            var late =
                    StateSettings.of(
                            pg.url().replaceFirst(":\\d+/", ":" + link.port() + "/"),
                            there.user(),
                            there.password());
            link.cut(true);
            var asked = new AtomicInteger();
            assertThatThrownBy(() -> StateDb.open(late, asked::incrementAndGet))
                    .isInstanceOf(OpsException.class)
                    .hasMessageContaining("state database");
            assertThat(asked.get()).as("a few times").isBetween(2, 20);
            asked.set(0);
            StateDb.open(
                            late,
                            () -> {
                                if (asked.incrementAndGet() == 2) {
                                    link.cut(false);
                                }
                            })
                    .close();
            assertThat(asked).hasValue(2);
            assertThatThrownBy(
                            () ->
                                    StateDb.open(
                                            StateSettings.of(late.url(), "nobody_at_all", "x"),
                                            asked::incrementAndGet))
                    .isInstanceOf(OpsException.class);
            assertThat(asked).as("a login refused is not tried again").hasValue(2);
        }
    }

    @Test
    void worksAgainAfterTheServerCrashed() {
        var own = Pg17.started(List.of());
        var database = own.database("state");
        try (var db = StateDb.open(settings(database))) {
            write(db, "before");
            own.kill();
            own.restart();
            write(db, "after");
            assertThat(database.scalar("select value from lakebaseops.settings where name = 'x'"))
                    .isEqualTo("after");
        } finally {
            own.stop();
        }
    }

    @Test
    void aFailedTransactionLeavesNothing() {
        try (var db = StateDb.open(settings(pg))) {
            assertThatThrownBy(
                            () ->
                                    db.run(
                                            tx -> {
                                                tx.update(StateSql.SETTING_PUT, setting("half"));
                                                throw new IllegalStateException("stop");
                                            }))
                    .hasMessage("stop");
            assertThat(pg.scalar("select count(*) from lakebaseops.settings where value='half'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void anUnreachableServerIsSaidSoInTime() {
        var nowhere = StateSettings.of("jdbc:postgresql://127.0.0.1:1/none", "nobody", "");
        assertThatThrownBy(() -> StateDb.open(nowhere))
                .isInstanceOfSatisfying(
                        OpsException.class,
                        e -> assertThat(e.kind()).isEqualTo(OpsException.Kind.UNREACHABLE));
    }

    @Test
    void aTurnIsHeldByOneAndFreedWhenClosed() {
        try (var one = StateDb.open(settings(pg));
                var other = StateDb.open(settings(pg))) {
            try (var lease = one.tryLease("job").orElseThrow()) {
                assertThat(lease.held()).isTrue();
                assertThat(other.tryLease("job")).isEmpty();
                assertThat(
                                other.tryLease("another job")
                                        .map(
                                                l -> {
                                                    l.close();
                                                    return true;
                                                }))
                        .isPresent();
            }
            // At once: whoever closes a turn and asks for it again gets it, however busy the
            // server.
            for (int i = 0; i < 20; i++) {
                assertThat(
                                other.tryLease("job")
                                        .map(
                                                l -> {
                                                    l.close();
                                                    return true;
                                                }))
                        .isPresent();
            }
        }
    }

    @Test
    void aTurnEndsWhenItsSessionIsKilled() {
        try (var db = StateDb.open(settings(pg));
                var lease = db.tryLease("mortal").orElseThrow()) {
            pg.asAdmin(
                    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and"
                            + " database = (select oid from pg_database where datname ="
                            + " current_database())");
            assertThat(lease.held()).isFalse();
            // The session says good-bye before it lets go of its locks.
            await().until(
                            () ->
                                    db.tryLease("mortal")
                                            .map(
                                                    l -> {
                                                        l.close();
                                                        return true;
                                                    })
                                            .isPresent());
        }
    }

    private static void write(StateDb db, String value) {
        db.run(tx -> tx.update(StateSql.SETTING_PUT, setting(value)));
    }

    private static Map<String, Object> setting(String value) {
        return Map.of("name", "x", "value", value, "by", "test");
    }
}
