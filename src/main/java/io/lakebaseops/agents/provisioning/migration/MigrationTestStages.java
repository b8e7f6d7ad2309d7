package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The stages of a migration test. One failure stops what follows; cleaning up always runs.
public final class MigrationTestStages {
    /// One of the nine.
    ///
    /// @param output what came of it, or why it failed, or what it waits for
    public record Stage(int number, String name, State state, Duration took, String output) {}

    public enum State {
        DONE,
        FAILED,
        /// The caller brought it along.
        PROVIDED,
        WAITS,
        NOT_RUN
    }

    /// A check did not hold.
    static final class NotMet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotMet(String why) {
            super(why);
        }
    }

    /// Their names, in order.
    public static final List<String> NAMES =
            List.of(
                    "migration files",
                    "pull request",
                    "branch",
                    "apply",
                    "schema diff",
                    "checks",
                    "review",
                    "replay on merge",
                    "branch deleted");

    private final List<Stage> stages = new ArrayList<>();
    private final MigrationTestBoard.Listener listener;
    private boolean failed;
    private @Nullable OpsException cancelled;

    MigrationTestStages(MigrationTestBoard.Listener listener) {
        this.listener = listener;
    }

    void run(int number, Supplier<String> work) {
        if (failed) {
            add(number, State.NOT_RUN, Duration.ZERO, "a step before failed");
        } else {
            always(number, work);
        }
    }

    void always(int number, Supplier<String> work) {
        listener.began(number);
        long began = System.nanoTime();
        State state = State.DONE;
        String output;
        try {
            output = work.get();
        } catch (NotMet | OpsException e) {
            failed = true;
            state = State.FAILED;
            if (e instanceof OpsException o && o.kind() == OpsException.Kind.CANCELLED) {
                cancelled = cancelled == null ? o : cancelled;
            }
            output = String.valueOf(e.getMessage());
        }
        var took = Duration.ofNanos(System.nanoTime() - began);
        add(number, state, took, output);
    }

    void note(int number, State state, String output) {
        if (failed && state == State.WAITS) {
            add(number, State.NOT_RUN, Duration.ZERO, "a step before failed");
        } else {
            add(number, state, Duration.ZERO, output);
        }
    }

    private void add(int number, State state, Duration took, String output) {
        var stage = new Stage(number, NAMES.get(number - 1), state, took, output);
        stages.add(stage);
        listener.ended(stage);
    }

    /// What a person who stopped the test is told: why it ended, and what became of its branch in
    /// the last step. Null unless somebody stopped it.
    @Nullable OpsException stopped(String branch) {
        var by = cancelled;
        return by == null
                ? null
                : new OpsException(
                        OpsException.Kind.CANCELLED,
                        by.what(),
                        "%s; the test's branch %s: %s"
                                .formatted(by.why(), branch, stages.getLast().output()),
                        by.remedy(),
                        by);
    }

    boolean passed() {
        return !failed;
    }

    List<Stage> stages() {
        return List.copyOf(stages);
    }
}
