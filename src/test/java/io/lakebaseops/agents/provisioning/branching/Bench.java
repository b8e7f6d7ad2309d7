package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.change.approval.PlainGate;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.local.api.SettableClock;
import io.lakebaseops.testing.TestTargets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The branch tools over a control plane in memory, with the gate's own rules.
final class Bench {
    static final TargetId TARGET = new TargetId("p", MemoryControlPlane.PROJECT, "production");
    private static final BranchPolicy POLICY = BranchPolicy.standard();
    static final Actor AGENT = Actor.agent("provisioning");

    final SettableClock clock = new SettableClock();
    final MemoryControlPlane plane = new MemoryControlPlane(clock);
    final ControlPlaneAccess planes = _ -> Optional.of(plane);
    final BranchPolicy policy = POLICY;
    final MemoryPullRequests pullRequests = new MemoryPullRequests();
    final PlainGate gate = new PlainGate(plane, clock);
    final EnforceTtlPolicies enforce = new EnforceTtlPolicies(planes, policy, pullRequests);
    final CreateBranchOnPr open = new CreateBranchOnPr(planes, policy, pullRequests);
    final DeleteBranchOnPrClose close = new DeleteBranchOnPrClose(planes, policy, pullRequests);

    ToolContext as(Actor actor) {
        return new ToolContext(
                UUID.randomUUID(),
                TARGET,
                actor,
                TestTargets.deadline(),
                clock,
                ToolContext.Progress.SILENT);
    }

    static final class MemoryPullRequests implements PullRequests {
        private final Map<Long, PullRequest> known = new HashMap<>();

        @Override
        public boolean heard(TargetId project, PullRequest news, String by) {
            var old = known.get(news.number());
            if (old != null && old.at().isAfter(news.at())) {
                return false;
            }
            known.put(news.number(), news);
            return true;
        }

        @Override
        public Optional<PullRequest> find(TargetId project, long number) {
            return Optional.ofNullable(known.get(number));
        }

        @Override
        public List<PullRequest> all(TargetId project) {
            return new ArrayList<>(known.values());
        }
    }
}
