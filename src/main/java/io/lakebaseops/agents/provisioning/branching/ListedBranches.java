package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// The branch board over the workspace's shared listing and the ledger in the history. Opening the
/// screen asks the control plane at most once a minute, whatever happens meanwhile.
public final class ListedBranches implements BranchBoard {
    private static final Logger LOG = LoggerFactory.getLogger(ListedBranches.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_BACK = Duration.ofDays(30);

    /// Computes change in minutes; activity is measured every five.
    private static final Duration COMPUTES_FRESH = Duration.ofSeconds(30);

    private static final Duration ACTIVITY_FRESH = Duration.ofMinutes(5);

    /// Questions to one control plane at a time.
    private static final int AT_ONCE = 4;

    private final ControlPlaneAccess planes;
    private final Lakehouse lakehouse;
    private final PullRequests pullRequests;
    private final BranchPolicy policy;
    private final Executor background;
    private final Clock clock;
    private final Map<String, Kept<List<Endpoint>>> computes = new ConcurrentHashMap<>();
    private final Map<String, Kept<Map<String, List<Active>>>> activity = new ConcurrentHashMap<>();

    private record Kept<T>(T value, Instant at) {}

    /// @param background runs blocking calls
    public ListedBranches(
            ControlPlaneAccess planes,
            Lakehouse lakehouse,
            PullRequests pullRequests,
            BranchPolicy policy,
            Executor background,
            Clock clock) {
        this.planes = planes;
        this.lakehouse = lakehouse;
        this.pullRequests = pullRequests;
        this.policy = policy;
        this.background = background;
        this.clock = clock;
    }

    @Override
    public BranchPolicy policy() {
        return policy;
    }

    @Override
    public Optional<ProjectBranches> read(TargetId target) {
        return planes.of(target).map(plane -> read(plane, target));
    }

    private ProjectBranches read(ControlPlane plane, TargetId target) {
        var deadline = Deadline.in(PATIENCE);
        var now = clock.instant();
        var project =
                plane.listing().projects(deadline).stream()
                        .filter(p -> p.id().equals(target.project()))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new OpsException(
                                                OpsException.Kind.NOT_FOUND,
                                                "Listing the branches",
                                                "there is no project " + target.project(),
                                                "choose another one"));
        var branches = plane.listing().branches(target.project(), deadline);
        var lives = rows(HistoryQueries.BRANCH_LIVES, target, ReadScope.ALL, deadline);
        var open = new HashMap<String, Long>();
        pullRequests
                .open(target, now, policy.pullRequests().silentAfter())
                .forEach(p -> open.put(p.branch(), p.number()));
        var byBranch = new HashMap<String, Map<String, @Nullable Object>>();
        lives.forEach(r -> byBranch.put(text(r, "branch_id"), r));
        var known = new ArrayList<BranchLife>();
        for (var b : branches) {
            known.add(life(b, byBranch.get(b.id()), open.get(b.id())));
        }
        var told =
                rows(
                        HistoryQueries.BRANCH_EVENTS,
                        target,
                        ReadScope.since(now.minus(LOOK_BACK)),
                        deadline);
        var sums = new HashMap<String, Long>();
        var events = new ArrayList<LifeEvent>();
        for (var row : told) {
            if (row.get("of_type") instanceof Number n) {
                sums.put(text(row, "event_type"), n.longValue());
            }
            events.add(event(row));
        }
        return new ProjectBranches(project, policy.limits().branches(), known, events, sums);
    }

    private List<Map<String, @Nullable Object>> rows(
            LakeQuery query, TargetId target, ReadScope scope, Deadline deadline) {
        return lakehouse.query(query, Map.of("project", target.project()), scope, deadline).list();
    }

    /// What the ledger tells of an earlier branch of this name is not about this one.
    private BranchLife life(
            Branch b, @Nullable Map<String, @Nullable Object> row, @Nullable Long pullRequest) {
        var type = policy.typeOf(b.id());
        var made = row == null ? null : (Instant) row.get("made_at");
        boolean its = made != null && !made.isBefore(b.createdAt().minusSeconds(300));
        if (row == null || !its) {
            return new BranchLife(b, type, null, null, b.createdAt(), pullRequest);
        }
        var from = (Instant) row.get("life_from");
        return new BranchLife(
                b,
                type,
                (String) row.get("owner"),
                row.get("owner_kind") == null ? null : kind(row, "owner_kind"),
                from == null ? b.createdAt() : from,
                pullRequest);
    }

    private static LifeEvent event(Map<String, @Nullable Object> row) {
        return new LifeEvent(
                Objects.requireNonNull((Instant) row.get("recorded_at")),
                text(row, "branch_id"),
                text(row, "event_type"),
                (String) row.get("source_branch"),
                text(row, "actor"),
                kind(row, "actor_kind"),
                text(row, "reason"),
                Boolean.TRUE.equals(row.get("generated")));
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.toString(row.get(column), "");
    }

    private static Actor.Kind kind(Map<String, @Nullable Object> row, String column) {
        return switch (text(row, column)) {
            case "human" -> Actor.Kind.HUMAN;
            case "agent" -> Actor.Kind.AGENT;
            case "ci" -> Actor.Kind.CI;
            default -> Actor.Kind.PLATFORM;
        };
    }

    @Override
    public Map<String, List<Endpoint>> endpoints(TargetId target, List<String> branches) {
        var plane = planes.of(target).orElse(null);
        if (plane == null) {
            return Map.of();
        }
        var turns = new Semaphore(AT_ONCE);
        var reads = new HashMap<String, CompletableFuture<@Nullable List<Endpoint>>>();
        for (var branch : branches) {
            reads.put(
                    branch,
                    CompletableFuture.supplyAsync(
                            () -> computes(plane, target, branch, turns), background));
        }
        var found = new HashMap<String, List<Endpoint>>();
        reads.forEach(
                (branch, read) -> {
                    var its = read.join();
                    if (its != null) {
                        found.put(branch, its);
                    }
                });
        return found;
    }

    private @Nullable List<Endpoint> computes(
            ControlPlane plane, TargetId target, String branch, Semaphore turns) {
        var key = "%s/%s/%s".formatted(target.profile(), target.project(), branch);
        var kept = computes.get(key);
        if (kept != null && fresh(kept, COMPUTES_FRESH)) {
            return kept.value();
        }
        turns.acquireUninterruptibly();
        try {
            var read = plane.listing().endpoints(target.project(), branch, Deadline.in(PATIENCE));
            computes.put(key, new Kept<>(read, clock.instant()));
            return read;
        } catch (OpsException e) {
            LOG.debug("The computes of {} were not read: {}", branch, e.getMessage());
            return null;
        } finally {
            turns.release();
        }
    }

    private boolean fresh(Kept<?> kept, Duration time) {
        return kept.at().plus(time).isAfter(clock.instant());
    }

    @Override
    public Listed listed(TargetId target) {
        var plane = target.plain() ? null : planes.of(target).orElse(null);
        if (plane == null) {
            return new Listed(null, null);
        }
        var listing = plane.listing();
        return new Listed(
                listing.lastListed(target.project(), target.branch()).orElse(null),
                listing.lastComputes(target.project(), target.branch()).stream()
                        .filter(Endpoint::readWrite)
                        .findFirst()
                        .orElse(null));
    }

    @Override
    public Map<String, List<Active>> activity(TargetId target) {
        var key = target.profile() + "/" + target.project();
        var kept = activity.get(key);
        if (kept != null && fresh(kept, ACTIVITY_FRESH)) {
            return kept.value();
        }
        var now = clock.instant();
        var spans = new HashMap<String, List<Active>>();
        for (var row :
                rows(
                        HistoryQueries.ACTIVITY_SPANS,
                        target,
                        ReadScope.since(now.minus(LOOK_BACK)),
                        Deadline.in(PATIENCE))) {
            spans.computeIfAbsent(text(row, "branch_id"), _ -> new ArrayList<>())
                    .add(new Active(second(row, "ran_from"), second(row, "ran_until")));
        }
        activity.put(key, new Kept<>(spans, now));
        return spans;
    }

    private static Instant second(Map<String, @Nullable Object> row, String column) {
        return Instant.ofEpochSecond(
                ((Number) Objects.requireNonNull(row.get(column), column)).longValue());
    }

    @Override
    public ChangePlan delete(TargetId target, String branch, String uid, String why, Actor by) {
        var plans = plans(target, by);
        return plans.delete(seen(plans.tree(), branch, uid), false, why);
    }

    @Override
    public ChangePlan live(
            TargetId target,
            String branch,
            String uid,
            @Nullable Duration ttl,
            String why,
            Actor by) {
        var plans = plans(target, by);
        return plans.expire(seen(plans.tree(), branch, uid), ttl, why);
    }

    /// Reads the control plane itself: a plan is made from what is there now.
    private BranchPlan plans(TargetId target, Actor by) {
        var context =
                new ToolContext(
                        UUID.randomUUID(),
                        target,
                        by,
                        Deadline.in(PATIENCE),
                        clock,
                        ToolContext.Progress.SILENT);
        var tree =
                BranchTree.of(planes, context)
                        .orElseThrow(
                                () ->
                                        new OpsException(
                                                OpsException.Kind.NOT_FOUND,
                                                "Planning a change of a branch",
                                                "there is no project " + target.project(),
                                                "choose a Lakebase project"));
        return new BranchPlan(tree, ToolDescriptor.name(EnforceTtlPolicies.class), context);
    }

    private static Branch seen(BranchTree tree, String branch, String uid) {
        return tree.find(branch)
                .filter(b -> b.uid().equals(uid))
                .orElseThrow(
                        () ->
                                new OpsException(
                                        OpsException.Kind.CONFLICT,
                                        "Planning a change of branch " + branch,
                                        "it is gone, or another one has its name now",
                                        "refresh and look again"));
    }
}
