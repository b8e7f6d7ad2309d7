package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.CancelledRun;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.RunningPlan;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.testing.Undoing;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A desk and its queue in memory that remember what was asked of them and run nothing.
public final class FakeDesk implements ApprovalDesk, PlanQueue {
    public final Map<UUID, FiledPlan> plans = new LinkedHashMap<>();
    public final AtomicInteger runs = new AtomicInteger();
    public final List<String> calls = new CopyOnWriteArrayList<>();
    public volatile @Nullable RuntimeException broken;
    public final List<HeldBack> held = new CopyOnWriteArrayList<>();
    public final List<UUID> cancelled = new CopyOnWriteArrayList<>();
    public final List<RunningPlan> watched = new CopyOnWriteArrayList<>();
    public volatile @Nullable String declineWith;
    public volatile @Nullable String typedName;
    public volatile @Nullable String reason;
    public volatile Runnable duringRun = () -> {};
    private final Clock clock;
    private final Consumer<OpsEvent> bus;

    /// @param bus is told what changed
    public FakeDesk(Clock clock, Consumer<OpsEvent> bus) {
        this.clock = clock;
        this.bus = bus;
    }

    public FiledPlan put(FiledPlan plan) {
        plans.put(plan.id(), plan);
        return plan;
    }

    @Override
    public synchronized List<FiledPlan> waiting(int offset, int limit) {
        return plans.values().stream()
                .filter(p -> p.state() == FiledPlan.State.WAITING)
                .skip(offset)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<FiledPlan> find(String prefix, int limit) {
        return plans.values().stream()
                .filter(p -> p.id().toString().startsWith(prefix))
                .limit(limit)
                .toList();
    }

    @Override
    public List<HeldBack> heldBack(@Nullable TargetId target, int limit) {
        return held.stream()
                .filter(h -> target == null || h.target().equals(target.key()))
                .limit(limit)
                .toList();
    }

    @Override
    public void askAgain(HeldBack one, Actor by) {
        held.remove(one);
        bus.accept(
                new OpsEvent.PlanChanged(
                        TargetId.ofKey(one.target()),
                        clock.instant(),
                        new UUID(0, 0),
                        "asked again"));
    }

    @Override
    public void holdAgain(HeldBack one, Actor by) {
        held.add(one);
    }

    @Override
    public synchronized List<FiledPlan> history(@Nullable TargetId target, int limit) {
        return plans.values().stream()
                .filter(p -> p.decidedAt() != null)
                .filter(p -> target == null || p.plan().target().equals(target))
                .sorted(
                        Comparator.comparing((FiledPlan p) -> Objects.requireNonNull(p.decidedAt()))
                                .reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<FiledPlan> find(UUID id) {
        return Optional.ofNullable(plans.get(id));
    }

    @Override
    public Decision approve(
            UUID id,
            PlanFingerprint shown,
            Actor by,
            @Nullable String typedName,
            @Nullable String reason) {
        this.typedName = typedName;
        this.reason = reason;
        calls.add("approve " + typedName + " " + reason + " by " + by.name());
        var plan = plans.get(id);
        if (declineWith != null) {
            return new Decision.Declined(declineWith);
        }
        if (!plan.fingerprint().equals(shown)) {
            return new Decision.Declined("The plan changed since it was shown.");
        }
        runs.incrementAndGet();
        become(plan, FiledPlan.State.RUNNING, by.name(), null, null);
        duringRun.run();
        become(
                plan,
                FiledPlan.State.DONE,
                by.name(),
                null,
                new Verification.Confirmed(
                        clock.instant(), List.of("orders_status_idx is gone, 412 MB freed")));
        if (plan.plan().undoOf() != null) {
            become(
                    plans.get(plan.plan().undoOf()),
                    FiledPlan.State.UNDONE,
                    by.name(),
                    reason,
                    null);
        }
        return new Decision.Granted(plans.get(id));
    }

    public void become(
            FiledPlan p,
            FiledPlan.State state,
            String by,
            @Nullable String why,
            @Nullable Verification v) {
        var now = clock.instant();
        synchronized (this) {
            plans.put(
                    p.id(),
                    new FiledPlan(
                            p.id(),
                            p.plan(),
                            p.fingerprint(),
                            p.risk(),
                            state,
                            p.filedAt(),
                            by,
                            now,
                            why,
                            v,
                            state.open() ? null : now));
        }
        bus.accept(new OpsEvent.PlanChanged(p.plan().target(), now, p.id(), state.name()));
    }

    @Override
    public void reject(UUID id, Actor by, String reason, @Nullable Instant until) {
        calls.add("reject " + reason + (until == null ? "" : " until " + until));
        become(plans.get(id), FiledPlan.State.REJECTED, by.name(), reason, null);
    }

    @Override
    public List<RunningPlan> watchRunning() {
        return List.copyOf(watched);
    }

    @Override
    public CancelledRun cancel(UUID id, Actor by) {
        cancelled.add(id);
        become(plans.get(id), FiledPlan.State.FAILED, by.name(), "cancelled", null);
        return new CancelledRun(
                plans.get(id),
                true,
                java.time.Duration.ofSeconds(42),
                java.time.Duration.ofSeconds(41),
                List.of());
    }

    @Override
    public int settleAbandoned() {
        return 0;
    }

    @Override
    public FiledPlan planUndo(UUID id, Actor by) {
        calls.add("undo by " + by.name());
        var filed = plans.get(id);
        if (filed.state() != FiledPlan.State.DONE) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT, "Undo", "it was not done", "look at what is there");
        }
        var undo = Undoing.plan(filed, by, clock.instant());
        return plans.values().stream()
                .filter(p -> id.equals(p.plan().undoOf()) && p.state().open())
                .findFirst()
                .orElseGet(
                        () ->
                                put(
                                        new FiledPlan(
                                                UUID.randomUUID(),
                                                undo,
                                                undo.fingerprint(),
                                                plans.get(id).risk(),
                                                FiledPlan.State.WAITING,
                                                clock.instant(),
                                                null,
                                                null,
                                                null,
                                                null,
                                                null)));
    }

    @Override
    public synchronized FiledPlan file(ChangePlan plan) {
        var filed =
                put(
                        new FiledPlan(
                                UUID.randomUUID(),
                                plan,
                                plan.fingerprint(),
                                new Risk(RiskLevel.MEDIUM, List.of("a person asked for it")),
                                FiledPlan.State.WAITING,
                                clock.instant(),
                                null,
                                null,
                                null,
                                null,
                                null));
        bus.accept(new OpsEvent.PlanChanged(plan.target(), clock.instant(), filed.id(), "waiting"));
        return filed;
    }

    private final java.util.concurrent.atomic.AtomicLong version =
            new java.util.concurrent.atomic.AtomicLong();
    public final AtomicInteger listed = new AtomicInteger();

    /// As another console changes the state database: without an event here.
    public void putElsewhere(FiledPlan plan) {
        put(plan);
        version.incrementAndGet();
    }

    @Override
    public long version() {
        return version.get();
    }

    @Override
    public List<Count> counts() {
        var failure = broken;
        if (failure != null) {
            throw failure;
        }
        return waiting().stream()
                .map(p -> new Count(p.plan().target(), p.risk().level(), 1))
                .toList();
    }

    @Override
    public List<Group> waiting(@Nullable TargetId target, java.util.Set<String> open, int limit) {
        listed.incrementAndGet();
        var all =
                waiting().stream()
                        .filter(p -> target == null || p.plan().target().equals(target))
                        .map(Entry::of)
                        .sorted(
                                Comparator.comparing(Entry::risk)
                                        .reversed()
                                        .thenComparing(Entry::expiresAt))
                        .toList();
        var seen = new java.util.HashMap<String, Integer>();
        return all.stream()
                .filter(
                        e ->
                                seen.merge(e.alike(), 1, Integer::sum) <= EACH
                                        || open.contains(e.alike()))
                .map(
                        e ->
                                new Group(
                                        e,
                                        (int)
                                                all.stream()
                                                        .filter(o -> o.alike().equals(e.alike()))
                                                        .count()))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Entry> of(String finding, int limit) {
        return java.util.stream.Stream.concat(waiting().stream(), history(limit).stream())
                .filter(p -> finding.equals(p.plan().findingFingerprint()))
                .map(Entry::of)
                .toList();
    }

    @Override
    public Map<String, UUID> waitingFor(java.util.Collection<String> findings) {
        var found = new LinkedHashMap<String, UUID>();
        for (var plan : waiting()) {
            var finding = plan.plan().findingFingerprint();
            if (finding != null && findings.contains(finding)) {
                found.put(finding, plan.id());
            }
        }
        return found;
    }

    @Override
    public synchronized List<Entry> running() {
        return plans.values().stream()
                .filter(p -> p.state().open() && p.state() != FiledPlan.State.WAITING)
                .map(Entry::of)
                .toList();
    }

    @Override
    public List<Group> decided(@Nullable TargetId target, Who who, String actor, int limit) {
        var groups = new LinkedHashMap<String, Group>();
        history(limit).stream()
                .filter(p -> !p.state().open())
                .filter(p -> target == null || p.plan().target().equals(target))
                .filter(
                        p ->
                                switch (who) {
                                    case ALL -> true;
                                    case MINE -> actor.equals(p.decidedBy());
                                    case POLICY -> "policy".equals(p.decidedBy());
                                    case FAILED -> p.state() == FiledPlan.State.FAILED;
                                })
                .map(Entry::of)
                .forEach(
                        e ->
                                groups.merge(
                                        e.target().key() + e.title() + e.state(),
                                        new Group(e, 1),
                                        (a, b) -> new Group(a.newest(), a.times() + 1)));
        return List.copyOf(groups.values());
    }

    /// What a test says the agents were worth.
    public Merit merit = new Merit(0, 0, 0);

    public List<io.lakebaseops.domain.plan.Trust> trust = List.of();

    @Override
    public Merit merit(TargetId target, java.time.Instant since) {
        return merit;
    }

    @Override
    public List<io.lakebaseops.domain.plan.Trust> trust(TargetId target) {
        return trust;
    }
}
