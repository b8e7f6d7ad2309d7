package io.lakebaseops.change.risk;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ApiAct;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakebase.acts.BranchRef;
import io.lakebaseops.lakebase.acts.ControlPlaneAct;
import io.lakebaseops.lakebase.acts.CreateProjectAct;
import io.lakebaseops.lakebase.acts.Standing;
import io.lakebaseops.state.CreatedResources;
import io.lakebaseops.state.CreatedResources.Entry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Finds out where a plan would happen: its branch's environment, and the standing of each branch
/// that its acts touch.
public final class EnvironmentResolver {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentResolver.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ControlPlaneAccess controlPlanes;
    private final RiskLimits limits;
    private final CreatedResources created;

    public EnvironmentResolver(
            ControlPlaneAccess controlPlanes, RiskLimits limits, CreatedResources created) {
        this.controlPlanes = controlPlanes;
        this.limits = limits;
        this.created = created;
    }

    /// How a branch is looked up: as listed last, or anew.
    @FunctionalInterface
    private interface Lookup {
        Optional<Branch> branch(String project, String branch, Deadline deadline);
    }

    /// As the control plane says now: for whoever decides, and right before the run.
    public ChangeContext around(ChangePlan plan) {
        return around(plan, plane -> plane::branch);
    }

    /// As it was listed last: for filing, which may happen thousands of times an hour.
    public ChangeContext listed(ChangePlan plan) {
        return around(plan, plane -> plane.listing()::branch);
    }

    private ChangeContext around(ChangePlan plan, Function<ControlPlane, Lookup> view) {
        var plane = controlPlanes.of(plan.target());
        if (plane.isEmpty()) {
            return new ChangeContext(limits.plainTargetEnvironment(), Map.of(), true);
        }
        try {
            return around(plan, view.apply(plane.get()));
        } catch (OpsException e) {
            LOG.warn(
                    "Risk of '{}' on {} assumes the worst: {}",
                    plan.title(),
                    plan.target(),
                    e.getMessage());
            return new ChangeContext(ChangeContext.Environment.PRODUCTION, Map.of(), false);
        }
    }

    private ChangeContext around(ChangePlan plan, Lookup lookup) {
        var target = plan.target();
        var deadline = Deadline.in(PATIENCE);
        var own = lookup.branch(target.project(), target.branch(), deadline);
        var environment = environment(plan, own);
        boolean production = environment == ChangeContext.Environment.PRODUCTION;
        var standings = new HashMap<ApiAct, Standing>();
        for (var step : plan.steps()) {
            if (step instanceof Step.ApiStep api) {
                var act = ControlPlaneAct.of(api.act());
                standings.put(
                        act,
                        act.touches()
                                .map(b -> standing(target, b, production, lookup, deadline))
                                .orElseGet(() -> Standing.of(production)));
            }
        }
        return new ChangeContext(environment, standings, true);
    }

    private Standing standing(
            TargetId target,
            BranchRef named,
            boolean production,
            Lookup lookup,
            Deadline deadline) {
        var live = lookup.branch(named.project(), named.branch(), deadline);
        var uid = named.uid() == null ? live.map(Branch::uid).orElse(null) : named.uid();
        var ours =
                uid == null
                        ? null
                        : created.find(target.profile(), uid).map(Entry::what).orElse(null);
        boolean disposable =
                limits.disposablePrefixes().stream().anyMatch(named.branch()::startsWith);
        return new Standing(live.orElse(null), true, ours, disposable, production);
    }

    private ChangeContext.Environment environment(ChangePlan plan, Optional<Branch> own) {
        if (own.isEmpty() && makes(plan)) {
            return ChangeContext.Environment.NEW;
        }
        if (own.filter(b -> b.isDefault() || b.isProtected()).isPresent()) {
            return ChangeContext.Environment.PRODUCTION;
        }
        return own.filter(b -> b.expiresAt() != null && onItsTrial(plan, b)).isPresent()
                ? ChangeContext.Environment.TRIAL
                : byName(plan.target());
    }

    /// Made by us for a trial, and the plan is one of the tool that made it.
    private boolean onItsTrial(ChangePlan plan, Branch own) {
        return created.find(plan.target().profile(), own.uid())
                .filter(e -> e.what().trial() && e.tool().equals(plan.tool()))
                .isPresent();
    }

    private static boolean makes(ChangePlan plan) {
        return plan.steps().stream()
                .anyMatch(
                        s ->
                                s instanceof Step.ApiStep(_, CreateProjectAct c, _)
                                        && c.project().equals(plan.target().project()));
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
