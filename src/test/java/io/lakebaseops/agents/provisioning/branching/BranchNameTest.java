package io.lakebaseops.agents.provisioning.branching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

final class BranchNameTest {
    private static final BranchPolicy POLICY = BranchPolicy.standard();

    @ParameterizedTest
    @CsvSource({
        "1.2.0, qa, qa-release-1-2-0, qa",
        "qa-release-1.2.0, qa, qa-release-1-2-0, qa",
        "7, ci, ci-pr-7, ci",
        "ci-pr-7, ephemeral, ci-pr-7, ci",
        "staging-copy, ephemeral, staging-copy, ephemeral",
        "staging, ephemeral, staging, staging",
        "New Login!, feat, feat-new-login, feat",
        "Zoë, dev, dev-zoe, dev",
        "9 lives, ephemeral, b-9-lives, ephemeral",
        "feat-x, ephemeral, feat-x, feat",
        "features, ephemeral, features, ephemeral",
        "2026-03-01, audit, audit-2026-03-01, audit",
        "fix-a1b2, ai-agent, ai-agent-fix-a1b2, ai-agent",
        "hotfix, ephemeral, hotfix, ephemeral"
    })
    void followsThePolicy(String wish, String type, String name, String belongsTo) {
        var made = BranchName.of(wish, type, POLICY);
        assertThat(made.value()).isEqualTo(name);
        assertThat(made.type()).isEqualTo(belongsTo);
    }

    @Test
    void refusesWhatDoesNotFitItsType() {
        assertThatThrownBy(() -> BranchName.of("staging-copy", "staging", POLICY))
                .hasMessageContaining("is called staging");
        assertThatThrownBy(() -> BranchName.of("abc", "ci", POLICY))
                .hasMessageContaining("ci-pr-<n>");
        assertThatThrownBy(() -> BranchName.of("x", "nonsense", POLICY))
                .hasMessageContaining("no branch type");
        assertThatThrownBy(() -> BranchName.of("…", "feat", POLICY))
                .hasMessageContaining("no letter or digit");
    }

    @Test
    void livesComeFromTheType() {
        assertThat(POLICY.types().get("ci").ttl()).isEqualTo(Duration.ofHours(4));
        assertThat(POLICY.types().get("perf").ttl()).isEqualTo(Duration.ofHours(48));
        assertThat(POLICY.types().get("production").ttl()).isNull();
        assertThat(POLICY.types().get("production").isProtected()).isTrue();
        assertThat(CreateBranch.life("7d")).isEqualTo(Duration.ofDays(7));
        assertThat(CreateBranch.life("PT90M")).isEqualTo(Duration.ofMinutes(90));
        assertThat(CreateBranch.life("none")).isNull();
        assertThatThrownBy(() -> CreateBranch.life("-4h"))
                .hasMessageContaining("not a length of time");
    }

    @Property(tries = 500)
    void everyNameIsALabel(@ForAll String wish) {
        if (wish.codePoints().noneMatch(c -> c < 128 && Character.isLetterOrDigit(c))) {
            return;
        }
        for (var type : new String[] {"ephemeral", "feat", "hotfix"}) {
            assertThat(BranchName.of(wish, type, POLICY).value())
                    .matches("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
        }
    }
}
