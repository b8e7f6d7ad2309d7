package io.lakebaseops.change.execution;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The check that the target is still as it was when the plan was made; read again right before
/// the first step.
public final class Preconditions {
    private final Targets targets;
    private final ControlPlaneAccess controlPlanes;
    private final PostconditionCheck proofs;

    public Preconditions(
            Targets targets, ControlPlaneAccess controlPlanes, PostconditionCheck proofs) {
        this.proofs = proofs;
        this.targets = targets;
        this.controlPlanes = controlPlanes;
    }

    /// What no longer holds, in words; empty when the plan may run.
    public List<String> broken(ChangePlan plan, Deadline deadline) {
        var broken = new ArrayList<String>();
        for (var precondition : plan.preconditions()) {
            switch (precondition) {
                case Precondition.SqlRows rows -> rows(plan.target(), rows, deadline, broken);
                case Precondition.BranchState state ->
                        branch(plan.target(), state, deadline, broken);
                case Precondition.BranchAsSeen seen -> seen(plan.target(), seen, deadline, broken);
                case Precondition.StillTrue still ->
                        proofs.broken(plan.target(), still.proof(), deadline)
                                .ifPresent(how -> broken.add(still.description() + ": " + how));
                case Precondition.CatalogState state ->
                        catalog(plan.target()).still(state, deadline).ifPresent(broken::add);
                case Precondition.GrantsAsSeen seen ->
                        catalog(plan.target()).still(seen, deadline).ifPresent(broken::add);
            }
        }
        return broken;
    }

    private CatalogReader catalog(TargetId target) {
        return new CatalogReader(required(controlPlanes, target).unity());
    }

    private void rows(
            TargetId target, Precondition.SqlRows wanted, Deadline deadline, List<String> broken) {
        try (var session = targets.read(target, wanted.database(), deadline)) {
            var now = session.query(SqlName.of(wanted.query()), values(wanted.params()));
            if (!text(now).equals(text(wanted.expected()))) {
                broken.add(
                        "“%s” no longer holds: %s"
                                .formatted(
                                        wanted.description(),
                                        ChangedRows.words(wanted.expected(), now)));
            }
        }
    }

    private void branch(
            TargetId target,
            Precondition.BranchState wanted,
            Deadline deadline,
            List<String> broken) {
        boolean exists =
                required(controlPlanes, target)
                        .branch(wanted.project(), wanted.branch(), deadline)
                        .isPresent();
        if (exists != wanted.exists()) {
            broken.add(
                    "%s: branch %s %s now"
                            .formatted(
                                    wanted.description(),
                                    wanted.branch(),
                                    exists ? "exists" : "does not exist"));
        }
    }

    private void seen(
            TargetId target,
            Precondition.BranchAsSeen wanted,
            Deadline deadline,
            List<String> broken) {
        var all = required(controlPlanes, target).branches(wanted.project(), deadline);
        var now = all.stream().filter(b -> b.id().equals(wanted.branch())).findFirst();
        if (now.isEmpty()) {
            broken.add("%s: it is not there any more".formatted(wanted.description()));
            return;
        }
        var branch = now.get();
        boolean children = all.stream().anyMatch(b -> branch.id().equals(b.source()));
        differs(
                broken,
                wanted,
                "it is another branch of this name",
                !branch.uid().equals(wanted.uid()));
        differs(
                broken,
                wanted,
                branch.isProtected() ? "it is protected now" : "it is no longer protected",
                branch.isProtected() != wanted.isProtected());
        differs(
                broken,
                wanted,
                "whether it is the default branch changed",
                branch.isDefault() != wanted.isDefault());
        differs(
                broken,
                wanted,
                children ? "it has children now" : "its children are gone",
                children != wanted.hasChildren());
        differs(
                broken,
                wanted,
                "its expiry changed to " + branch.expiresAt(),
                !Objects.equals(branch.expiresAt(), wanted.expiresAt()));
    }

    private static void differs(
            List<String> broken, Precondition.BranchAsSeen wanted, String how, boolean so) {
        if (so) {
            broken.add(wanted.description() + ": " + how);
        }
    }

    static ControlPlane required(ControlPlaneAccess controlPlanes, TargetId target) {
        return controlPlanes
                .of(target)
                .orElseThrow(
                        () ->
                                new OpsException(
                                        OpsException.Kind.UNSUPPORTED,
                                        "Reach the control plane of " + target,
                                        "a plain PostgreSQL has none",
                                        "use a Lakebase connection profile"));
    }

    static Map<String, @Nullable String> values(List<SqlParam> params) {
        var values = new HashMap<String, @Nullable String>();
        params.forEach(p -> values.put(p.name(), p.value()));
        return values;
    }

    /// By text, because a stored row no longer knows whether its 7 was an int4 or an int8.
    private static List<Map<String, String>> text(Rows rows) {
        return rows.list().stream()
                .map(
                        row -> {
                            Map<String, String> cells = new LinkedHashMap<>();
                            row.forEach((column, cell) -> cells.put(column, cellText(cell)));
                            return cells;
                        })
                .toList();
    }

    private static String cellText(@Nullable Object cell) {
        // A marker no text from a database can be, since those hold no NUL.
        return cell == null ? "\0" : cell.toString();
    }
}
