package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.agents.provisioning.branching.BranchName;
import io.lakebaseops.agents.provisioning.migration.EarlierRuns;
import io.lakebaseops.agents.provisioning.project.ProvisionLakebaseProject;
import io.lakebaseops.agents.provisioning.project.TreePattern;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Proposes a project that is governed from its first minute. One plan, decided once: project,
/// tables, tenants kept apart, branches, Unity Catalog. Run again it does what is missing.
public final class ProvisionWithGovernance
        implements ChangeTool<ProvisionWithGovernance.Input, ProvisionWithGovernance.Output> {
    public static final String NAME = "provision_with_governance";

    private final ProvisionLakebaseProject projects;
    private final ControlPlaneAccess planes;
    private final Targets targets;
    private final SqlLibrary sql;
    private final EarlierRuns earlier;

    public ProvisionWithGovernance(
            ProvisionLakebaseProject projects,
            ControlPlaneAccess planes,
            Targets targets,
            SqlLibrary sql,
            EarlierRuns earlier) {
        this.projects = projects;
        this.planes = planes;
        this.targets = targets;
        this.sql = sql;
        this.earlier = earlier;
    }

    public record Input(
            @Doc("Name shown to people; left out: domain and environment") @Nullable String name,
            @Doc("Business domain: first part of the project's id, names the groups") String domain,
            @Doc(value = "Environment", defaultValue = "\"production\"") String environment,
            @Doc(value = "Branch tree", defaultValue = "\"multi_env_pipeline\"")
                    TreePattern pattern,
            @Doc("Tags for billing, added to ours") @Nullable Map<String, String> tags,
            @Doc("First names, for per_developer") @Nullable List<String> developers,
            @Doc(value = "Least compute units", defaultValue = "0.5") double minCu,
            @Doc(value = "Most compute units", defaultValue = "2") double maxCu,
            @Doc("Idle time before a compute stops, PT5M; left out: 5 minutes")
                    @Nullable Duration suspendAfter,
            @Doc("Migration files, or folders of them, applied to production first")
                    @Nullable List<String> migrations,
            @Doc("Tenants: values of the tenant column; each gets a role tenant_<name>")
                    @Nullable List<String> tenants,
            @Doc(value = "Schema of the tables to isolate", defaultValue = "\"public\"")
                    String schema,
            @Doc("Tables to isolate; they must be there or come with the migrations")
                    @Nullable List<String> tables,
            @Doc(value = "Column that names the tenant", defaultValue = "\"tenant_id\"")
                    String tenantColumn,
            @Doc(
                            value = "Tenant by role, or by setting among the role's",
                            defaultValue = "\"role_mapping\"")
                    ConfigureRls.Mode mode,
            @Doc(value = "Role that shall own the tables", defaultValue = "\"tables_owner\"")
                    String owner,
            @Doc("Name in Unity Catalog; left out: from the project's, shop-prod is prod_shop")
                    @Nullable String catalog,
            @Doc("Groups that may read; left out: <domain>-readers") @Nullable List<String> readers,
            @Doc("Groups that may read, tag and grant; left out: <domain>-stewards")
                    @Nullable List<String> stewards) {}

    public record Output(List<Project> projects) {
        public Output {
            projects = List.copyOf(projects);
        }
    }

    /// @param roles of the tenants, by tenant
    /// @param missing every step that is still to be done, in order; empty: all is as asked
    public record Project(
            String project,
            boolean exists,
            String catalog,
            Map<String, String> roles,
            List<String> missing,
            List<String> mayNot) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        ProvisionWithGovernance.class,
                        "Project, tables, isolated tenants, branches and Unity Catalog in one plan that can"
                                + " be taken up again",
                        "A.governance")
                .about(ToolDescriptor.Scope.CONSOLE);
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        check(input);
        var plane = planes.of(context.target()).orElse(null);
        if (plane == null) {
            return refuse(
                    "a plain PostgreSQL has no projects", "choose a Lakebase connection profile");
        }
        var trees = projects.propose(projectInput(input), context);
        return switch (trees.outcome()) {
            case Outcome.Unavailable<ProvisionLakebaseProject.Output>(var why, var remedy) ->
                    refuse(why, remedy);
            case Outcome.Found<ProvisionLakebaseProject.Output> found ->
                    propose(plane, found.data().projects(), trees.plans(), input, context);
        };
    }

    private Proposal<Output> propose(
            ControlPlane plane,
            List<ProvisionLakebaseProject.Project> projects,
            List<ChangePlan> trees,
            Input input,
            ToolContext context) {
        if (projects.size() > 1 && input.catalog() != null) {
            throw bad(
                    "one catalog cannot stand for %d projects: leave it out"
                            .formatted(projects.size()));
        }
        var output = new ArrayList<Project>();
        var plans = new ArrayList<ChangePlan>();
        var caveats = new ArrayList<String>();
        for (var project : projects) {
            context.progress().at(-1, "Looking at project " + project.project());
            var tree =
                    trees.stream()
                            .filter(p -> p.target().project().equals(project.project()))
                            .findFirst()
                            .orElse(null);
            var chain =
                    new GovernanceChain(
                            plane,
                            targets,
                            sql,
                            earlier,
                            input,
                            rls(input),
                            context,
                            project,
                            tree);
            switch (chain.look()) {
                case GovernanceChain.Answer.Refused(var why) -> {
                    return refuse(project.project() + ": " + why, "mend it and run this again");
                }
                case GovernanceChain.Answer.Looked looked -> {
                    output.add(looked.output());
                    plans.addAll(looked.plans());
                    looked.caveats().forEach(c -> caveats.add(project.project() + ": " + c));
                }
            }
        }
        if (input.tables() == null && input.tenants() != null && !input.pattern().needsTenants()) {
            caveats.add(
                    "no tables are named, so no tenant is isolated yet: name them, or run"
                            + " configure_rls when they are there");
        }
        return new Proposal<>(
                new Outcome.Found<>(new Output(output), Source.LIVE, List.of(), List.of(), caveats),
                plans);
    }

    private static ProvisionLakebaseProject.Input projectInput(Input input) {
        return new ProvisionLakebaseProject.Input(
                input.name(),
                input.domain(),
                input.environment(),
                input.pattern(),
                input.tags(),
                input.tenants(),
                input.developers(),
                input.minCu(),
                input.maxCu(),
                input.suspendAfter());
    }

    /// Null where no tables are to be isolated. A project per tenant needs no isolation inside.
    private static ConfigureRls.@Nullable Input rls(Input input) {
        if (input.tables() == null || input.tables().isEmpty() || input.tenants() == null) {
            return null;
        }
        return new ConfigureRls.Input(
                input.schema(),
                input.tables().stream().distinct().toList(),
                input.tenants().stream().map(t -> new TenantRole(t, roleOf(t))).toList(),
                input.tenantColumn(),
                input.mode(),
                "app.tenant",
                input.owner(),
                false,
                null);
    }

    /// Branch names' slugs, as identifiers are usual: `Acme & Co` is `tenant_acme_co`.
    static String roleOf(String tenant) {
        return BranchName.slug("tenant-" + tenant).replace('-', '_');
    }

    private static void check(Input input) {
        boolean tables = input.tables() != null && !input.tables().isEmpty();
        if (tables && (input.tenants() == null || input.tenants().isEmpty())) {
            throw bad("tables to isolate need the tenants they hold");
        }
        if (tables && input.pattern() == TreePattern.TENANT_PER_PROJECT) {
            throw bad("with a project per tenant nothing is shared: leave tables out");
        }
        if (tables && input.owner().isBlank()) {
            throw bad("the tables need an owner whom policies bind");
        }
        var rls = rls(input);
        if (rls != null) {
            ConfigureRls.check(rls);
            var byRole = new HashMap<String, String>();
            for (var t : rls.tenants()) {
                var other = byRole.put(t.role(), t.tenant());
                if (other != null) {
                    throw bad(
                            "tenants %s and %s would share the role %s"
                                    .formatted(other, t.tenant(), t.role()));
                }
            }
        }
    }

    private static OpsException bad(String why) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT, "Input of " + NAME, why, "correct it");
    }

    private static Proposal<Output> refuse(String why, String remedy) {
        return new Proposal<>(Outcome.unavailable(why, remedy), List.of());
    }
}
