package io.lakebaseops.agents.provisioning.project;

import io.lakebaseops.agents.provisioning.branching.BranchName;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.agents.provisioning.branching.PolicyGuard;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Proposes what is missing of a project and its branch tree. Run again it does only the rest; when
/// nothing is missing it proposes nothing.
public final class ProvisionLakebaseProject
        implements ChangeTool<ProvisionLakebaseProject.Input, ProvisionLakebaseProject.Output> {
    public static final String NAME = "provision_lakebase_project";

    /// What the tool notes of a project that is as wanted.
    public static final String COMPLETE = "nothing is missing; nothing changes";

    /// Short forms as they are usual in names; every other environment is slugged.
    private static final Map<String, String> ENVIRONMENTS =
            Map.of("production", "prod", "development", "dev");

    private final ControlPlaneAccess planes;
    private final BranchPolicy policy;
    private final Targets targets;
    private final SqlLibrary sql;

    public ProvisionLakebaseProject(
            ControlPlaneAccess planes, BranchPolicy policy, Targets targets, SqlLibrary sql) {
        this.planes = planes;
        this.policy = policy;
        this.targets = targets;
        this.sql = sql;
    }

    public record Input(
            @Doc("Name shown to people; left out: domain and environment") @Nullable String name,
            @Doc("Business domain, the first part of the project's id") String domain,
            @Doc(value = "Environment", defaultValue = "\"production\"") String environment,
            @Doc(value = "Branch tree", defaultValue = "\"multi_env_pipeline\"")
                    TreePattern pattern,
            @Doc("Tags for billing, added to ours") @Nullable Map<String, String> tags,
            @Doc("Tenants, for the two tenant patterns") @Nullable List<String> tenants,
            @Doc("First names, for per_developer") @Nullable List<String> developers,
            @Doc(value = "Least compute units", defaultValue = "0.5") double minCu,
            @Doc(value = "Most compute units", defaultValue = "2") double maxCu,
            @Doc("Idle time before a compute stops, PT5M; left out: 5 minutes")
                    @Nullable Duration suspendAfter) {}

    public record Output(List<Project> projects) {
        public Output {
            projects = List.copyOf(projects);
        }
    }

    /// @param missing steps still to be done; empty: the project is as wanted
    public record Project(
            String project, boolean exists, List<String> missing, List<String> notes) {
        public Project {
            missing = List.copyOf(missing);
            notes = List.copyOf(notes);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        ProvisionLakebaseProject.class,
                        "Makes a project and one of six branch trees; run again it does what is missing",
                        "A.project")
                .about(ToolDescriptor.Scope.CONSOLE);
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var plane = planes.of(context.target()).orElse(null);
        if (plane == null) {
            return refuse(
                    "a plain PostgreSQL has no projects", "choose a Lakebase connection profile");
        }
        var refusal = refusal(input, context);
        if (refusal.isPresent()) {
            return refuse(refusal.get(), "add them, or choose another pattern");
        }
        var projects = new ArrayList<Project>();
        var plans = new ArrayList<ChangePlan>();
        var caveats = new ArrayList<String>();
        for (var wanted : wanted(input)) {
            context.progress().at(-1, "Looking at project " + wanted.id());
            var gap = ProjectDrift.of(plane, wanted, context.deadline());
            var limit = tooMany(gap, plane, wanted, context);
            if (limit.isPresent()) {
                return refuse(limit.get(), "delete branches first, or choose a smaller tree");
            }
            var plan =
                    new ProjectPlan(
                            wanted,
                            gap,
                            new TargetId(context.target().profile(), wanted.id(), TreePattern.ROOT),
                            context,
                            targets,
                            sql);
            plan.make().ifPresent(plans::add);
            var notes = new ArrayList<>(gap.caveats());
            if (plan.steps().isEmpty()) {
                notes.add(COMPLETE);
            }
            notes.forEach(n -> caveats.add(wanted.id() + ": " + n));
            projects.add(
                    new Project(
                            wanted.id(),
                            gap.exists(),
                            plan.steps().stream().map(s -> s.title()).toList(),
                            notes));
        }
        return new Proposal<>(
                new Outcome.Found<>(
                        new Output(projects), Source.LIVE, List.of(), List.of(), caveats),
                plans);
    }

    private Optional<String> refusal(Input input, ToolContext context) {
        if (input.pattern().needsTenants() && list(input.tenants()).isEmpty()) {
            return Optional.of("this pattern needs the names of its tenants");
        }
        if (input.pattern() == TreePattern.PER_DEVELOPER && list(input.developers()).isEmpty()) {
            return Optional.of("this pattern needs the first names of its developers");
        }
        return input.pattern().nodes(list(input.developers()), policy).stream()
                .flatMap(
                        n ->
                                new PolicyGuard(policy)
                                                .refusal(
                                                        PolicyGuard.Act.CREATE,
                                                        n.branch(),
                                                        context.actor())
                                                .stream())
                .findFirst();
    }

    private Optional<String> tooMany(
            ProjectDrift gap, ControlPlane plane, ProjectSpec wanted, ToolContext context) {
        int there = gap.exists() ? plane.branches(wanted.id(), context.deadline()).size() : 0;
        int after = there + gap.made().size();
        return after > policy.limits().branches() && !gap.made().isEmpty()
                ? Optional.of(
                        "%s would have %d branches, and %d are allowed"
                                .formatted(wanted.id(), after, policy.limits().branches()))
                : Optional.empty();
    }

    private List<ProjectSpec> wanted(Input input) {
        var tenants = list(input.tenants()).stream().map(BranchName::slug).distinct().toList();
        return switch (input.pattern()) {
            case TENANT_PER_PROJECT ->
                    tenants.stream().map(t -> project(input, t, List.of())).toList();
            case TENANT_PER_SCHEMA ->
                    List.of(
                            project(
                                    input,
                                    null,
                                    tenants.stream()
                                            .map(t -> "tenant_" + t.replace('-', '_'))
                                            .toList()));
            case SIMPLE_DEV_PROD, MULTI_ENV_PIPELINE, PER_DEVELOPER, CI_EPHEMERAL ->
                    List.of(project(input, null, List.of()));
        };
    }

    private ProjectSpec project(Input input, @Nullable String tenant, List<String> schemas) {
        var environment =
                ENVIRONMENTS.getOrDefault(
                        input.environment(), BranchName.slug(input.environment()));
        var id =
                BranchName.slug(
                        input.domain() + (tenant == null ? "" : "-" + tenant) + "-" + environment);
        var tags = new TreeMap<String, String>();
        tags.put("domain", input.domain());
        tags.put("environment", input.environment());
        tags.put("managed_by", "lakebaseops");
        if (tenant != null) {
            tags.put("tenant", tenant);
        }
        if (input.tags() != null) {
            tags.putAll(input.tags());
        }
        var suspend = input.suspendAfter();
        return new ProjectSpec(
                id,
                input.name() == null ? id : input.name(),
                input.pattern().nodes(list(input.developers()), policy),
                schemas,
                tags,
                input.minCu(),
                input.maxCu(),
                suspend == null ? Duration.ofMinutes(5) : suspend);
    }

    private static List<String> list(@Nullable List<String> given) {
        return given == null ? List.of() : given;
    }

    private static Proposal<Output> refuse(String why, String remedy) {
        return new Proposal<>(Outcome.unavailable(why, remedy), List.of());
    }
}
