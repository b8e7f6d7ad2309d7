package io.lakebaseops.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.state.StateJson;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// A plan stored by version 0.2 is the same plan for every later one: people may approve it, and
/// take it back, after an upgrade.
///
/// When this fails, the change at hand makes all stored plans void. The file is never written anew.
final class StoredPlanTest {
    private static List<String> stored() throws IOException {
        try (var file = StoredPlanTest.class.getResourceAsStream("/plans/stored-by-0.2.txt")) {
            var text =
                    new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(l -> !l.startsWith("#")).toList();
        }
    }

    @Test
    void readsToTheFingerprintItWasFiledUnder() throws IOException {
        var lines = stored();
        var plan = StateJson.read(lines.get(3), ChangePlan.class);
        assertThat(plan.fingerprint().hex()).isEqualTo(lines.get(0));
        assertThat(plan.work()).isEqualTo(lines.get(1));
        assertThat(plan.facts()).isEqualTo(lines.get(2));
    }

    @Test
    void holdsOneOfEveryKind() throws IOException {
        var plan = StateJson.read(stored().get(3), ChangePlan.class);
        assertThat(plan.steps()).hasSize(17);
        assertThat(plan.preconditions()).hasSize(6);
        assertThat(plan.proofs()).hasSize(8);
    }
}
