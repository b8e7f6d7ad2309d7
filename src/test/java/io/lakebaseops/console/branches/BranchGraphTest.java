package io.lakebaseops.console.branches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.lakebaseops.agents.provisioning.branching.BranchLife;
import io.lakebaseops.agents.provisioning.branching.ProjectBranches;
import io.lakebaseops.console.FakeBranches;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.branches.BranchLook.Fold;
import io.lakebaseops.console.branches.BranchLook.Shown;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rows of the graph and its time axis, without a window.
final class BranchGraphTest {
    private static final Instant NOW = FakeShop.NOW;
    private final FakeBranches board = new FakeBranches();

    private static List<BranchLine> lines(ProjectBranches project, BranchLook look) {
        return BranchLines.of(
                new BranchesSnapshot(project, List.of(), NOW), look, Map.of(), Map.of(), null);
    }

    @Test
    void each_branch_stands_above_its_children_the_newest_on_top() {
        var lines = lines(FakeBranches.sample(), BranchLook.ALL);
        assertThat(lines)
                .extracting(BranchLine::key)
                .startsWith("production", "ai-agent-tax-3c1d", "qa-nightly")
                .containsSubsequence("staging", "ci-pr-221", "ci-pr-219", "ci-pr-214", "dev-anna");
        assertThat(lines.get(6).depth()).as("ci-pr-221").isEqualTo(2);
    }

    @Test
    void no_line_from_a_fork_point_crosses_the_lane_of_another_branch() {
        for (var project : List.of(FakeBranches.sample(), FakeBranches.many(500))) {
            for (var line : lines(project, BranchLook.ALL)) {
                assertThat(line.through())
                        .as("fork lines past " + line.key())
                        .allSatisfy(f -> assertThat(f).isBeforeOrEqualTo(line.life().forkedAt()));
            }
        }
    }

    @Test
    void a_branch_of_the_past_forks_where_its_data_ends() {
        var audit = FakeBranches.sample().find("audit-2026-11-17").orElseThrow();
        assertThat(audit.ofThePast()).isTrue();
        assertThat(Duration.between(audit.forkedAt(), NOW)).isEqualTo(Duration.ofDays(5));
        var keys =
                lines(FakeBranches.sample(), BranchLook.ALL).stream().map(BranchLine::key).toList();
        assertThat(keys.indexOf("audit-2026-11-17"))
                .as("among the forks of five days ago")
                .isGreaterThan(keys.indexOf("dev-anna"))
                .isLessThan(keys.indexOf("dev-chen"));
    }

    @Test
    void a_kind_folds_into_one_row_and_opens_again() {
        var all = FakeBranches.many(62);
        var folded = lines(all, BranchLook.ALL.fold(Fold.TYPE));
        assertThat(folded).hasSize(2);
        assertThat(folded.getLast().title()).isEqualTo("ci 61");
        assertThat(folded.getLast().folded()).hasSize(61);
        var open =
                lines(all, BranchLook.ALL.fold(Fold.TYPE).unfolded(Set.of(folded.getLast().key())));
        assertThat(open).hasSize(62);
        assertThat(lines(all, BranchLook.ALL.fold(Fold.TYPE).filter("ci-pr-7")))
                .as("the filter unfolds its hits")
                .extracting(BranchLine::key)
                .containsExactly("ci-pr-7");
    }

    @Test
    void the_filter_knows_names_owners_types_and_states() {
        var computes = new HashMap<>(board.endpoints(FakeShop.PRODUCTION, names()));
        assertThat(fitting("owner:agent", computes))
                .containsExactly("ai-agent-tax-3c1d", "perf-idx-7f3a");
        assertThat(fitting("type:dev ben", computes)).containsExactly("dev-ben");
        assertThat(fitting("state:suspended owner:human", computes))
                .containsExactly("dev-chen", "demo-acme");
        assertThat(fitting("state:protected", computes)).containsExactly("production");
        var soon =
                BranchLines.of(
                        new BranchesSnapshot(FakeBranches.sample(), List.of(), NOW),
                        BranchLook.ALL.shown(Shown.ENDING),
                        computes,
                        Map.of(),
                        null);
        assertThat(soon)
                .extracting(BranchLine::key)
                .containsExactly(
                        "ai-agent-tax-3c1d", "qa-nightly", "ci-pr-221", "ci-pr-219", "ci-pr-214");
    }

    private static List<String> names() {
        return FakeBranches.sample().branches().stream().map(BranchLife::id).toList();
    }

    private static List<String> fitting(String filter, Map<String, List<Endpoint>> computes) {
        return BranchLines.of(
                        new BranchesSnapshot(FakeBranches.sample(), List.of(), NOW),
                        BranchLook.ALL.filter(filter),
                        computes,
                        Map.of(),
                        null)
                .stream()
                .map(BranchLine::key)
                .toList();
    }

    @Test
    void minutes_and_weeks_are_readable_on_one_axis_and_a_place_gives_its_moment_back() {
        var scale = new LaneScale(NOW, 500, true, Duration.ofDays(27), Duration.ofDays(30));
        assertThat(scale.x(NOW)).isEqualTo(scale.nowX());
        double halfHour = scale.nowX() - scale.x(NOW.minus(Duration.ofMinutes(30)));
        assertThat(halfHour).as("pixels of the last half hour").isGreaterThan(40);
        assertThat(scale.x(NOW.minus(Duration.ofDays(27)))).isLessThan(0.5);
        for (double x : new double[] {3, 120, 300, 367, 420, 499}) {
            assertThat(scale.x(scale.at(x))).isCloseTo(x, offset(0.6));
        }
        var ticks = scale.ticks(ZoneOffset.UTC);
        assertThat(ticks).extracting(LaneScale.Tick::distance).contains("now", "−30 min", "−14 d");
        for (int i = 1; i < ticks.size(); i++) {
            assertThat(ticks.get(i).x() - ticks.get(i - 1).x()).isGreaterThanOrEqualTo(36);
        }
        var linear = new LaneScale(NOW, 500, false, Duration.ofDays(10), Duration.ofDays(10));
        assertThat(linear.x(NOW.minus(Duration.ofDays(5))))
                .isCloseTo(linear.nowX() / 2, offset(0.01));
    }
}
