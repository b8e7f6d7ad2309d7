package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.Samples;

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
    public final List<String> calls = new ArrayList<>();
    private final Map<UUID, FiledPlan> plans = new LinkedHashMap<>();

    @Override
    public FiledPlan file(ChangePlan plan) {
        var filed = Samples.filed(plan, FiledPlan.State.WAITING, Samples.NOON);
        plans.put(filed.id(), filed);
        return filed;
    }

    @Override
    public List<FiledPlan> waiting() {
        return plans.values().stream().filter(p -> p.state().open()).toList();
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
    public void reject(UUID id, Actor by, String reason) {
        calls.add("reject " + reason);
        end(find(id).orElseThrow(), FiledPlan.State.REJECTED, by, reason);
    }

    @Override
    public Decision undo(UUID id, Actor by, String reason) {
        calls.add("undo " + reason);
        var filed = find(id).orElseThrow();
        return filed.state() == FiledPlan.State.DONE
                ? new Decision.Granted(end(filed, FiledPlan.State.UNDONE, by, reason))
                : new Decision.Declined("it was not done");
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
