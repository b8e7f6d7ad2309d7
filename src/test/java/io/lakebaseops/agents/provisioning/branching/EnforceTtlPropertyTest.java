package io.lakebaseops.agents.provisioning.branching;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.branching.PullRequests.PullRequest;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.lakebase.ControlPlane.Branch;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// A thousand random trees, judged by rules written down here a second time.
class EnforceTtlPropertyTest {
    private static final int TREES = 1000;

    /// Names and whether the policy gives such a branch an end that agents may carry out.
    private static final Map<String, Boolean> NAMES =
            Map.ofEntries(
                    Map.entry("staging", false),
                    Map.entry("development", false),
                    Map.entry("staging-copy", true),
                    Map.entry("ci-pr-1", true),
                    Map.entry("ci-pr-2", true),
                    Map.entry("ci-pr-33", true),
                    Map.entry("hotfix-4711", true),
                    Map.entry("perf-load", true),
                    Map.entry("qa-release-1-2-0", true),
                    Map.entry("audit-2026-01-02", true),
                    Map.entry("demo-acme", true),
                    Map.entry("dev-kim", true),
                    Map.entry("feat-login", true),
                    Map.entry("ai-agent-fix-7", true));

    private record Tree(Bench bench, Set<String> open, Random random) {}

    @Test
    void neverTouchesWhatMustStayAndAlwaysRemovesWhatIsDue() {
        int deleted = 0;
        int spared = 0;
        for (int seed = 0; seed < TREES; seed++) {
            var tree = tree(seed);
            var bench = tree.bench();
            var before = new HashMap<>(bench.plane.live);
            var now = bench.clock.instant();
            var proposal =
                    bench.enforce.propose(
                            new EnforceTtlPolicies.Input(false), bench.as(Bench.AGENT));
            var output = ToolRig.found(proposal.outcome()).data();
            assertThat(output.deleted().size() + output.renewed().size() + output.kept().size())
                    .as("every branch has its verdict, tree %d", seed)
                    .isEqualTo(before.size());
            var meanwhile = meanwhile(tree, output.deleted());
            for (var plan : proposal.plans()) {
                if (plan.verb().equals("Delete branch")
                        && !meanwhile.equals(plan.subject().name())) {
                    assertThat(bench.gate.risk(plan).level())
                            .as("%s, tree %d", plan.title(), seed)
                            .isEqualTo(RiskLevel.LOW);
                }
                var refusal = bench.gate.carryOut(plan);
                assertThat(refusal.isPresent())
                        .as("%s, tree %d: %s", plan.title(), seed, refusal)
                        .isEqualTo(meanwhile.equals(plan.subject().name()));
            }
            for (var b : before.values()) {
                boolean due = due(b, before, tree.open(), now, bench);
                boolean gone = !bench.plane.live.containsKey(b.id());
                assertThat(gone)
                        .as("%s of tree %d, meanwhile %s", b, seed, meanwhile)
                        .isEqualTo(due && !meanwhile.equals(b.id()));
                deleted += gone ? 1 : 0;
                spared += due && !gone ? 1 : 0;
                if (!gone && b.expiresAt() == null && !meanwhile.equals(b.id())) {
                    assertThat(bench.plane.live.get(b.id()).expiresAt())
                            .as("nobody gives %s of tree %d an end", b.id(), seed)
                            .isNull();
                }
            }
        }
        System.out.printf(
                "%d trees, %d deleted, %d saved at the last moment%n", TREES, deleted, spared);
        assertThat(deleted).isGreaterThan(500);
        assertThat(spared).isGreaterThan(100);
    }

    @Test
    void oldBranchesOfOthersAreNamedAndLeftAlone() {
        var bench = new Bench();
        var now = bench.clock.instant();
        var old = now.minus(Duration.ofDays(50));
        for (var name : List.of("demo-acme", "dev-anna", "development")) {
            bench.plane.put(name, "production", null, false, false, old);
        }
        var ours = bench.plane.put("dev-b2", "production", null, false, false, old);
        bench.created.own(ours, null);
        var before = new HashMap<>(bench.plane.live);
        var proposal =
                bench.enforce.propose(new EnforceTtlPolicies.Input(false), bench.as(Bench.AGENT));
        assertThat(proposal.plans()).isEmpty();
        assertThat(bench.plane.live).isEqualTo(before);
        var found = ToolRig.found(proposal.outcome());
        assertThat(found.findings())
                .extracting(f -> f.kind() + " " + f.subject().name())
                .containsExactlyInAnyOrder(
                        "branch_without_expiry demo-acme",
                        "branch_without_expiry dev-anna",
                        "branch_without_expiry development");
        assertThat(found.data().kept())
                .filteredOn(k -> k.branch().equals("dev-b2"))
                .singleElement()
                .extracting(EnforceTtlPolicies.Fate::reason)
                .isEqualTo("it was made without an expiry");
    }

    @Test
    void aForeignBranchPastItsEndIsNotDeletedByUs() {
        var bench = new Bench();
        var now = bench.clock.instant();
        bench.plane.put("dev-anna", "production", now.minusSeconds(5), false, false, now);
        var proposal =
                bench.enforce.propose(new EnforceTtlPolicies.Input(false), bench.as(Bench.AGENT));
        assertThat(proposal.plans()).isEmpty();
        assertThat(ToolRig.found(proposal.outcome()).data().deleted()).isEmpty();
    }

    @Test
    void aDryRunTellsTheSameAndDoesNothing() {
        for (int seed = 0; seed < 50; seed++) {
            var bench = tree(seed).bench();
            var dry =
                    bench.enforce.propose(
                            new EnforceTtlPolicies.Input(true), bench.as(Bench.AGENT));
            var wet =
                    bench.enforce.propose(
                            new EnforceTtlPolicies.Input(false), bench.as(Bench.AGENT));
            assertThat(dry.plans()).isEmpty();
            assertThat(ToolRig.found(dry.outcome()).data().deleted())
                    .isEqualTo(ToolRig.found(wet.outcome()).data().deleted());
        }
    }

    @Test
    void warnsAnHourAheadAndClosesTheWarningWithTheBranch() {
        var bench = new Bench();
        var now = bench.clock.instant();
        bench.plane.put("feat-a", "production", now.plusSeconds(3000), false, false, now);
        bench.plane.put("feat-b", "production", now.plusSeconds(7200), false, false, now);
        var found =
                ToolRig.found(
                        bench.enforce
                                .propose(new EnforceTtlPolicies.Input(false), bench.as(Bench.AGENT))
                                .outcome());
        assertThat(found.findings()).hasSize(1);
        assertThat(found.findings().getFirst().summary()).contains("feat-a");
        assertThat(found.coversKinds())
                .containsExactly(EnforceTtlPolicies.KIND, EnforceTtlPolicies.NO_EXPIRY);
    }

    /// Somebody protects, uses or replaces a branch between the look and the deletion.
    private static String meanwhile(Tree tree, List<EnforceTtlPolicies.Fate> deleted) {
        if (deleted.isEmpty() || tree.random().nextInt(3) != 0) {
            return "";
        }
        var plane = tree.bench().plane;
        var id = deleted.get(tree.random().nextInt(deleted.size())).branch();
        var b = plane.live.get(id);
        switch (tree.random().nextInt(4)) {
            case 0 ->
                    plane.live.put(
                            id, MemoryControlPlane.with(b, false, true, b.source(), b.expiresAt()));
            case 1 -> plane.put("child-of-it", id, null, false, false, Instant.EPOCH);
            case 2 ->
                    plane.live.put(
                            id,
                            MemoryControlPlane.with(
                                    b,
                                    false,
                                    false,
                                    b.source(),
                                    tree.bench().clock.instant().plusSeconds(9000)));
            default -> plane.put(id, b.source(), b.expiresAt(), false, false, b.createdAt());
        }
        return id;
    }

    private static boolean due(
            Branch b, Map<String, Branch> all, Set<String> open, Instant now, Bench bench) {
        return mayEnd(b, all, open)
                && NAMES.getOrDefault(b.id(), false)
                && bench.created.find(Bench.TARGET.profile(), b.uid()).isPresent()
                && b.expiresAt() != null
                && !b.expiresAt().isAfter(now);
    }

    private static boolean mayEnd(Branch b, Map<String, Branch> all, Set<String> open) {
        return !b.isDefault()
                && !b.isProtected()
                && b.source() != null
                && !open.contains(b.id())
                && all.values().stream().noneMatch(c -> b.id().equals(c.source()));
    }

    private static Tree tree(int seed) {
        var random = new Random(seed);
        var bench = new Bench();
        var now = bench.clock.instant();
        var names = new ArrayList<>(NAMES.keySet());
        names.sort(String::compareTo);
        java.util.Collections.shuffle(names, random);
        boolean taken = random.nextBoolean();
        if (taken) {
            bench.plane.put("production", null, null, true, true, now);
        }
        var open = new HashSet<String>();
        for (var name : names.subList(0, 1 + random.nextInt(names.size()))) {
            var there = new ArrayList<>(bench.plane.live.keySet());
            var source = random.nextInt(12) == 0 ? null : there.get(random.nextInt(there.size()));
            boolean guard = !taken && random.nextInt(8) == 0;
            taken |= guard;
            var made =
                    bench.plane.put(
                            name,
                            source,
                            expiry(random, now),
                            false,
                            guard,
                            now.minusSeconds(random.nextInt(20 * 86_400)));
            if (random.nextInt(4) != 0) {
                bench.created.own(made);
            }
            if (name.startsWith("ci-pr-") && random.nextInt(3) == 0) {
                open.add(name);
                bench.pullRequests.heard(
                        Bench.TARGET,
                        new PullRequest(
                                Long.parseLong(name.substring(6)), name, null, true, false, now),
                        "ci");
            }
        }
        return new Tree(bench, open, random);
    }

    private static Instant expiry(Random random, Instant now) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> now.plusSeconds(1 + random.nextInt(20 * 86_400));
            default -> now.minusSeconds(random.nextInt(86_400));
        };
    }
}
