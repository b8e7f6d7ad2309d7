package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.agents.provisioning.migration.EarlierRuns;
import io.lakebaseops.agents.provisioning.migration.MigrationDraft;
import io.lakebaseops.agents.provisioning.project.ProvisionLakebaseProject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is missing of one governed project, part by part. Looks at what is there; of a project that
/// is not, everything is missing.
///
/// @param rls null where no tables are to be isolated
/// @param project as the tool for projects found it
/// @param tree that tool's plan; null when project and branches are complete
record GovernanceChain(
        ControlPlane plane,
        Targets targets,
        SqlLibrary sql,
        EarlierRuns earlier,
        ProvisionWithGovernance.Input input,
        ConfigureRls.@Nullable Input rls,
        ToolContext context,
        ProvisionLakebaseProject.Project project,
        @Nullable ChangePlan tree) {
    private static final String ROOT = "production";
    private static final String DATABASE = "databricks_postgres";

    sealed interface Answer {
        record Refused(String why) implements Answer {}

        record Looked(
                ProvisionWithGovernance.Project output,
                List<ChangePlan> plans,
                List<String> caveats)
                implements Answer {}
    }

    Answer look() {
        var wish =
                new CatalogSpec(
                        input.catalog(),
                        input.domain(),
                        project.project(),
                        ROOT,
                        DATABASE,
                        input.readers(),
                        input.stewards());
        var found =
                project.exists()
                        ? wish.on(plane, context.deadline())
                        : wish.fresh(plane, context.deadline());
        return switch (found) {
            case CatalogSpec.Answer.Refused(var why, var remedy) ->
                    new Answer.Refused(why + " — " + remedy);
            case CatalogSpec.Answer.Looked looked -> database(looked);
        };
    }

    private Answer database(CatalogSpec.Answer.Looked catalog) {
        var nothing = TenantParts.none(List.of());
        if (!project.exists()) {
            return whole(
                    catalog,
                    MigrationDraft.fresh(sql, DATABASE, files()),
                    rls == null ? nothing : new TenantSteps(sql, DATABASE, rls).fresh());
        }
        if (files().isEmpty() && rls == null) {
            return whole(catalog, MigrationDraft.none(), nothing);
        }
        try (var session = targets.read(target(), DATABASE, context.deadline())) {
            var migrations =
                    files().isEmpty()
                            ? MigrationDraft.none()
                            : MigrationDraft.on(
                                    session, sql, files(), earlier.finished(target(), madeAt()));
            return whole(
                    catalog,
                    migrations,
                    rls == null
                            ? nothing
                            : new TenantSteps(sql, DATABASE, rls).on(session, context));
        }
    }

    private Answer whole(
            CatalogSpec.Answer.Looked catalog, MigrationDraft migrations, TenantParts tenants) {
        if (!tenants.obstacles().isEmpty()) {
            return new Answer.Refused(String.join("; ", tenants.obstacles()));
        }
        var whole =
                new GovernedProject(
                        project.project(),
                        project.exists(),
                        tree,
                        migrations,
                        tenants,
                        catalog.gap());
        var output =
                new ProvisionWithGovernance.Project(
                        project.project(),
                        project.exists(),
                        catalog.wanted().catalog(),
                        roles(),
                        whole.steps().stream().map(Step::title).toList(),
                        catalog.gap().mayNot());
        return new Answer.Looked(
                output, whole.plan(context).map(List::of).orElse(List.of()), caveats(whole));
    }

    private List<String> caveats(GovernedProject whole) {
        var said = new ArrayList<>(whole.caveats(standing()));
        // The tree alone may be complete while other parts are not.
        project.notes().stream()
                .filter(n -> !n.equals(ProvisionLakebaseProject.COMPLETE))
                .forEach(said::add);
        if (whole.steps().isEmpty() && whole.catalog().mayNot().isEmpty()) {
            said.add(ProvisionLakebaseProject.COMPLETE);
        }
        return said;
    }

    private TargetId target() {
        return new TargetId(context.target().profile(), project.project(), ROOT);
    }

    private List<String> files() {
        return input.migrations() == null ? List.of() : input.migrations();
    }

    private Map<String, String> roles() {
        var roles = new TreeMap<String, String>();
        if (rls != null) {
            rls.tenants().forEach(t -> roles.put(t.tenant(), t.role()));
        }
        return roles;
    }

    private Instant madeAt() {
        return plane.branch(project.project(), ROOT, context.deadline())
                .map(ControlPlane.Branch::createdAt)
                .orElse(Instant.EPOCH);
    }

    /// Branches beside production that are there by now.
    private List<String> standing() {
        return project.exists()
                ? plane.branches(project.project(), context.deadline()).stream()
                        .map(ControlPlane.Branch::id)
                        .filter(b -> !b.equals(ROOT))
                        .sorted()
                        .toList()
                : List.of();
    }
}
