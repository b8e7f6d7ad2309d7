package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.IdempotentAppend;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the branches that the platform deleted by itself because their time was over. It tells
/// nobody, so we look: among the branches it still holds as deleted, and among those we know an end
/// of that are gone altogether. Each gets its row in the history and its event once.
public final class PlatformExpiry {
    /// What we delete ourselves is written down within seconds; until then it is not told apart.
    private static final Duration SETTLED = Duration.ofMinutes(1);

    /// The service's clock may be that much before ours.
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Lakehouse lakehouse;
    private final IdempotentAppend rows;
    private final EventBus events;
    private final Clock clock;
    private final ControlPlaneAccess planes;

    public PlatformExpiry(
            Lakehouse lakehouse, EventBus events, Clock clock, ControlPlaneAccess planes) {
        this.lakehouse = lakehouse;
        this.rows =
                new IdempotentAppend(
                        lakehouse,
                        OpsTables.BRANCH_LIFECYCLE.name(),
                        HistoryQueries.BRANCH_EVENT_STORED);
        this.events = events;
        this.clock = clock;
        this.planes = planes;
    }

    /// What the history says of one branch; times are those of the rows.
    ///
    /// @param until end of the life it was given last; null = none known
    private record Life(
            @Nullable Instant made, @Nullable Instant gone, @Nullable Instant until, String run) {
        boolean open() {
            return made != null && (gone == null || gone.isBefore(made));
        }
    }

    /// Looks at the target's project and returns the branches written down now.
    public List<String> look(TargetId target) {
        var plane = planes.of(target).orElse(null);
        var deadline = Deadline.in(PATIENCE);
        if (plane == null || plane.project(target.project(), deadline).isEmpty()) {
            return List.of();
        }
        var dead = plane.deletedBranches(target.project(), deadline);
        var there = new HashSet<String>();
        plane.branches(target.project(), deadline).forEach(b -> there.add(b.id()));
        var lives = lives(target.project(), deadline);
        var told = new ArrayList<String>();
        for (var b : dead) {
            if (expired(b) && !known(b, lives.get(b.id()))) {
                tell(target, b.id(), b.uid(), b.expiresAt(), told);
            }
            there.add(b.id());
        }
        told.addAll(vanished(target, there, lives));
        return List.copyOf(told);
    }

    /// Deleted by a person it went before its end; at or after it, by the platform or by us.
    private boolean expired(Branch b) {
        var end = b.expiresAt();
        var gone = b.deletedAt();
        return end != null && gone != null && !gone.isBefore(end) && settled(gone);
    }

    private static boolean known(Branch b, @Nullable Life life) {
        var gone = b.deletedAt();
        return life != null
                && life.gone() != null
                && gone != null
                && !life.gone().isBefore(gone.minus(CLOCKS_APART))
                && life.gone().isAfter(b.createdAt());
    }

    /// Some services keep nothing of an expired branch.
    private List<String> vanished(TargetId target, Set<String> there, Map<String, Life> lives) {
        var told = new ArrayList<String>();
        lives.forEach(
                (branch, life) -> {
                    var until = life.until();
                    if (!there.contains(branch)
                            && life.open()
                            && until != null
                            && settled(until.plus(CLOCKS_APART))) {
                        tell(target, branch, life.run(), until, told);
                    }
                });
        return told;
    }

    private boolean settled(Instant time) {
        return time.isBefore(clock.instant().minus(SETTLED));
    }

    private void tell(
            TargetId target, String branch, String run, @Nullable Instant end, List<String> told) {
        var on = new TargetId(target.profile(), target.project(), branch);
        var row = HistoryRow.of(on, clock.instant(), run);
        row.put("event_type", "expired");
        row.put("actor", "platform");
        row.put("actor_kind", "platform");
        row.put("reason", "its life ended at " + end + "; the platform deleted it");
        var key = Map.of("branch", branch, "run_id", run, "event_type", "expired");
        if (rows.add(row, key)) {
            told.add(branch);
            events.publish(new OpsEvent.BranchDeleted(on, clock.instant(), branch));
        }
    }

    private Map<String, Life> lives(String project, Deadline deadline) {
        var lives = new HashMap<String, Life>();
        lakehouse
                .query(
                        HistoryQueries.BRANCH_LIVES,
                        Map.of("project", project),
                        ReadScope.ALL,
                        deadline)
                .list()
                .forEach(row -> lives.put(String.valueOf(row.get("branch_id")), life(row)));
        return lives;
    }

    private static Life life(Map<String, @Nullable Object> row) {
        var from = (Instant) row.get("life_from");
        var ttl = (Number) row.get("ttl_seconds");
        return new Life(
                (Instant) row.get("made_at"),
                (Instant) row.get("gone_at"),
                from == null || ttl == null || ttl.longValue() == 0
                        ? null
                        : from.plusSeconds(ttl.longValue()),
                String.valueOf(row.get("made_by_run")));
    }
}
