package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Makes the role unless it is there, and gives it these rights.
///
/// @param identity `USER`, `GROUP`, `SERVICE_PRINCIPAL`; null = a plain role
public record EnsureRoleAct(
        String project,
        String branch,
        String role,
        @Nullable String identity,
        @Nullable String login,
        boolean createDb,
        boolean createRole,
        boolean bypassRls,
        boolean superuser)
        implements ControlPlaneAct {
    @Override
    public String inWords() {
        return "role %s on %s/%s%s%s%s%s"
                .formatted(
                        role,
                        project,
                        branch,
                        createDb ? ", may create databases" : "",
                        createRole ? ", may create roles" : "",
                        bypassRls ? ", passes row security" : "",
                        superuser ? ", member of databricks_superuser" : "");
    }

    @Override
    public Optional<BranchRef> touches() {
        return Optional.of(new BranchRef(project, branch, null));
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.branch(project, branch).text("role", role);
        out.text("identity", identity).text("login", login);
        out.flag("create_db", createDb).flag("create_role", createRole);
        out.flag("bypass_rls", bypassRls).flag("superuser", superuser);
    }

    @Override
    public BranchEffect effect() {
        return BranchEffect.NONE;
    }

    @Override
    public RiskFact risk(Standing standing) {
        if (superuser || bypassRls) {
            return new RiskFact(
                    "ensure_powerful_role",
                    superuser
                            ? "role %s may read and change everything".formatted(role)
                            : "role %s sees every row, whatever policies say".formatted(role));
        }
        return standing.guarded()
                ? new RiskFact(
                        "ensure_role_in_production",
                        "role %s may act in production with the rights named".formatted(role))
                : new RiskFact(
                        "ensure_role", "role %s may act with the rights named".formatted(role));
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        plane.ensureRole(
                project,
                branch,
                new ControlPlane.Role(
                        role, identity, login, createDb, createRole, bypassRls, superuser),
                deadline);
        return Optional.empty();
    }
}
