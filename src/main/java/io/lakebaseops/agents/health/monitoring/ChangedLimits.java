package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.AlertLimits;
import io.lakebaseops.state.AlertLimits.Changed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The limits of alerts in force: those of one branch before those of all servers before the
/// product's own. Read again every few seconds, because any console on the state database may
/// change them; while it is away, what was read last stands.
public final class ChangedLimits implements MetricDefinitions.RulesInForce {
    private static final Duration REREAD = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(ChangedLimits.class);

    private final Supplier<AlertLimits> store;
    private final Clock clock;
    private volatile Known known = new Known(List.of(), Instant.MIN, true);

    private record Known(List<Changed> all, Instant readAt, boolean read) {}

    public ChangedLimits(Supplier<AlertLimits> store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public AlertRule on(TargetId target, AlertRule standard) {
        return in(current(), target.key(), standard);
    }

    /// The rule of a target, or of all servers, as a list of changes has it.
    ///
    /// @param target key of a target, or [AlertLimits#ALL_SERVERS]
    public static AlertRule in(List<Changed> all, String target, AlertRule standard) {
        return of(all, target, standard.metric())
                .or(() -> of(all, AlertLimits.ALL_SERVERS, standard.metric()))
                .flatMap(c -> applied(c, standard))
                .orElse(standard);
    }

    public static Optional<Changed> of(List<Changed> all, String target, MetricName metric) {
        return all.stream()
                .filter(c -> c.metric() == metric && c.target().equals(target))
                .findFirst();
    }

    /// Another version of the program may have thought other limits right.
    private static Optional<AlertRule> applied(Changed c, AlertRule standard) {
        var wait = Duration.ofMillis(Math.round(c.openSeconds() * 1000));
        try {
            return Optional.of(
                    standard.with(
                            new AlertRule.Limits(c.warning(), c.critical(), wait, c.margin())));
        } catch (IllegalArgumentException e) {
            log.warn("Stored limits are left out: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /// Somebody changed them here: the next judgement reads them.
    public void changed() {
        known = new Known(known.all(), Instant.MIN, known.read());
    }

    private List<Changed> current() {
        var last = known;
        var now = clock.instant();
        if (last.readAt().plus(REREAD).isAfter(now)) {
            return last.all();
        }
        try {
            var fresh = new Known(store.get().all(), now, true);
            known = fresh;
            return fresh.all();
        } catch (OpsException e) {
            if (last.read()) {
                log.warn("Alerts are judged by the limits known: {}", e.getMessage());
            }
            known = new Known(last.all(), now, false);
            return last.all();
        }
    }
}
