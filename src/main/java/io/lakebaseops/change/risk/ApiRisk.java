package io.lakebaseops.change.risk;

import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step.ApiAct;
import io.lakebaseops.lakebase.ControlPlane;

import org.jspecify.annotations.Nullable;

/// How dangerous is one act on the control plane? Told from what the control plane says about the
/// branch, never from what the plan says about it.
final class ApiRisk {
    private final RiskLimits limits;

    ApiRisk(RiskLimits limits) {
        this.limits = limits;
    }

    record Ground(RiskLevel level, String reason) {}

    Ground of(ApiAct act, ChangeContext around) {
        return switch (act) {
            case ApiAct.CreateBranch c ->
                    c.isProtected()
                            ? new Ground(
                                    limits.createProtectedBranch(),
                                    "the only protected branch of the project is taken")
                            : new Ground(
                                    limits.createBranch(),
                                    "a new branch changes nothing that is there");
            case ApiAct.DeleteBranch d -> deletion(d.branch(), around);
            case ApiAct.UndeleteBranch _ ->
                    new Ground(limits.createBranch(), "a branch comes back, nothing goes");
            case ApiAct.PurgeBranch p -> purge(p.branch(), around);
            case ApiAct.ProtectBranch p ->
                    new Ground(
                            limits.protectBranch(),
                            p.isProtected()
                                    ? "the only protected branch of the project is taken"
                                    : "the branch can be deleted and reset from then on");
            case ApiAct.SetExpiry s -> expiry(s, around);
            case ApiAct.CreateProject _ ->
                    new Ground(limits.createProject(), "a new project costs money while it runs");
            case ApiAct.DeleteProject _ ->
                    new Ground(limits.deleteProject(), "all branches of the project go with it");
            case ApiAct.TagProject _ ->
                    new Ground(limits.tagProject(), "tags only change how costs are shown");
            case ApiAct.ShapeEndpoint _ ->
                    new Ground(
                            limits.shapeEndpoint(), "a compute may restart to take its settings");
            case ApiAct.EnsureRole r ->
                    new Ground(
                            limits.ensureRole(),
                            "role " + r.role() + " may act with the rights named");
            case ApiAct.RegisterCatalog _ ->
                    new Ground(
                            limits.registerCatalog(),
                            "Unity Catalog shows the database to whoever is granted to see it");
            case ApiAct.UnregisterCatalog _ ->
                    new Ground(
                            limits.unregisterCatalog(),
                            "grants on the catalog are lost and queries over it fail");
            case ApiAct.GrantOnCatalog g ->
                    new Ground(
                            limits.grantOnCatalog(),
                            "%s may do more in Unity Catalog from then on"
                                    .formatted(g.principal()));
            case ApiAct.RevokeOnCatalog r ->
                    new Ground(
                            limits.grantOnCatalog(),
                            "%s may do less in Unity Catalog from then on"
                                    .formatted(r.principal()));
        };
    }

    private Ground deletion(String name, ChangeContext around) {
        var branch = around.branches().get(name);
        if (branch == null && !around.known()) {
            return new Ground(limits.deleteOtherBranch(), "nobody could say what the branch is");
        }
        if (branch != null && (branch.isProtected() || branch.isDefault())) {
            return new Ground(
                    limits.deleteOtherBranch(),
                    branch.isProtected() ? "the branch is protected" : "it is the default branch");
        }
        return ephemeral(name, branch)
                ? new Ground(limits.deleteEphemeralBranch(), "the branch was made to be deleted")
                : new Ground(limits.deleteOtherBranch(), "the branch was made to stay");
    }

    /// A branch that lives now is lost for good by it; of one deleted before, only the way back.
    private Ground purge(String name, ChangeContext around) {
        var alive = around.branches().get(name);
        if (!ephemeral(name, alive) || !around.known()) {
            return new Ground(RiskLevel.HIGH, "a branch made to stay is purged for good");
        }
        boolean rebuilt = limits.disposablePrefixes().stream().anyMatch(name::startsWith);
        return alive == null || rebuilt
                ? new Ground(
                        limits.deleteEphemeralBranch(),
                        "a throw-away branch can no longer be brought back")
                : new Ground(
                        limits.purgeLiveBranch(),
                        "its data cannot be brought back, even for a day");
    }

    /// An expiry deletes the branch later without asking again.
    private Ground expiry(ApiAct.SetExpiry act, ChangeContext around) {
        var branch = around.branches().get(act.branch());
        boolean harmless = act.ttlSeconds() == null || ephemeral(act.branch(), branch);
        return harmless
                ? new Ground(limits.setExpiry(), "only how long a branch lives changes")
                : new Ground(
                        limits.expireOtherBranch(),
                        "the service deletes the branch when it is due");
    }

    private boolean ephemeral(String name, ControlPlane.@Nullable Branch branch) {
        return limits.ephemeralPrefixes().stream().anyMatch(name::startsWith)
                || (branch != null && branch.expiresAt() != null);
    }
}
