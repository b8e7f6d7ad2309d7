package io.lakebaseops.agents.provisioning.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Step.ScriptStep.Statement;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class FinishedStatementsTest {
    private static final MigrationFile FILE =
            MigrationFile.of("V2__v.sql", "vacuum a; vacuum b; vacuum a;");

    private static Step step(String title, boolean transactional, Statement... statements) {
        return new Step.ScriptStep(
                title,
                "db",
                List.of(statements),
                LockLevel.NONE,
                Reversibility.HARMLESS,
                transactional,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                0,
                false);
    }

    private static Step noted(String script, int checksum) {
        return step(
                "note",
                true,
                new Statement(
                        "insert",
                        List.of(
                                new SqlParam("script", "text", script),
                                new SqlParam("checksum", "int4", Integer.toString(checksum)))));
    }

    @Test
    void aStatementIsKnownByFileChecksumAndTextWhateverItsStepIsCalled() {
        var keys =
                FinishedStatements.of(
                        List.of(
                                step("one", false, Statement.of("vacuum a")),
                                step("one", false, Statement.of("vacuum b")),
                                noted(FILE.name(), FILE.checksum()),
                                step("one", false, Statement.of("vacuum a")),
                                noted("V3__v.sql", 7)));
        assertThat(keys)
                .isEqualTo(
                        Map.of(
                                0,
                                new FinishedStatements.Key(
                                        FILE.name(), FILE.checksum(), "vacuum a"),
                                1,
                                new FinishedStatements.Key(
                                        FILE.name(), FILE.checksum(), "vacuum b"),
                                3,
                                new FinishedStatements.Key("V3__v.sql", 7, "vacuum a")));
    }

    @Test
    void ofEqualStatementsAsManyAsRanAreDone() {
        var times = new HashMap<FinishedStatements.Key, Integer>();
        times.put(new FinishedStatements.Key(FILE.name(), FILE.checksum(), "vacuum a"), 1);
        times.put(new FinishedStatements.Key(FILE.name(), 1, "vacuum b"), 1);
        var finished = new FinishedStatements(times);
        assertThat(List.of(finished.has(FILE, 0), finished.has(FILE, 1), finished.has(FILE, 2)))
                .containsExactly(true, false, false);
        assertThat(finished.count(FILE)).isOne();
    }
}
