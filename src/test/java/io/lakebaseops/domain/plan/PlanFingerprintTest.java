package io.lakebaseops.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class PlanFingerprintTest {
    private static final long MB = 1 << 20;

    private static PlanFingerprint of(String sql, long bytes) {
        var step =
                new Step.SqlStep(
                        "x",
                        "db",
                        sql,
                        List.of(),
                        LockLevel.NONE,
                        Reversibility.HARMLESS,
                        false,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        bytes);
        var script =
                new Step.ScriptStep(
                        "y",
                        "db",
                        List.of(Step.ScriptStep.Statement.of(sql)),
                        LockLevel.NONE,
                        Reversibility.HARMLESS,
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        bytes,
                        false);
        return new ChangePlan(
                        new TargetId("p", "p", "b"),
                        "tool",
                        Actor.agent("a"),
                        "v",
                        "t",
                        Subject.index("db", "s", "t", "i"),
                        "w",
                        List.of(step, script),
                        new Undo(List.of(step), "back", List.of()),
                        new ExpectedEffect("e", null, null),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(1))
                .fingerprint();
    }

    @Test
    void aTableThatGrowsALittleDoesNotMakeItAnotherPlan() {
        assertThat(of("vacuum t", 9 * MB)).isEqualTo(of("vacuum t", 15 * MB));
        assertThat(of("vacuum t", 9 * MB)).isNotEqualTo(of("vacuum t", 20 * MB));
        assertThat(of("vacuum t", 0)).isNotEqualTo(of("vacuum t", 1));
    }

    @Test
    void anotherStatementIsAnotherPlan() {
        assertThat(of("vacuum t", 9 * MB)).isNotEqualTo(of("vacuum u", 9 * MB));
    }
}
