package io.lakebaseops.change.risk;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/// The place where a plan would happen: its branch's environment and the branches it would delete.
public final class EnvironmentResolver {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentResolver.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ControlPlaneAccess controlPlanes;
    private final RiskLimits limits;
    private final BiPredicate<TargetId, Instant> madeByUs;

    public EnvironmentResolver(
            ControlPlaneAccess controlPlanes,
            RiskLimits limits,
            BiPredicate<TargetId, Instant> madeByUs) {
        this.madeByUs = madeByUs;
        this.controlPlanes = controlPlanes;
        this.limits = limits;
    }

    public ChangeContext around(ChangePlan plan) {
        var target = plan.target();
        var controlPlane = controlPlanes.of(target);
        if (controlPlane.isEmpty()) {
            return new ChangeContext(limits.plainTargetEnvironment(), Map.of(), true);
        }
        var deadline = Deadline.in(PATIENCE);
        try {
            var branches = new HashMap<String, ControlPlane.Branch>();
            for (var step : plan.steps()) {
                if (!(step instanceof Step.ApiStep(_, var act, _))) {
                    continue;
                }
                var p = touched(act);
                if (p != null) {
                    controlPlane
                            .get()
                            .branch(p.project(), p.branch(), deadline)
                            .ifPresent(found -> branches.put(p.branch(), found));
                }
            }
            var own = controlPlane.get().branch(target.project(), target.branch(), deadline);
            boolean ours =
                    own.filter(b -> expiring(b) && madeByUs.test(target, b.createdAt()))
                            .isPresent();
            if (ours) {
                return new ChangeContext(ChangeContext.Environment.EPHEMERAL, branches, true);
            }
            if (own.isEmpty() && makes(plan)) {
                return new ChangeContext(ChangeContext.Environment.NEW, branches, true);
            }
            boolean guarded = own.map(b -> b.isDefault() || b.isProtected()).orElse(false);
            return new ChangeContext(
                    guarded ? ChangeContext.Environment.PRODUCTION : byName(target),
                    branches,
                    true);
        } catch (OpsException e) {
            LOG.warn(
                    "Risk of '{}' on {} assumes the worst: {}",
                    plan.title(),
                    target,
                    e.getMessage());
            return new ChangeContext(ChangeContext.Environment.PRODUCTION, Map.of(), false);
        }
    }

    /// Equal for plans that `around` answers alike.
    public static Object asksFor(ChangePlan plan) {
        var places = new LinkedHashSet<Place>();
        for (var step : plan.steps()) {
            if (step instanceof Step.ApiStep(_, var act, _)) {
                var place = touched(act);
                if (place != null) {
                    places.add(place);
                }
            }
        }
        return List.of(plan.target(), places, makes(plan));
    }

    private static boolean makes(ChangePlan plan) {
        return plan.steps().stream()
                .anyMatch(
                        s ->
                                s instanceof Step.ApiStep(_, Step.ApiAct.CreateProject c, _)
                                        && c.project().equals(plan.target().project()));
    }

    /// Also by its name: a branch that people keep for long may be given an end as well.
    private boolean expiring(ControlPlane.Branch branch) {
        return branch.expiresAt() != null
                && !branch.isProtected()
                && !branch.isDefault()
                && limits.ephemeralPrefixes().stream().anyMatch(branch.id()::startsWith);
    }

    private record Place(String project, String branch) {}

    /// The branch whose standing decides how dangerous the act is.
    private static @Nullable Place touched(Step.ApiAct act) {
        return switch (act) {
            case Step.ApiAct.DeleteBranch d -> new Place(d.project(), d.branch());
            case Step.ApiAct.PurgeBranch p -> new Place(p.project(), p.branch());
            case Step.ApiAct.SetExpiry s -> new Place(s.project(), s.branch());
            case Step.ApiAct.ProtectBranch _,
                    Step.ApiAct.UndeleteBranch _,
                    Step.ApiAct.CreateBranch _,
                    Step.ApiAct.CreateProject _,
                    Step.ApiAct.DeleteProject _,
                    Step.ApiAct.TagProject _,
                    Step.ApiAct.ShapeEndpoint _,
                    Step.ApiAct.EnsureRole _,
                    Step.ApiAct.CatalogAct _ ->
                    null;
        };
    }

    private ChangeContext.Environment byName(TargetId target) {
        if (limits.productionBranches().contains(target.branch())) {
            return ChangeContext.Environment.PRODUCTION;
        }
        return limits.stagingBranches().contains(target.branch())
                ? ChangeContext.Environment.STAGING
                : ChangeContext.Environment.OTHER;
    }
}
