package io.lakebaseops.agents.provisioning.branching;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.RiskLevel;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Events of pull requests in any order, repeated or lost: after each, the newest one heard decides
/// whether the branch is there.
class PullRequestModelTest {
    private static final Actor CI = new Actor("github", Actor.Kind.CI);

    /// @param at when it happened, which is not when it arrives
    private record Event(long pr, boolean open, boolean fresh, boolean merged, Instant at) {}

    @Test
    void theBranchIsRightAfterEachEvent() {
        int events = 0;
        for (int seed = 0; seed < 300; seed++) {
            events += story(seed);
        }
        System.out.println("300 stories, " + events + " events");
        assertThat(events).isGreaterThan(2500);
    }

    private int story(int seed) {
        var random = new Random(seed);
        var bench = new Bench();
        bench.plane.put("staging", "production", null, false, false, bench.clock.instant());
        var events = arriving(random, bench.clock.instant());
        var newest = new HashMap<Long, Event>();
        for (var event : events) {
            if (random.nextInt(4) == 0) {
                halfAnHours(bench, random.nextInt(12), newest);
            }
            deliver(bench, event);
            newest.merge(event.pr(), event, (a, b) -> b.at().isBefore(a.at()) ? a : b);
            check(bench, newest, seed + " after " + event);
        }
        // A night later, with the keeper looking every half an hour, open ones still have theirs.
        halfAnHours(bench, 24, newest);
        check(bench, newest, seed + " a night later");
        return events.size();
    }

    private static List<Event> arriving(Random random, Instant start) {
        var happened = new ArrayList<Event>();
        for (long pr = 1; pr <= 1 + random.nextInt(4); pr++) {
            var at = start.plusSeconds(random.nextInt(50));
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                at = at.plusSeconds(1 + random.nextInt(40));
                boolean open = random.nextInt(3) != 0;
                happened.add(new Event(pr, open, random.nextInt(4) == 0, random.nextBoolean(), at));
            }
        }
        var arriving = new ArrayList<Event>();
        for (var e : happened) {
            for (int copies = random.nextInt(4); copies > 0; copies--) {
                arriving.add(e);
            }
        }
        if (random.nextBoolean()) {
            java.util.Collections.shuffle(arriving, random);
        }
        return arriving;
    }

    private static void halfAnHours(Bench bench, int many, Map<Long, Event> newest) {
        for (int i = 0; i < many; i++) {
            bench.clock.advance(Duration.ofMinutes(30));
            bench.plane.expire();
            if (newest.values().stream().anyMatch(Event::open)) {
                run(
                        bench,
                        bench.enforce
                                .propose(new EnforceTtlPolicies.Input(false), bench.as(Bench.AGENT))
                                .plans());
            }
        }
    }

    private static void deliver(Bench bench, Event e) {
        var plans =
                e.open()
                        ? ToolRigPlans.of(
                                bench.open.propose(
                                        new CreateBranchOnPr.Input(
                                                e.pr(), "feature", e.fresh(), e.at()),
                                        bench.as(CI)))
                        : ToolRigPlans.of(
                                bench.close.propose(
                                        new DeleteBranchOnPrClose.Input(e.pr(), e.merged(), e.at()),
                                        bench.as(CI)));
        run(bench, plans);
    }

    private static void run(Bench bench, List<ChangePlan> plans) {
        for (var plan : plans) {
            assertThat(bench.gate.risk(plan).level()).as(plan.title()).isEqualTo(RiskLevel.LOW);
            assertThat(bench.gate.carryOut(plan)).as(plan.title()).isEmpty();
        }
    }

    private static void check(Bench bench, Map<Long, Event> newest, String when) {
        newest.forEach(
                (pr, e) ->
                        assertThat(bench.plane.live.containsKey("ci-pr-" + pr))
                                .as("branch of %d in story %s", pr, when)
                                .isEqualTo(e.open()));
        assertThat(bench.plane.live.keySet()).contains("production", "staging");
    }

    @Test
    void aMergeSaysWhichReplayIsDue() {
        var bench = new Bench();
        bench.plane.put("staging", "production", null, false, false, bench.clock.instant());
        deliver(bench, new Event(7, true, false, false, bench.clock.instant()));
        var found =
                ToolRig.found(
                        bench.close
                                .propose(
                                        new DeleteBranchOnPrClose.Input(7, true, null),
                                        bench.as(CI))
                                .outcome());
        assertThat(found.data().replay()).contains("staging").contains("production");
        assertThat(found.findings()).hasSize(1);
    }

    @Test
    void aPullRequestNobodyHeardOfForWeeksKeepsNoBranch() {
        var bench = new Bench();
        bench.plane.put("staging", "production", null, false, false, bench.clock.instant());
        var opened = new Event(7, true, false, false, bench.clock.instant());
        deliver(bench, opened);
        halfAnHours(bench, 48 * 15, Map.of(7L, opened));
        assertThat(bench.plane.live).doesNotContainKey("ci-pr-7");
    }

    private static final class ToolRigPlans {
        static <O extends Record> List<ChangePlan> of(
                io.lakebaseops.framework.ChangeTool.Proposal<O> proposal) {
            ToolRig.found(proposal.outcome());
            return proposal.plans();
        }
    }
}
