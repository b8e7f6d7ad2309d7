package io.lakebaseops.local.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.compute.ComputeHost.EndpointSpec;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Seconds a compute is awake, metered and billed by the hour.
final class UsageMeterTest {
    private static final Instant START = Instant.parse("2026-11-02T10:15:00Z");

    @TempDir Path dir;
    private final StepClock clock = new StepClock();
    private UsageFiles files;
    private UsageMeter meter;

    @BeforeEach
    void open() {
        files = new UsageFiles(dir);
        meter = reopened();
    }

    private UsageMeter reopened() {
        return new UsageMeter(dir, files, clock, branch -> Optional.of("project-of-" + branch));
    }

    private static EndpointSpec spec(double cu) {
        return new EndpointSpec("ep-1", "br-1", false, cu, cu + 2, null, false, Map.of());
    }

    @Test
    void anHourIsBilledOnceItIsOverAndOnlyOnce() throws IOException {
        meter.up(spec(2));
        clock.pass(Duration.ofMinutes(30));
        meter.down("ep-1");
        assertThat(meter.due()).isFalse();
        meter.bill(List.of());
        assertThat(records()).isEmpty();
        clock.pass(Duration.ofMinutes(20));
        assertThat(meter.due()).isTrue();
        meter.bill(List.of(new UsageMeter.Space("p", "br-1", 73_000_000_000L)));
        meter.bill(List.of());
        reopened().bill(List.of());
        assertThat(records()).hasSize(2);
        var compute = records().getFirst();
        assertThat(compute.path("usage_quantity").asText()).isEqualTo("1.000000000000000000");
        assertThat(compute.path("usage_start_time").asText()).isEqualTo("2026-11-02T10:00:00Z");
        assertThat(compute.at("/usage_metadata/project_id").asText()).isEqualTo("project-of-br-1");
        // 73 GB, 15 units a month for each, 730 hours.
        assertThat(records().getLast().path("usage_quantity").asText())
                .isEqualTo("1.500000000000000000");
    }

    @Test
    void anotherSizeCountsFromTheMomentItIsTaken() throws IOException {
        meter.up(spec(1));
        clock.pass(Duration.ofMinutes(15));
        meter.up(spec(1));
        meter.up(spec(4));
        clock.pass(Duration.ofMinutes(80));
        meter.bill(List.of());
        // 10:15-10:30 at 1 CU, 10:30-11:00 at 4 CU; 11:00-12:00 is not over at 11:50.
        assertThat(records()).hasSize(1);
        assertThat(records().getFirst().path("usage_quantity").asText())
                .isEqualTo("2.250000000000000000");
        clock.pass(Duration.ofMinutes(15));
        meter.bill(List.of());
        assertThat(records().getLast().path("usage_quantity").asText())
                .isEqualTo("4.000000000000000000");
    }

    @Test
    void aKilledServerIsBilledUntilItWasSeenLast() throws IOException {
        meter.up(spec(1));
        clock.pass(Duration.ofMinutes(6));
        meter.beat();
        clock.pass(Duration.ofDays(2));
        var later = reopened();
        later.bill(List.of());
        assertThat(records()).hasSize(1);
        assertThat(records().getFirst().path("usage_quantity").asText())
                .isEqualTo("0.100000000000000000");
    }

    @Test
    void aCorrectionIsARecordOfItsOwn() throws IOException {
        var wrong =
                UsageRecord.compute("p", "br-1", "ep-1", START, new java.math.BigDecimal("2.5"));
        files.add(List.of(wrong, wrong.corrected("RETRACTION", wrong.quantity().negate(), START)));
        files.add(List.of(wrong));
        assertThat(records())
                .extracting(r -> r.path("record_type").asText())
                .containsExactly("ORIGINAL", "RETRACTION");
    }

    private List<JsonNode> records() throws IOException {
        var all = new ArrayList<JsonNode>();
        for (var file : files.files()) {
            for (var line : Files.readAllLines(file)) {
                all.add(Json.MAPPER.readTree(line));
            }
        }
        return all;
    }

    private static final class StepClock extends Clock {
        private Instant now = START;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
