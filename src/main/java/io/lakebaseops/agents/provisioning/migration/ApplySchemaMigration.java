package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which migrations are still to be applied, what would they hurt, and the plan that applies them.
public final class ApplySchemaMigration
        implements ChangeTool<ApplySchemaMigration.Input, ApplySchemaMigration.Output> {
    public static final String NAME = "apply_schema_migration";

    private final Targets targets;
    private final SqlLibrary sql;
    private final ControlPlaneAccess planes;
    private final EarlierRuns earlier;

    public ApplySchemaMigration(
            Targets targets, SqlLibrary sql, ControlPlaneAccess planes, EarlierRuns earlier) {
        this.targets = targets;
        this.sql = sql;
        this.planes = planes;
        this.earlier = earlier;
    }

    public record Input(
            @Doc("Migration files, or folders of them, by path") List<String> files,
            @Doc("Database; the target's own when left out") @Nullable String database,
            @Doc(
                            value = "Also apply versions older than the newest applied one",
                            defaultValue = "false")
                    boolean outOfOrder,
            @Doc(value = "How long a statement may wait for its lock", defaultValue = "\"PT3S\"")
                    Duration lockTimeout,
            @Doc(value = "How long a statement may run", defaultValue = "\"PT15M\"")
                    Duration statementTimeout) {
        public Input {
            files = List.copyOf(files);
        }
    }

    /// @param newest version applied already, null when none is
    /// @param resumed statements left out because an earlier attempt ran them
    public record Output(
            String database,
            @Nullable String newest,
            List<String> pending,
            int resumed,
            List<Hazard> hazards) {
        public Output {
            pending = List.copyOf(pending);
            hazards = List.copyOf(hazards);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                ApplySchemaMigration.class,
                "Applies versioned SQL files once each, with lock timeouts, and says beforehand"
                        + " what they would block",
                "A.migration");
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var folder = MigrationFolder.of(input.files().stream().map(Path::of).toList());
        try (var session = session(input.database(), context)) {
            var history = MigrationHistory.read(session);
            var pending = history.pending(folder, input.outOfOrder());
            var live = LiveTables.read(session, HazardLint.names(pending));
            var hazards = new HazardLint(live, input.lockTimeout()).lint(pending);
            var finished = earlier.finished(context.target(), branchMadeAt(context));
            int resumed = pending.stream().mapToInt(finished::count).sum();
            var steps =
                    new MigrationSteps(
                            sql,
                            session.database(),
                            input.lockTimeout(),
                            input.statementTimeout(),
                            false);
            var plan = new MigrationPlan(history, pending, hazards, live, finished, steps);
            var output =
                    new Output(
                            session.database(),
                            history.newest().map(Object::toString).orElse(null),
                            pending.stream().map(MigrationFile::name).toList(),
                            resumed,
                            hazards);
            List<ChangePlan> plans = pending.isEmpty() ? List.of() : List.of(plan.of(context));
            return new Proposal<>(
                    new Outcome.Found<>(
                            output,
                            Source.LIVE,
                            List.of(),
                            List.of(),
                            caveats(pending, folder, live)),
                    plans);
        }
    }

    private static List<String> caveats(
            List<MigrationFile> pending, MigrationFolder folder, LiveTables live) {
        var caveats = new ArrayList<String>();
        for (var file : pending) {
            for (var statement : file.statements()) {
                var left = ConcurrentIndexes.leftBehind(statement, live);
                if (left != null) {
                    caveats.add(
                            "index %s is there and not valid, left by a build that failed: it is dropped"
                                            .formatted(left.sql())
                                    + " before %s builds it again".formatted(file.name()));
                }
            }
        }
        if (pending.isEmpty()) {
            caveats.add("nothing to apply: all %d are".formatted(folder.files().size()));
        }
        if (!folder.whole()) {
            caveats.add("single files were given: whether an applied one is missing was not asked");
        }
        return caveats;
    }

    private ReadSession session(@Nullable String database, ToolContext context) {
        return database == null
                ? targets.read(context.target(), context.deadline())
                : targets.read(context.target(), database, context.deadline());
    }

    private Instant branchMadeAt(ToolContext context) {
        var target = context.target();
        return planes.of(target)
                .flatMap(p -> p.branch(target.project(), target.branch(), context.deadline()))
                .map(ControlPlane.Branch::createdAt)
                .orElse(Instant.EPOCH);
    }
}
