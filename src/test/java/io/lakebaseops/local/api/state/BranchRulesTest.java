package io.lakebaseops.local.api.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.local.api.http.Refusal;

import org.junit.jupiter.api.Test;

import java.time.Instant;

/// The one rule no call can break so far: only restores make further roots.
final class BranchRulesTest {
    @Test
    void a_fourth_root_exceeds_the_quota() {
        State state = State.empty();
        for (int i = 0; i < 3; i++) {
            assertThatCode(() -> BranchRules.rootQuota(state, "projects/p"))
                    .doesNotThrowAnyException();
            BranchRow root = root("root" + i);
            state.branches().put(root.name(), root);
        }
        assertThatThrownBy(() -> BranchRules.rootQuota(state, "projects/p"))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("QUOTA_EXCEEDED"))
                .hasMessageContaining("3 root branches");
    }

    private static BranchRow root(String id) {
        Instant now = Instant.EPOCH;
        return new BranchRow(
                "p",
                id,
                "br-" + id,
                now,
                now,
                BranchRow.State.READY,
                now,
                false,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
