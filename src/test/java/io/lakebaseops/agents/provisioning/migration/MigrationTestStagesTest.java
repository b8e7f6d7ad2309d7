package io.lakebaseops.agents.provisioning.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.provisioning.migration.MigrationTestStages.State;
import io.lakebaseops.domain.OpsException;

import org.junit.jupiter.api.Test;

import java.util.Objects;

/// What is told of a migration test that somebody stopped.
final class MigrationTestStagesTest {
    private static OpsException failing(OpsException.Kind kind) {
        return new OpsException(
                kind, "Applying V1__a.sql", "it was committed before the stop", "run it again");
    }

    private static MigrationTestStages until(OpsException.Kind kind, Runnable cleanUp) {
        var steps = new MigrationTestStages(MigrationTestBoard.Listener.NONE);
        steps.run(3, () -> "made");
        steps.run(
                4,
                () -> {
                    throw failing(kind);
                });
        steps.run(5, () -> "never");
        steps.always(
                9,
                () -> {
                    cleanUp.run();
                    return "deleted";
                });
        return steps;
    }

    @Test
    void aStoppedTestSaysWhatWasDoneAndThatItsBranchIsGone() {
        var steps = until(OpsException.Kind.CANCELLED, () -> {});
        var stopped = Objects.requireNonNull(steps.stopped("ci-pr-7"));
        assertThat(stopped.kind()).isEqualTo(OpsException.Kind.CANCELLED);
        assertThat(stopped.why())
                .isEqualTo("it was committed before the stop; the test's branch ci-pr-7: deleted");
        assertThat(stopped.remedy()).isEqualTo("run it again");
        assertThat(steps.stages())
                .extracting(MigrationTestStages.Stage::state)
                .containsExactly(State.DONE, State.FAILED, State.NOT_RUN, State.DONE);
    }

    @Test
    void aBranchThatIsLeftIsNamedWithTheReason() {
        var steps =
                until(
                        OpsException.Kind.CANCELLED,
                        () -> {
                            throw new OpsException(
                                    OpsException.Kind.UNREACHABLE,
                                    "Deleting the branch",
                                    "no answer",
                                    "delete it");
                        });
        assertThat(Objects.requireNonNull(steps.stopped("ci-pr-7")).why())
                .contains("ci-pr-7: ")
                .contains("no answer");
    }

    @Test
    void aFailureIsNoStop() {
        var steps = until(OpsException.Kind.CONFLICT, () -> {});
        assertThat(steps.stopped("ci-pr-7")).isNull();
        assertThat(steps.passed()).isFalse();
    }
}
