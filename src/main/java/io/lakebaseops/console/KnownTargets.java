package io.lakebaseops.console;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.Targets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// The listing of servers and branches one can look at, kept between events: with hundreds of
/// branches a listing is a call per project to the control plane, so no event may cost one.
public final class KnownTargets {
    /// How long branches made elsewhere may stay unseen; our own acts show at once.
    static final Duration KEPT = Duration.ofMinutes(1);

    private final Targets targets;
    private final Supplier<TargetId> local;
    private final Clock clock;
    private List<TargetId> listed = List.of();
    private Instant listedAt = Instant.MIN;

    /// @param local starts or attaches to Local Lakebase; blocking
    public KnownTargets(Targets targets, Supplier<TargetId> local, Clock clock) {
        this.targets = targets;
        this.local = local;
        this.clock = clock;
    }

    /// Blocking when the listing is old.
    public synchronized List<TargetId> list() {
        var now = clock.instant();
        if (listedAt.isBefore(now.minus(KEPT))) {
            listed = List.copyOf(targets.known());
            listedAt = now;
        }
        return listed;
    }

    /// The next [#list] asks anew.
    public synchronized void forget() {
        listedAt = Instant.MIN;
    }

    public TargetId startLocal() {
        forget();
        return local.get();
    }
}
