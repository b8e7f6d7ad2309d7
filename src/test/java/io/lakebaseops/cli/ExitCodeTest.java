package io.lakebaseops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.Samples;
import io.lakebaseops.framework.TestResult;
import io.lakebaseops.framework.ToolReport;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

final class ExitCodeTest {
    private record Tried(boolean passed) implements TestResult {}

    private static int code(Record data, ToolReport.Status status) {
        return ExitCode.of(
                new ToolReport(
                        UUID.randomUUID(),
                        "test_migration_on_branch",
                        Samples.TARGET,
                        Actor.human("ada"),
                        status,
                        Source.LIVE,
                        List.of(),
                        data,
                        List.of(),
                        List.of(),
                        null,
                        Samples.NOON,
                        Duration.ofSeconds(1)));
    }

    @Test
    void aTestThatDidNotPassStopsAPipeline() {
        assertThat(code(new Tried(true), ToolReport.Status.OK)).isZero();
        assertThat(code(new Tried(false), ToolReport.Status.OK)).isEqualTo(1);
        assertThat(code(new Tried(true), ToolReport.Status.UNAVAILABLE)).isEqualTo(3);
    }
}
