package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Actor;

import org.junit.jupiter.api.Test;

import java.util.Map;

final class ProcessActorTest {
    @Test
    void aPipelineIsNotAPerson() {
        assertThat(ProcessActor.of("runner", Map.of("LAKEBASEOPS_AS", "ci")).kind())
                .isEqualTo(Actor.Kind.CI);
        assertThat(ProcessActor.of("ada", Map.of()).kind()).isEqualTo(Actor.Kind.HUMAN);
        assertThat(ProcessActor.of("ada", Map.of("LAKEBASEOPS_AS", "")).kind())
                .isEqualTo(Actor.Kind.HUMAN);
    }
}
