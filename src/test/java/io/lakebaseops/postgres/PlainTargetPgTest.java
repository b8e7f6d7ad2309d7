package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.platform.PrivateFiles;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class PlainTargetPgTest {
    @Test
    void aServiceEntryAndThePasswordFileAreEnough(@TempDir Path dir) throws Exception {
        var db = Pg17.shared().database("Service DB");
        var service = dir.resolve("pg_service.conf");
        Files.writeString(
                service,
                "[shop]\nhost=127.0.0.1\nport="
                        + db.server().port()
                        + "\ndbname="
                        + db.name()
                        + "\nuser=dba\n");
        var passwords = dir.resolve("pgpass");
        PrivateFiles.replace(passwords, "127.0.0.1:*:*:dba:dba\n");
        System.setProperty("org.postgresql.pgservicefile", service.toString());
        System.setProperty("org.postgresql.pgpassfile", passwords.toString());
        try {
            var door = JdbcConnectionProvider.ofService("svc", "shop", () -> null);
            assertThat(door.target().branch()).isEqualTo("127.0.0.1:" + db.server().port());
            try (var rig = TestTargets.of(door, door.target());
                    var session = rig.read()) {
                assertThat(session.database()).isEqualTo(db.name());
                assertThat(session.capabilities().user()).isEqualTo("dba");
            }
        } finally {
            System.clearProperty("org.postgresql.pgservicefile");
            System.clearProperty("org.postgresql.pgpassfile");
        }
    }

    @Test
    void aMissingPasswordIsNotTakenForAnUnreachableServer() {
        var db = Pg17.shared().database("no password");
        var door =
                JdbcConnectionProvider.ofUrl(
                        "orders",
                        "jdbc:postgresql://127.0.0.1:" + db.server().port() + "/postgres",
                        "dba",
                        () -> null);
        try (var rig = TestTargets.of(door, door.target())) {
            var e = catchThrowableOfType(OpsException.class, rig::read);
            assertThat(e.kind()).isEqualTo(OpsException.Kind.DENIED);
            assertThat(e.remedy()).contains("LAKEBASEOPS_SECRET_ORDERS");
        }
    }

    /// The driver takes a session that starts read only for a standby's.
    @Test
    void aTargetThatMustBeAPrimaryConnectsAndStillCannotWrite() {
        var db = Pg17.shared().database("primary");
        db.asDba("create table t (a int)");
        try (var rig = TestTargets.of(db.url() + "?targetServerType=primary", "dba", "dba")) {
            try (var session = rig.read()) {
                assertThat(session.capabilities().inRecovery()).isFalse();
            }
            var door =
                    JdbcConnectionProvider.ofUrl(
                            "test", db.url() + "?targetServerType=primary", "dba", () -> "dba");
            var reader = new Connector(door.target(), db.name(), door, Connector.READER);
            assertThatThrownBy(
                            () -> {
                                try (var c = reader.open(TestTargets.deadline());
                                        var s = c.createStatement()) {
                                    s.execute("insert into public.t values (1)");
                                }
                            })
                    .hasMessageContaining("read-only transaction");
        }
    }

    @Test
    void neverReachedRefusedAndUnknownAreToldApart() {
        var e = failure("jdbc:postgresql://127.0.0.1:1/x");
        assertThat(e.why()).contains("never worked yet").contains("nothing listens on this port");
        var unknown = failure("jdbc:postgresql://no-such-host.invalid/x");
        assertThat(unknown.why()).contains("the host name is not known");
        assertThat(unknown.remedy()).contains("spelling");
    }

    private static OpsException failure(String url) {
        try (var rig = TestTargets.of(url, "dba", "dba")) {
            var e = catchThrowableOfType(OpsException.class, rig::read);
            assertThat(rig.targets().condition(rig.target()))
                    .isInstanceOf(TargetCondition.NeverReached.class);
            return e;
        }
    }

    /// A server that answers as PostgreSQL 15 does.
    @Test
    void anOldServerIsToldByItsVersion() throws Exception {
        try (var old = new OldServer("15.18");
                var rig =
                        TestTargets.of(
                                "jdbc:postgresql://127.0.0.1:%d/x?sslmode=disable"
                                        .formatted(old.port()),
                                "dba",
                                "dba")) {
            var e = catchThrowableOfType(OpsException.class, rig::read);
            assertThat(e.kind()).isEqualTo(OpsException.Kind.UNSUPPORTED);
            assertThat(e.why()).contains("is PostgreSQL 15.18; LakebaseOps needs 17 or newer");
        }
    }

    @Test
    void aKilledServerFailsTheRoundClearlyAndTheNextOneWorksWithANewProbe() {
        var server = Pg17.started(List.of());
        try (var rig = TestTargets.of(server.database("crash"))) {
            var before = rig.targets().capabilities(rig.target(), TestTargets.deadline());
            server.kill();
            var e =
                    catchThrowableOfType(
                            OpsException.class,
                            () -> {
                                try (var s =
                                        rig.targets().read(rig.target(), TestTargets.deadline())) {
                                    s.query(SqlName.of("connections/connection_states"));
                                }
                            });
            assertThat(e.kind()).isEqualTo(OpsException.Kind.UNREACHABLE);
            server.restart();
            var after = rig.targets().capabilities(rig.target(), TestTargets.deadline());
            assertThat(after.postmasterStart()).isAfter(before.postmasterStart());
        } finally {
            server.stop();
        }
    }

    @Test
    void withoutPgMonitorTheRightsSaySo() {
        var db = Pg17.shared().database("weak");
        db.asAdmin("drop role if exists weak", "create role weak login password 'weak'");
        try (var rig = TestTargets.of(db.url(), "weak", "weak");
                var session = rig.read()) {
            var c = session.capabilities();
            assertThat(c.canMonitor()).isFalse();
            assertThat(c.canSignal()).isFalse();
            assertThat(c.canMaintain()).isFalse();
            assertThat(session.query(SqlName.of("connections/connection_states")).size())
                    .isPositive();
        }
    }
}
