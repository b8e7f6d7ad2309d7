package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.framework.work.Launcher;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.schema.Comparison;
import io.lakebaseops.schema.Ddl;
import io.lakebaseops.schema.SchemaDiff;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Compares the schemas of two branches and derives the statements that lead from one to the other.
public final class CaptureSchemaDiff
        implements ReadTool<CaptureSchemaDiff.Input, CaptureSchemaDiff.Output> {
    private final Targets targets;
    private final Launcher launcher;

    public CaptureSchemaDiff(Targets targets) {
        this(targets, Launcher.virtualThreads());
    }

    CaptureSchemaDiff(Targets targets, Launcher launcher) {
        this.targets = targets;
        this.launcher = launcher;
    }

    public record Input(
            @Doc("Branch the statements start from") String source,
            @Doc("Branch they lead to") String target,
            @Doc("Only this database; left out: every one of both branches")
                    @Nullable String database,
            @Doc(value = "Wake a suspended compute to read it", defaultValue = "false")
                    boolean wake) {
        public Input {
            if (source.equals(target)) {
                throw new IllegalArgumentException("source and target are the same branch");
            }
        }
    }

    /// @param onlyInSource databases the target lacks, and the other way round
    public record Output(
            String source,
            String target,
            boolean equal,
            List<Compared> databases,
            List<String> onlyInSource,
            List<String> onlyInTarget) {}

    /// @param text one line per change, for people
    /// @param notCompared what one side holds that no reading covers, with its number: empty means
    ///     that no difference is none
    /// @param derivable false when a step is left to a person: then `ddl` has lines without `sql`
    public record Compared(
            String database,
            boolean equal,
            int objects,
            List<SchemaDiff.Line> changes,
            String text,
            List<String> notCompared,
            boolean derivable,
            List<Line> ddl) {}

    /// @param sql null where nothing can be derived; `hazards` then say why
    /// @param transaction 1, or 2 for what must wait until the labels added to enums are committed
    public record Line(
            String subject,
            @Nullable String sql,
            Ddl.Mark mark,
            List<String> hazards,
            int transaction) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        CaptureSchemaDiff.class,
                        "Compares the schemas of two branches: every object kind, as text and as DDL from"
                                + " source to target, marked safe, lossy or not derivable",
                        "A.migration")
                .about(ToolDescriptor.Scope.PROJECT)
                .within(Duration.ofMinutes(2));
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var source = branch(input.source(), context);
        var target = branch(input.target(), context);
        for (var side : List.of(source, target)) {
            if (!input.wake() && !targets.awake(side, context.deadline())) {
                return Outcome.unavailable(
                        "branch " + side.branch() + " is suspended and reading it would wake it",
                        "run it again with wake = true if its compute may start");
            }
        }
        var left = targets.databases(source, context.deadline());
        var right = targets.databases(target, context.deadline());
        var wanted = input.database();
        var shared = new ArrayList<>(left);
        shared.retainAll(right);
        if (wanted != null) {
            require(wanted, source, left);
            require(wanted, target, right);
            shared.retainAll(List.of(wanted));
        }
        var compared = new ArrayList<Compared>();
        var caveats = new ArrayList<String>();
        boolean leftOut = false;
        for (int i = 0; i < shared.size(); i++) {
            var database = shared.get(i);
            context.progress().at((double) i / shared.size(), database);
            try {
                compared.add(compare(source, target, database, context));
            } catch (OpsException e) {
                if (e.kind() != OpsException.Kind.DENIED || wanted != null) {
                    throw e;
                }
                leftOut = true;
                caveats.add("database %s was left out: %s".formatted(database, e.why()));
            }
        }
        for (var each : compared) {
            if (!each.notCompared().isEmpty()) {
                caveats.add(
                        "database %s was not compared in: %s"
                                .formatted(each.database(), String.join(", ", each.notCompared())));
            }
        }
        var onlySource = wanted == null ? without(left, right) : List.<String>of();
        var onlyTarget = wanted == null ? without(right, left) : List.<String>of();
        boolean equal =
                !leftOut
                        && onlySource.isEmpty()
                        && onlyTarget.isEmpty()
                        && compared.stream().allMatch(Compared::equal);
        return new Outcome.Found<>(
                new Output(input.source(), input.target(), equal, compared, onlySource, onlyTarget),
                Source.LIVE,
                List.of(),
                List.of(),
                caveats);
    }

    private static TargetId branch(String branch, ToolContext context) {
        return new TargetId(context.target().profile(), context.target().project(), branch);
    }

    private static void require(String database, TargetId side, List<String> databases) {
        if (!databases.contains(database)) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Comparing database " + database,
                    "branch " + side.branch() + " has none of this name",
                    "it has " + String.join(", ", databases));
        }
    }

    private static List<String> without(List<String> some, List<String> others) {
        return some.stream().filter(d -> !others.contains(d)).toList();
    }

    private Compared compare(
            TargetId source, TargetId target, String database, ToolContext context) {
        try (var left = targets.read(source, database, context.deadline());
                var right = targets.read(target, database, context.deadline())) {
            return compared(
                    Comparison.of(
                            left, right, body -> launcher.launch("schema of " + target, body)));
        }
    }

    private static Compared compared(Comparison comparison) {
        var diff = comparison.diff();
        var ddl = comparison.ddl();
        return new Compared(
                comparison.source().database(),
                diff.isEmpty(),
                comparison.target().objects().size(),
                diff.lines(),
                diff.text(),
                notCompared(comparison),
                ddl.complete(),
                lines(ddl));
    }

    private static List<Line> lines(Ddl ddl) {
        var lines = new ArrayList<Line>();
        int alone = ddl.before();
        for (var s : ddl.statements()) {
            int transaction = alone > 0 && lines.size() >= alone ? 2 : 1;
            lines.add(
                    new Line(s.subject().toString(), s.sql(), s.mark(), s.hazards(), transaction));
        }
        return lines;
    }

    private static List<String> notCompared(Comparison comparison) {
        var sides = new TreeMap<String, Integer>();
        comparison.source().unseen().forEach((kind, n) -> sides.merge(kind, n, Math::max));
        comparison.target().unseen().forEach((kind, n) -> sides.merge(kind, n, Math::max));
        var lines = new ArrayList<String>();
        sides.forEach((kind, n) -> lines.add(kind + ": " + n));
        var unreadable = new TreeMap<>(comparison.source().unreadable());
        unreadable.putAll(comparison.target().unreadable());
        unreadable.forEach(
                (id, why) -> lines.add("%s, which could not be read: %s".formatted(id, why)));
        return lines;
    }
}
