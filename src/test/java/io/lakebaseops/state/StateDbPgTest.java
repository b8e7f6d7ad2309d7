package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.SqlName;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

class StateDbPgTest {
    private static TestPg pg;

    @BeforeAll
    static void start() {
        pg = TestPg.start();
    }

    @AfterAll
    static void stop() {
        pg.close();
    }

    @Test
    void openingTwiceAtOnceMigratesOnce() throws Exception {
        pg.sql("postgres", "create database twice");
        var settings = StateSettings.of(pg.url("twice"), TestPg.USER, "");
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<StateDb> open = () -> StateDb.open(settings);
            for (var opened : threads.invokeAll(List.of(open, open, open, open))) {
                opened.get().close();
            }
        }
        assertThat(
                        pg.value(
                                "twice",
                                "select count(*) from lakebaseops.flyway_schema_history where"
                                        + " version = '1' and success"))
                .isEqualTo("1");
    }

    @Test
    void worksAgainAfterTheServerCrashed() {
        try (var own = TestPg.start();
                var db = StateDb.open(own.settings())) {
            write(db, "before");
            own.crashAndRestart();
            write(db, "after");
            assertThat(
                            own.value(
                                    "postgres",
                                    "select value from lakebaseops.settings where name='x'"))
                    .isEqualTo("after");
        }
    }

    @Test
    void aFailedTransactionLeavesNothing() {
        try (var db = StateDb.open(pg.settings())) {
            assertThatThrownBy(
                            () ->
                                    db.run(
                                            tx -> {
                                                tx.update(StateSql.SETTING_PUT, setting("half"));
                                                throw new IllegalStateException("stop");
                                            }))
                    .hasMessage("stop");
            assertThat(
                            pg.value(
                                    "postgres",
                                    "select count(*) from lakebaseops.settings where value='half'"))
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
        try (var one = StateDb.open(pg.settings());
                var other = StateDb.open(pg.settings())) {
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

    @Test
    void aTurnEndsWhenItsSessionIsKilled() {
        try (var db = StateDb.open(pg.settings());
                var lease = db.tryLease("mortal").orElseThrow()) {
            pg.sql(
                    "postgres",
                    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
            assertThat(lease.held()).isFalse();
            assertThat(
                            db.tryLease("mortal")
                                    .map(
                                            l -> {
                                                l.close();
                                                return true;
                                            }))
                    .isPresent();
        }
    }

    @Test
    void markersAreFoundOnlyWhereTheyAreMarkers() {
        var text =
                SqlTexts.parse(
                        SqlName.of("state/x"),
                        "-- question :no\nselect ':no', \":no\", a::text, :yes, :yes_2 -- :no\n");
        assertThat(text.markers()).containsExactly("yes", "yes_2");
        assertThat(text.jdbc()).endsWith("select ':no', \":no\", a::text, ?, ?");
    }

    private static void write(StateDb db, String value) {
        db.run(tx -> tx.update(StateSql.SETTING_PUT, setting(value)));
    }

    private static Map<String, Object> setting(String value) {
        return Map.of("name", "x", "value", value, "by", "test");
    }
}
