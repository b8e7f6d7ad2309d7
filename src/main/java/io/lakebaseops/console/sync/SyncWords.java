package io.lakebaseops.console.sync;

import io.lakebaseops.agents.health.sync.PairResult;
import io.lakebaseops.agents.health.sync.SyncMonitor.Pair;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.reconcile.DifferenceClass;

import java.time.Duration;

/// How states, lags and classes are said and coloured.
final class SyncWords {
    private SyncWords() {}

    static Role role(Pair pair) {
        return pair.result().map(SyncWords::role).orElse(Role.UNAVAILABLE);
    }

    static Role role(PairResult result) {
        return switch (result.status()) {
            case DRIFT, FAILED -> Role.CRITICAL;
            case STALE -> Role.WARNING;
            case IN_SYNC -> Role.OK;
        };
    }

    static String state(Pair pair) {
        return pair.result()
                .map(
                        r ->
                                switch (r.status()) {
                                    case DRIFT -> Texts.of("differs");
                                    case FAILED -> Texts.of("failed");
                                    case STALE -> Texts.of("stale");
                                    case IN_SYNC -> Texts.of("equal");
                                })
                .orElse(Texts.of("not checked"));
    }

    static Role role(DifferenceClass kind) {
        return switch (kind) {
            case MISSING, EXTRA, STALE -> Role.CRITICAL;
            case TYPE_DRIFT, TIME_ZONE, FLOAT -> Role.WARNING;
        };
    }

    /// `52 s`, `1 h 24 min`.
    static String lag(double seconds) {
        var lag = Duration.ofMillis((long) (seconds * 1e3));
        if (lag.toHours() == 0 || lag.toHours() >= 48) {
            return Format.briefly(lag);
        }
        return lag.toHours()
                + " h"
                + (lag.toMinutesPart() == 0 ? "" : Texts.of(" %s min", lag.toMinutesPart()));
    }

    static String signed(long drift) {
        return drift == 0 ? "0" : (drift > 0 ? "−" : "+") + Format.grouped(Math.abs(drift));
    }
}
