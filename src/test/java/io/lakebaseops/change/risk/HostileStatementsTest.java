package io.lakebaseops.change.risk;

import static io.lakebaseops.domain.plan.RiskLevel.HIGH;
import static io.lakebaseops.domain.plan.RiskLevel.LOW;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.change.risk.ChangeContext.Environment;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Statements that try to look harmless. Each is judged as a step and as a script, with claims of
/// being as harmless as can be; none is LOW outside a branch of ours, and each says why.
final class HostileStatementsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RiskPolicy policy = RiskPolicy.standard();

    @ParameterizedTest(name = "{2}")
    @CsvFileSource(
            resources = "/risk/hostile-statements.txt",
            delimiter = '|',
            quoteCharacter = '\u0001',
            maxCharsPerColumn = 20_000)
    void no_statement_of_others_runs_without_a_person(RiskLevel level, String why, String text) {
        var sql = text.replace("\\n", "\n");
        for (var step : List.of(step(sql), script(sql))) {
            var risk = risk(step, Environment.OTHER);
            assertThat(risk.level()).as("%s: %s", sql, risk.reasons()).isEqualTo(level);
            assertThat(risk.reasons()).as(sql).anyMatch(r -> r.contains(why));
            assertThat(risk(step, Environment.STAGING).level()).isNotEqualTo(LOW);
        }
        assertThat(risk(script(sql), Environment.PRODUCTION).level()).isEqualTo(HIGH);
        assertThat(risk(script(sql), Environment.NEW).level()).isEqualTo(HIGH);
    }

    private Risk risk(Step step, Environment environment) {
        var plan =
                new ChangePlan(
                        new TargetId("p", "p", "b"),
                        "tool",
                        Actor.agent("a"),
                        "v",
                        "t",
                        Subject.table("db", "s", "t"),
                        "w",
                        List.of(step),
                        new Undo(List.of(step), "back", List.of()),
                        new ExpectedEffect("e", null, null),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(1));
        return policy.assess(plan, new ChangeContext(environment, Map.of(), true));
    }

    private static Step.SqlStep step(String sql) {
        return new Step.SqlStep(
                "x",
                "db",
                sql,
                List.of(),
                LockLevel.NONE,
                Reversibility.HARMLESS,
                false,
                SECOND,
                SECOND,
                0);
    }

    private static Step.ScriptStep script(String sql) {
        return new Step.ScriptStep(
                "x",
                "db",
                List.of(Step.ScriptStep.Statement.of(sql)),
                LockLevel.NONE,
                Reversibility.HARMLESS,
                false,
                SECOND,
                SECOND,
                0,
                false);
    }
}
