package io.lakebaseops.agents.provisioning.project;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The plan that brings a project to what it shall be.
final class ProjectPlan {
    /// Every new project has it.
    private static final String DATABASE = "databricks_postgres";

    private static final Duration LIFE = Duration.ofHours(24);
    private static final Duration LOCK = Duration.ofSeconds(5);
    private static final Duration STATEMENT = Duration.ofSeconds(10);

    private final ProjectSpec wanted;
    private final ProjectDrift gap;
    private final TargetId target;
    private final ToolContext context;
    private final List<Step> steps;

    ProjectPlan(
            ProjectSpec wanted,
            ProjectDrift gap,
            TargetId target,
            ToolContext context,
            Targets targets,
            SqlLibrary sql) {
        this.wanted = wanted;
        this.gap = gap;
        this.target = target;
        this.context = context;
        this.steps = new ArrayList<>(gap.steps());
        if (!wanted.schemas().isEmpty()) {
            // Before the branches are copied, so that these have the schemas, too.
            int at = Math.min(gap.exists() ? 0 : 1, steps.size());
            steps.addAll(at, schemas(targets, sql));
        }
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    private List<Step> schemas(Targets targets, SqlLibrary sql) {
        var there = gap.exists() ? existing(targets) : List.<String>of();
        return wanted.schemas().stream()
                .filter(s -> !there.contains(s))
                .map(s -> schema(s, sql))
                .toList();
    }

    private List<String> existing(Targets targets) {
        try (var session = targets.read(target, DATABASE, context.deadline())) {
            return session.query(ProjectSql.SCHEMAS, Map.of()).list().stream()
                    .map(r -> String.valueOf(r.get("schema_name")))
                    .toList();
        }
    }

    private static Step schema(String name, SqlLibrary sql) {
        return new Step.SqlStep(
                "Make schema " + name,
                DATABASE,
                sql.render(ProjectSql.CREATE_SCHEMA, Map.of("schema", Ident.of(name))).text(),
                List.of(),
                LockLevel.NONE,
                Reversibility.RECOVERABLE,
                true,
                LOCK,
                STATEMENT,
                0);
    }

    Optional<ChangePlan> make() {
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        var now = context.clock().instant();
        var tree =
                wanted.nodes().stream()
                        .map(n -> n.source() + " → " + n.branch())
                        .collect(Collectors.joining(", "));
        return Optional.of(
                new ChangePlan(
                        target,
                        ProvisionLakebaseProject.NAME,
                        context.actor(),
                        gap.exists() ? "Complete project" : "Create project",
                        (gap.exists() ? "Complete project " : "Create project ") + wanted.id(),
                        new Subject("project", null, null, null, wanted.id()),
                        "%s asked for the tree %s".formatted(context.actor().name(), tree),
                        steps,
                        undo(),
                        new ExpectedEffect(
                                "project %s with %d branches"
                                        .formatted(wanted.id(), wanted.nodes().size() + 1),
                                "10–120 s",
                                null),
                        preconditions(),
                        proofs(),
                        List.of(),
                        null,
                        null,
                        now,
                        now.plus(LIFE)));
    }

    /// Running it again goes on where it broke off; this takes back what it made.
    private Undo undo() {
        if (gap.undo().isEmpty()) {
            return Undo.none("the steps change nothing that was there before");
        }
        var proofs =
                gap.made().stream()
                        .<Postcondition>map(
                                b -> new Postcondition.BranchGone(b + " is gone", wanted.id(), b))
                        .toList();
        return new Undo(
                gap.undo(),
                gap.exists()
                        ? "takes back exactly these steps"
                        : "deletes the project with all that was written to it",
                proofs);
    }

    private List<Precondition> preconditions() {
        var all = new ArrayList<Precondition>();
        all.add(
                new Precondition.BranchState(
                        gap.exists() ? "the project is there" : "the project is not there yet",
                        wanted.id(),
                        TreePattern.ROOT,
                        gap.exists()));
        gap.made().stream()
                .filter(b -> !b.equals(TreePattern.ROOT))
                .forEach(
                        b ->
                                all.add(
                                        new Precondition.BranchState(
                                                b + " is not there yet", wanted.id(), b, false)));
        return all;
    }

    private List<Postcondition> proofs() {
        var all = new ArrayList<Postcondition>();
        all.add(
                new Postcondition.BranchReady(
                        "production is ready", wanted.id(), TreePattern.ROOT));
        for (var node : wanted.nodes()) {
            all.add(
                    new Postcondition.BranchReady(
                            node.branch() + " is ready", wanted.id(), node.branch()));
        }
        return all;
    }
}
