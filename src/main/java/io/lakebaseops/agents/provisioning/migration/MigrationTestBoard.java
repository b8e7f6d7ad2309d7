package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.agents.provisioning.migration.MigrationTestStages.Stage;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The migration tests of this process, one a project: the stages of the one under way, and the
/// result of the last. Kept in memory, so that a screen can look on without asking a server.
public final class MigrationTestBoard {
    private final Clock clock;
    private final Map<String, Test> tests = new ConcurrentHashMap<>();

    public MigrationTestBoard(Clock clock) {
        this.clock = clock;
    }

    /// @param stages those that ended
    /// @param current number of the stage under way; 0 when the test has ended
    /// @param since when it began
    /// @param output null while it runs, and for a test that was stopped
    public record Test(
            TestMigrationOnBranch.Input input,
            Instant startedAt,
            List<Stage> stages,
            int current,
            Instant since,
            TestMigrationOnBranch.@Nullable Output output,
            @Nullable Instant endedAt) {
        public Test {
            stages = List.copyOf(stages);
        }

        public boolean running() {
            return endedAt == null;
        }
    }

    public Optional<Test> of(TargetId target) {
        return Optional.ofNullable(tests.get(key(target)));
    }

    /// What a test reports while it runs.
    interface Listener {
        Listener NONE =
                new Listener() {
                    @Override
                    public void began(int stage) {}

                    @Override
                    public void ended(Stage stage) {}
                };

        void began(int stage);

        void ended(Stage stage);
    }

    Listener begin(TargetId target, TestMigrationOnBranch.Input input) {
        var now = clock.instant();
        tests.put(key(target), new Test(input, now, List.of(), 1, now, null, null));
        return new Listener() {
            @Override
            public void began(int stage) {
                tests.computeIfPresent(
                        key(target),
                        (_, t) ->
                                new Test(
                                        t.input(),
                                        t.startedAt(),
                                        t.stages(),
                                        stage,
                                        clock.instant(),
                                        null,
                                        null));
            }

            @Override
            public void ended(Stage stage) {
                tests.computeIfPresent(key(target), (_, t) -> with(t, stage));
            }
        };
    }

    private static Test with(Test t, Stage stage) {
        var stages = new ArrayList<>(t.stages());
        stages.add(stage);
        return new Test(t.input(), t.startedAt(), stages, t.current(), t.since(), null, null);
    }

    /// @param output null for a test that was stopped
    void end(TargetId target, TestMigrationOnBranch.@Nullable Output output) {
        var now = clock.instant();
        tests.computeIfPresent(
                key(target),
                (_, t) ->
                        new Test(t.input(), t.startedAt(), t.stages(), 0, t.since(), output, now));
    }

    private static String key(TargetId target) {
        return target.profile() + "/" + target.project();
    }
}
