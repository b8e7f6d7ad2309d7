package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.CancelledRun;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.RunningPlan;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.Samples;
import io.lakebaseops.testing.Undoing;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// An approval desk that runs nothing, for tests of what stands before it.
public final class DeskInMemory implements ApprovalDesk {
    public final List<HeldBack> held = new ArrayList<>();
    public final List<String> calls = new ArrayList<>();
    private final Map<UUID, FiledPlan> plans = new LinkedHashMap<>();

    @Override
    public FiledPlan file(ChangePlan plan) {
        var filed = Samples.filed(plan, FiledPlan.State.WAITING, Samples.NOON);
        plans.put(filed.id(), filed);
        return filed;
    }

    @Override
    public List<FiledPlan> waiting(int offset, int limit) {
        return plans.values().stream()
                .filter(p -> p.state().open())
                .skip(offset)
                .limit(limit)
                .toList();
    }

    @Override
    public List<FiledPlan> find(String prefix, int limit) {
        return plans.values().stream()
                .filter(p -> p.id().toString().startsWith(prefix))
                .limit(limit)
                .toList();
    }

    @Override
    public List<HeldBack> heldBack(@Nullable TargetId target, int limit) {
        return held;
    }

    @Override
    public void askAgain(HeldBack one, Actor by) {
        held.remove(one);
    }

    @Override
    public void holdAgain(HeldBack one, Actor by) {
        held.add(one);
    }

    @Override
    public List<FiledPlan> history(int limit) {
        return plans.values().stream().filter(p -> !p.state().open()).limit(limit).toList();
    }

    @Override
    public Optional<FiledPlan> find(UUID id) {
        return Optional.ofNullable(plans.get(id));
    }

    @Override
    public Decision approve(
            UUID id,
            PlanFingerprint shown,
            Actor by,
            @Nullable String typedName,
            @Nullable String reason) {
        calls.add("approve " + typedName + " " + reason + " by " + by.name());
        var filed = find(id).orElseThrow();
        if (!filed.fingerprint().equals(shown)) {
            return new Decision.Declined("it changed since it was shown");
        }
        return new Decision.Granted(end(filed, FiledPlan.State.DONE, by, reason));
    }

    @Override
    public void reject(UUID id, Actor by, String reason, @Nullable Instant until) {
        calls.add("reject " + reason + (until == null ? "" : " until " + until));
        end(find(id).orElseThrow(), FiledPlan.State.REJECTED, by, reason);
    }

    @Override
    public List<RunningPlan> watchRunning() {
        return List.of();
    }

    @Override
    public CancelledRun cancel(UUID id, Actor by) {
        throw new UnsupportedOperationException("nothing runs here for long");
    }

    @Override
    public int settleAbandoned() {
        return 0;
    }

    @Override
    public FiledPlan planUndo(UUID id, Actor by) {
        calls.add("undo by " + by.name());
        var filed = find(id).orElseThrow();
        if (filed.state() != FiledPlan.State.DONE) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT, "Undo", "it was not done", "look at what is there");
        }
        return file(Undoing.plan(filed, by, Samples.NOON));
    }

    private FiledPlan end(
            FiledPlan filed, FiledPlan.State state, Actor by, @Nullable String reason) {
        Instant at = Samples.NOON.plusSeconds(60);
        var done =
                new FiledPlan(
                        filed.id(),
                        filed.plan(),
                        filed.fingerprint(),
                        filed.risk(),
                        state,
                        filed.filedAt(),
                        by.name(),
                        at,
                        reason,
                        state == FiledPlan.State.REJECTED
                                ? null
                                : new Verification.Confirmed(at, List.of("index is gone")),
                        at);
        plans.put(filed.id(), done);
        return done;
    }
}
