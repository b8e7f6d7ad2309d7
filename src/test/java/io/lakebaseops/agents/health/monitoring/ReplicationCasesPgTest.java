package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Slots and standbys whose figures look best when they are broken.
final class ReplicationCasesPgTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void lostUnusedAndCutOffAreSaidAndNeverShownAsZero(@TempDir Path dir) throws Exception {
        var server =
                Pg17.started(
                        List.of("primary_conninfo = 'host=127.0.0.1 port=1 connect_timeout=2'"));
        var database = server.database("slots");
        database.asAdmin(
                "select pg_create_physical_replication_slot('gone', true)",
                "alter system set max_slot_wal_keep_size = '1MB'",
                "select pg_reload_conf()",
                "create table filler (v text)");
        Awaitility.await()
                .atMost(Patience.LONG)
                .until(() -> "1MB".equals(database.scalar("show max_slot_wal_keep_size")));
        for (int i = 0; i < 4; i++) {
            database.asAdmin("insert into filler values ('x')", "select pg_switch_wal()");
        }
        database.asAdmin("checkpoint");
        database.asAdmin("select pg_create_physical_replication_slot('unused')");
        try (var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC())) {
            lakehouse.ensureTables(OpsTables.ALL);
            try (var rig = ToolRig.of(database)) {
                var round = round(rig, lakehouse);
                var slots = figure(round, MetricName.SLOT_RETAINED_BYTES);
                assertThat(slots.value()).isNull();
                assertThat(slots.detail())
                        .contains("gone is lost (wal_removed)")
                        .contains("unused was never used");
                assertThat(round.findings())
                        .extracting(f -> f.severity() + " " + f.subject().name())
                        .containsExactly(Severity.CRITICAL + " gone", Severity.INFO + " unused");
                assertThat(round.findings().getFirst())
                        .extracting(Finding::summary)
                        .asString()
                        .contains("must be rebuilt")
                        .contains("can be dropped");

                database.asAdmin(
                        "select pg_create_physical_replication_slot('waits', true)",
                        "insert into filler values ('y')");
                var retained = figure(round(rig, lakehouse), MetricName.SLOT_RETAINED_BYTES);
                assertThat(retained.value()).as("only what is still there counts").isPositive();
                assertThat(retained.detail())
                        .startsWith("held for waits; ")
                        .contains("waits has had no reader since 20")
                        .contains("gone is lost");
            }

            // The same server as a standby whose primary answers no more.
            var data = Path.of(String.valueOf(database.scalar("show data_directory")));
            server.kill();
            Files.createFile(data.resolve("standby.signal"));
            server.restart();
            try (var rig = ToolRig.of(database)) {
                var lag = figure(round(rig, lakehouse), MetricName.REPLICATION_LAG_SECONDS);
                assertThat(lag.value()).isNotNull().isPositive();
                assertThat(lag.detail()).startsWith("not receiving since 20");
            }
        } finally {
            server.stop();
        }
    }

    private static Outcome.Found<MonitorSystemHealth.Output> round(
            ToolRig rig, LocalLakehouse lakehouse) {
        return ToolRig.found(
                new MonitorSystemHealth(
                                rig.targets(),
                                rig.sql(),
                                lakehouse,
                                new LiveHealthBoard(),
                                new ToolRig.Events())
                        .run(new MonitorSystemHealth.Input(true), rig.context()));
    }

    private static MonitorSystemHealth.Figure figure(
            Outcome.Found<MonitorSystemHealth.Output> round, MetricName name) {
        return round.data().metrics().stream()
                .filter(f -> f.name().equals(name.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStandbyThatWasThereIsMissedForADay() {
        var known = new KnownStandbys();
        assertThat(known.missing(null, NOON)).isNull();
        assertThat(known.missing("a at 10.0.0.1\nb at 10.0.0.2", NOON)).isNull();
        var later = NOON.plus(Duration.ofMinutes(5));
        assertThat(known.missing("b at 10.0.0.2", later))
                .isEqualTo(new KnownStandbys.Missing("a at 10.0.0.1", NOON));
        assertThat(known.missing("a at 10.0.0.1\nb at 10.0.0.2", later.plusSeconds(5))).isNull();
        known.missing(null, later.plusSeconds(10));
        assertThat(known.missing(null, later.plus(Duration.ofDays(2)))).isNull();
    }
}
