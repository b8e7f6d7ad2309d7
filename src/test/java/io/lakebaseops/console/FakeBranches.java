package io.lakebaseops.console;

import io.lakebaseops.agents.provisioning.branching.BranchBoard;
import io.lakebaseops.agents.provisioning.branching.BranchLife;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.agents.provisioning.branching.LifeEvent;
import io.lakebaseops.agents.provisioning.branching.ProjectBranches;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;
import io.lakebaseops.lakebase.ControlPlane.Project;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// An invented project with its branches, as the drawings of the branches screen show it.
public final class FakeBranches implements BranchBoard {
    private static final Instant NOW = FakeShop.NOW;
    private static final long GB = 1L << 30;

    public volatile @Nullable ProjectBranches project = sample();
    public volatile @Nullable RuntimeException broken;
    public volatile @Nullable ChangePlan plan;
    public final AtomicInteger reads = new AtomicInteger();
    public final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public BranchPolicy policy() {
        return BranchPolicy.standard();
    }

    @Override
    public Optional<ProjectBranches> read(TargetId target) {
        reads.incrementAndGet();
        var failure = broken;
        if (failure != null) {
            throw failure;
        }
        return Optional.ofNullable(project);
    }

    @Override
    public Map<String, List<Endpoint>> endpoints(TargetId target, List<String> branches) {
        asked.add("computes of " + branches.size());
        var found = new HashMap<String, List<Endpoint>>();
        for (var b : branches) {
            found.put(b, List.of(compute(b)));
        }
        return found;
    }

    private static Endpoint compute(String branch) {
        boolean production = branch.equals("production");
        boolean sleeps =
                branch.startsWith("qa-nightly")
                        || branch.startsWith("demo")
                        || branch.equals("staging")
                        || branch.equals("dev-chen")
                        || branch.equals("audit-2026-11-01");
        return new Endpoint(
                "storefront-prod",
                branch,
                "primary",
                "projects/storefront-prod/branches/%s/endpoints/primary".formatted(branch),
                true,
                sleeps ? "IDLE" : "ACTIVE",
                true,
                false,
                "127.0.0.1",
                5432,
                production ? 4 : 0.25,
                production ? 4 : 2,
                production ? null : Duration.ofMinutes(5),
                branch.startsWith("audit") ? NOW.minusSeconds(3600) : NOW.minusSeconds(20));
    }

    public final Map<TargetId, Listed> listed = new java.util.concurrent.ConcurrentHashMap<>();

    @Override
    public Listed listed(TargetId target) {
        return listed.getOrDefault(target, new Listed(null, null));
    }

    @Override
    public Map<String, List<Active>> activity(TargetId target) {
        return Map.of(
                "production", List.of(new Active(NOW.minus(Duration.ofDays(27)), NOW)),
                "dev-ben", List.of(span(200, 190), span(20, 0)),
                "dev-anna", List.of(span(100, 95), span(60, 50), span(14, 0)),
                "staging", List.of(span(70, 60), span(30, 24), span(9, 4)),
                "qa-release-4-2", List.of(span(160, 130), span(90, 0)),
                "perf-idx-7f3a", List.of(span(22, 0)));
    }

    private static Active span(int fromHours, int untilHours) {
        return new Active(
                NOW.minus(Duration.ofHours(fromHours)), NOW.minus(Duration.ofHours(untilHours)));
    }

    @Override
    public ChangePlan delete(TargetId target, String branch, String uid, String why, Actor by) {
        asked.add("delete %s %s: %s".formatted(branch, uid, why));
        return plan();
    }

    @Override
    public ChangePlan live(
            TargetId target,
            String branch,
            String uid,
            @Nullable Duration ttl,
            String why,
            Actor by) {
        asked.add("live %s %s".formatted(branch, ttl));
        return plan();
    }

    private ChangePlan plan() {
        return Objects.requireNonNull(plan, "a plan of the test");
    }

    public static ProjectBranches sample() {
        var all = new ArrayList<BranchLife>();
        all.add(root());
        all.add(branch("ai-agent-tax-3c1d", "production", 0.6, 1.0, Actor.Kind.AGENT, 62));
        all.add(branch("qa-nightly", "production", 11, 24, Actor.Kind.CI, 1100));
        all.add(branch("perf-idx-7f3a", "production", 22, 48, Actor.Kind.AGENT, 2400));
        all.add(branch("dev-ben", "production", 52, 168, Actor.Kind.HUMAN, 300));
        all.add(branch("staging", "production", 84, 0, Actor.Kind.PLATFORM, 900));
        all.add(branch("ci-pr-221", "staging", 0.1, 4, Actor.Kind.CI, 91));
        all.add(branch("ci-pr-219", "staging", 1.4, 4, Actor.Kind.CI, 120));
        all.add(branch("ci-pr-214", "staging", 70, 73, Actor.Kind.CI, 700));
        all.add(branch("dev-anna", "production", 101, 168, Actor.Kind.HUMAN, 1400));
        all.add(branch("dev-chen", "production", 143, 168, Actor.Kind.HUMAN, 200));
        all.add(past());
        all.add(branch("qa-release-4-2", "production", 200, 336, Actor.Kind.CI, 3100));
        all.add(branch("demo-acme", "production", 267, 336, Actor.Kind.HUMAN, 100));
        return new ProjectBranches(
                new Project(
                        "storefront-prod",
                        "p-1",
                        "storefront-prod",
                        "production",
                        Duration.ofDays(7),
                        NOW.minus(Duration.ofDays(90))),
                25,
                all,
                events(all),
                Map.of("created", 118L, "deleted", 104L, "reset", 27L, "extended", 41L));
    }

    /// With this many developers' branches.
    public static ProjectBranches many(int branches) {
        var all = new ArrayList<BranchLife>();
        all.add(root());
        for (int i = 1; i < branches; i++) {
            all.add(branch("ci-pr-" + i, "production", 0.2 + i * 0.5, 300, Actor.Kind.CI, 10 + i));
        }
        return new ProjectBranches(sample().project(), 600, all, List.of(), Map.of());
    }

    private static BranchLife root() {
        var made = NOW.minus(Duration.ofDays(27));
        return new BranchLife(
                new Branch(
                        "storefront-prod",
                        "production",
                        "u-production",
                        "READY",
                        true,
                        true,
                        null,
                        null,
                        61 * GB,
                        made),
                "production",
                "kim",
                Actor.Kind.PLATFORM,
                made,
                null);
    }

    private static BranchLife branch(
            String id,
            String source,
            double hoursOld,
            double ttlHours,
            Actor.Kind kind,
            long megabytes) {
        var made = NOW.minusSeconds((long) (hoursOld * 3600));
        return new BranchLife(
                new Branch(
                        "storefront-prod",
                        id,
                        "u-" + id,
                        "READY",
                        false,
                        false,
                        source,
                        ttlHours == 0 ? null : made.plusSeconds((long) (ttlHours * 3600)),
                        60 * GB + megabytes * (1L << 20),
                        made),
                BranchPolicy.standard().typeOf(id),
                kind == Actor.Kind.HUMAN ? "anna" : kind.name().toLowerCase(Locale.ROOT),
                kind,
                made,
                id.startsWith("ci-pr-") ? Long.valueOf(id.substring(6)) : null);
    }

    /// Made two days ago from data of five days ago.
    private static BranchLife past() {
        var made = NOW.minus(Duration.ofHours(45));
        return new BranchLife(
                new Branch(
                        "storefront-prod",
                        "audit-2026-11-17",
                        "u-audit",
                        "READY",
                        false,
                        false,
                        "production",
                        made.plus(Duration.ofDays(30)),
                        60 * GB,
                        made,
                        null,
                        NOW.minus(Duration.ofDays(5))),
                "audit",
                "lee",
                Actor.Kind.HUMAN,
                made,
                null);
    }

    private static List<LifeEvent> events(List<BranchLife> all) {
        var events = new ArrayList<LifeEvent>();
        for (var b : all) {
            var kind = b.ownerKind();
            if (kind != null) {
                events.add(
                        new LifeEvent(
                                b.branch().createdAt(),
                                b.id(),
                                "created",
                                b.branch().source(),
                                String.valueOf(b.owner()),
                                kind,
                                "somebody asked for it",
                                false));
            }
        }
        for (int i = 0; i < 24; i++) {
            var at = NOW.minus(Duration.ofHours(3 + i * 17L));
            events.add(
                    new LifeEvent(
                            at,
                            "ci-pr-" + (218 - i),
                            i % 3 == 0 ? "expired" : "deleted",
                            null,
                            "ci",
                            i % 3 == 0 ? Actor.Kind.PLATFORM : Actor.Kind.CI,
                            "its time was over",
                            false));
            if (i % 4 == 0) {
                events.add(
                        new LifeEvent(
                                at.minusSeconds(900),
                                "dev-anna",
                                "extended",
                                null,
                                "anna",
                                Actor.Kind.HUMAN,
                                "still needed",
                                false));
            }
            if (i > 4 && i % 3 == 1) {
                events.add(
                        new LifeEvent(
                                at.minusSeconds(3600),
                                "staging",
                                "reset",
                                "production",
                                "provisioning",
                                Actor.Kind.PLATFORM,
                                "every night",
                                false));
            }
        }
        events.sort(Comparator.comparing(LifeEvent::at).reversed());
        return events;
    }
}
