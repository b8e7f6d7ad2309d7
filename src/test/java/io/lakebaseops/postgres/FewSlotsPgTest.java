package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;

/// What we leave to the applications when a server's connection slots run short, and how our own
/// sessions are told from others.
class FewSlotsPgTest {
    private static Pg17 server;
    private static Pg17.Database database;

    @BeforeAll
    static void start() {
        server = Pg17.started(List.of("max_connections=40", "superuser_reserved_connections=3"));
        database = server.database("few");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static String ours() {
        return String.valueOf(
                database.scalar(
                        "select count(*) from pg_stat_activity"
                                + " where application_name = 'lakebaseops'"));
    }

    @Test
    void whenSlotsRunShortNothingIsKeptAndOtherDatabasesAreNotVisited() throws Exception {
        var applications = new ArrayList<Connection>();
        try (var rig = TestTargets.of(database)) {
            try (var session = rig.read()) {
                assertThat(session.capabilities().serverVersion()).isPositive();
            }
            assertThat(ours()).as("one is kept for the next look").isEqualTo("1");
            for (int i = 0; i < 35; i++) {
                applications.add(database.dba());
            }
            Awaitility.await()
                    .atMost(Patience.LONG)
                    .untilAsserted(
                            () -> {
                                try (var session = rig.read()) {
                                    assertThat(session.database()).isEqualTo(database.name());
                                }
                                assertThat(ours()).as("kept no more").isEqualTo("0");
                            });
            var e =
                    catchThrowableOfType(
                            OpsException.class,
                            () ->
                                    rig.targets()
                                            .read(
                                                    rig.target(),
                                                    "postgres",
                                                    TestTargets.deadline()));
            assertThat(e).isNotNull();
            assertThat(e.kind()).isEqualTo(OpsException.Kind.CONFLICT);
            assertThat(e.why()).contains("left to the applications");
        } finally {
            for (var application : applications) {
                application.close();
            }
        }
    }

    @Test
    void ourSessionsAreToldByTheirProcessNotByAName() throws Exception {
        try (var foreigner =
                        DriverManager.getConnection(
                                database.url() + "?ApplicationName=lakebaseops", "dba", "dba");
                var rig = TestTargets.of(database);
                var session = rig.read()) {
            assertThat(foreigner.isValid(60)).isTrue();
            var round = session.query(SqlName.of("monitoring/server_round")).list().getFirst();
            assertThat(round).containsEntry("own_sessions", 1L);
            assertThat((Long) round.get("client_sessions")).isGreaterThanOrEqualTo(2);
            assertThat(rig.targets().ownLoad(rig.target()).pids()).hasSize(1);
            assertThat(rig.targets().ownLoad(rig.target()).statements()).isPositive();
        }
    }
}
