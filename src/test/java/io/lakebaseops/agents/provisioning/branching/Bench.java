package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.change.approval.PlainGate;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakebase.acts.CreatedResource;
import io.lakebaseops.local.api.SettableClock;
import io.lakebaseops.state.CreatedResources;
import io.lakebaseops.testing.TestTargets;

import org.jspecify.annotations.Nullable;

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
    final MemoryCreated created = new MemoryCreated();
    final PlainGate gate = new PlainGate(plane, clock, created);
    final EnforceTtlPolicies enforce =
            new EnforceTtlPolicies(planes, policy, pullRequests, created);
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

    static final class MemoryCreated implements CreatedResources {
        private final Map<String, Entry> entries = new HashMap<>();

        /// As if a plan of ours had made it, with an end.
        void own(ControlPlane.Branch b) {
            own(b, 3600L);
        }

        void own(ControlPlane.Branch b, @Nullable Long ttlSeconds) {
            add(
                    TARGET.profile(),
                    new Entry(
                            UUID.randomUUID(),
                            "create_branch",
                            new CreatedResource(b.project(), b.id(), b.uid(), ttlSeconds, false)));
        }

        @Override
        public void add(String profile, Entry entry) {
            entries.putIfAbsent(profile + "/" + entry.what().uid(), entry);
        }

        @Override
        public Optional<Entry> find(String profile, String uid) {
            return Optional.ofNullable(entries.get(profile + "/" + uid));
        }

        @Override
        public List<CreatedResource> of(UUID plan) {
            return entries.values().stream()
                    .filter(e -> e.plan().equals(plan))
                    .map(Entry::what)
                    .toList();
        }
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
