package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.TestResult;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.trial.BranchTrial;
import io.lakebaseops.trial.LockTrace;
import io.lakebaseops.trial.QueryComparison;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// Tests a migration on a branch of its own. The nine steps on a branch of its own, deleted
/// afterwards. It only looks at what is there: all it changes is the branch it makes, and that
/// through the gate.
public final class TestMigrationOnBranch
        implements ReadTool<TestMigrationOnBranch.Input, TestMigrationOnBranch.Output> {
    /// As long as a pull request's branch may live.
    static final Duration LIFE = Duration.ofHours(4);

    private final Targets targets;
    private final SqlLibrary sql;
    private final BranchTrial trials;
    private final MigrationTestBoard board;

    public TestMigrationOnBranch(
            Targets targets, SqlLibrary sql, BranchTrial trials, MigrationTestBoard board) {
        this.board = board;
        this.targets = targets;
        this.sql = sql;
        this.trials = trials;
    }

    public record Input(
            @Doc("Number of the pull request; the branch is ci-pr-<n>") int pr,
            @Doc("Migration files, or folders of them, by path") List<String> files,
            @Doc(value = "Branch to copy", defaultValue = "\"staging\"") String source,
            @Doc(
                            value = "Branch whose traffic tells who would wait",
                            defaultValue = "\"production\"")
                    String live,
            @Doc(
                            value = "Queries that return the rows that are wrong; none is good",
                            defaultValue = "[]")
                    List<String> checks,
            @Doc(
                            value = "Longest time a lock may block writers on the copy",
                            defaultValue = "\"PT1S\"")
                    Duration lockLimit,
            @Doc(value = "How many statements of the workload are replayed", defaultValue = "20")
                    int top) {
        public Input {
            files = List.copyOf(files);
            checks = List.copyOf(checks);
            if (pr < 1) {
                throw new IllegalArgumentException("pr is the number of a pull request");
            }
        }
    }

    /// @param wouldQueue queries of the live branch that would have waited; null when its rate for
    ///     the table is not known
    public record Locked(LockTrace xray, @Nullable Double wouldQueue) {}

    /// @param schema the databases that differ after the migration, each with its difference
    public record Output(
            int pr,
            String branch,
            boolean passed,
            List<MigrationTestStages.Stage> steps,
            List<Hazard> hazards,
            List<Locked> locks,
            List<QueryComparison> queries,
            List<CaptureSchemaDiff.Compared> schema)
            implements TestResult {
        public Output {
            steps = List.copyOf(steps);
            hazards = List.copyOf(hazards);
            locks = List.copyOf(locks);
            queries = List.copyOf(queries);
            schema = List.copyOf(schema);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        TestMigrationOnBranch.class,
                        "Tries migrations on a short-lived copy: schema diff, checks, locks really taken,"
                                + " queries that got slower",
                        "A.migration")
                .changing()
                .about(ToolDescriptor.Scope.PROJECT)
                .within(Duration.ofMinutes(20));
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var at = context.target();
        var source = new TargetId(at.profile(), at.project(), input.source());
        var live = new TargetId(at.profile(), at.project(), input.live());
        var listener = board.begin(at, input);
        @Nullable Output output = null;
        try {
            output =
                    new MigrationTest(targets, sql, trials, input, source, live, listener, context)
                            .run();
        } finally {
            board.end(at, output);
        }
        return new Outcome.Found<>(output, Source.LIVE, List.of(), List.of(), List.of());
    }
}
