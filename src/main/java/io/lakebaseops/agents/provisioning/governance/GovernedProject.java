package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.agents.provisioning.migration.MigrationDraft;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ApiAct;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.acts.CreateBranchAct;
import io.lakebaseops.lakebase.acts.PurgeBranchAct;
import io.lakebaseops.lakebase.acts.SetExpiryAct;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts the parts of a governed project into the order of one plan. The project first, then its
/// tables and their isolation, then the branches, so that these have both, then the catalog: nobody
/// finds the database before it is isolated.
///
/// @param exists the project is there already
/// @param tree what makes the project and its branches; null when all are there
record GovernedProject(
        String id,
        boolean exists,
        @Nullable ChangePlan tree,
        MigrationDraft migrations,
        TenantParts tenants,
        CatalogDrift catalog) {
    private static final String ROOT = "production";

    /// Rights, names and tables change: an older plan is made anew.
    private static final Duration LIFE = Duration.ofHours(12);

    List<Step> steps() {
        var all = new ArrayList<Step>();
        int branches = firstBranch();
        var treeSteps = treeSteps();
        all.addAll(treeSteps.subList(0, branches));
        all.addAll(migrations.steps());
        all.addAll(tenants.steps());
        all.addAll(treeSteps.subList(branches, treeSteps.size()));
        all.addAll(catalog.steps());
        return all;
    }

    private List<Step> treeSteps() {
        return tree == null ? List.of() : tree.steps();
    }

    private int firstBranch() {
        var steps = treeSteps();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.ApiStep a && onBranch(a.act())) {
                return i;
            }
        }
        return steps.size();
    }

    private static boolean onBranch(ApiAct act) {
        return act instanceof CreateBranchAct
                || act instanceof PurgeBranchAct
                || act instanceof SetExpiryAct;
    }

    /// Branches that are there already keep their schema as it is.
    List<String> caveats(List<String> branches) {
        var said = new ArrayList<String>(tenants.caveats());
        said.addAll(catalog.caveats());
        catalog.mayNot().forEach(m -> said.add("we may not " + m));
        boolean changesSchema = !migrations.steps().isEmpty() || !tenants.steps().isEmpty();
        if (exists && changesSchema && !branches.isEmpty()) {
            said.add(
                    "%s were copied before: reset them from their parent to have it there, too"
                            .formatted(String.join(", ", branches)));
        }
        return said;
    }

    Optional<ChangePlan> plan(ToolContext context) {
        var steps = steps();
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        var now = context.clock().instant();
        var verb = exists ? "Complete governed project" : "Create governed project";
        return Optional.of(
                new ChangePlan(
                        new TargetId(context.target().profile(), id, ROOT),
                        ProvisionWithGovernance.NAME,
                        context.actor(),
                        verb,
                        verb + " " + id,
                        new Subject("project", null, null, null, id),
                        "%s asked for the whole chain: %s"
                                .formatted(context.actor().name(), summary()),
                        steps,
                        undo(),
                        new ExpectedEffect(
                                "a project whose tenants, branches and catalog are as asked",
                                "15–180 s",
                                null),
                        preconditions(),
                        proofs(),
                        List.of(),
                        null,
                        null,
                        now,
                        now.plus(LIFE)));
    }

    private String summary() {
        var parts = new ArrayList<String>();
        count(parts, treeSteps().size(), "project and branches");
        count(parts, migrations.steps().size(), "migrations");
        count(parts, tenants.steps().size(), "tenants");
        count(parts, catalog.steps().size(), "Unity Catalog");
        return String.join(", ", parts);
    }

    private static void count(List<String> parts, int steps, String what) {
        if (steps > 0) {
            parts.add("%s (%d step%s)".formatted(what, steps, steps == 1 ? "" : "s"));
        }
    }

    /// Of a new project everything goes with it; of one that was there, exactly what was done.
    private Undo undo() {
        var back = new ArrayList<Step>(catalog.undo());
        if (tree != null) {
            back.addAll(tree.undo().steps());
        }
        if (exists) {
            back.addAll(tenants.undo());
        }
        if (back.isEmpty()) {
            return Undo.none("migrations are taken back by others, or by a branch of the past");
        }
        var proofs = new ArrayList<Postcondition>(catalog.undoProofs());
        if (tree != null) {
            proofs.addAll(tree.undo().proofs());
        }
        if (exists) {
            proofs.addAll(tenants.undoProofs());
        }
        return new Undo(
                back,
                !exists
                        ? "takes the catalog back and deletes the project with all that was written to it"
                        : migrations.steps().isEmpty()
                                ? "takes back exactly these steps"
                                : "takes back these steps but the migrations and what isolates their"
                                        + " new tables",
                proofs);
    }

    private List<Precondition> preconditions() {
        var all = new ArrayList<Precondition>();
        if (tree == null) {
            all.add(new Precondition.BranchState("the project is there", id, ROOT, true));
        } else {
            all.addAll(tree.preconditions());
        }
        all.addAll(migrations.preconditions());
        all.addAll(tenants.preconditions());
        all.addAll(catalog.preconditions());
        return all;
    }

    private List<Postcondition> proofs() {
        var all = new ArrayList<Postcondition>();
        if (tree == null) {
            all.add(new Postcondition.BranchReady("production is ready", id, ROOT));
        } else {
            all.addAll(tree.proofs());
        }
        all.addAll(migrations.proofs());
        all.addAll(tenants.proofs());
        all.addAll(catalog.proofs());
        return all;
    }
}
