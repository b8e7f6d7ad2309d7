package io.lakebaseops.console.overview;

import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.parts.GaugeTile.Reading;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Alerts.Mute;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// A watched metric, its newest value and what that is called.
///
/// @param metric null when it was not measured yet
/// @param mute what silences it; null when nothing does
/// @param severity of its open alert, or of a value that was beyond a limit for long enough; null
///     when it is fine
record Standing(
        Gauge gauge, @Nullable Metric metric, @Nullable Severity severity, @Nullable Mute mute) {

    static List<Standing> of(
            ConsoleServices services, TargetId target, List<Alert> open, List<Mute> mutes) {
        var board = services.health().board();
        var round = board.latest(target);
        return services.health().metrics().watched(target).stream()
                .map(
                        watched -> {
                            var gauge = new Gauge(watched);
                            var metric =
                                    round.map(r -> r.metrics().get(gauge.metric())).orElse(null);
                            var severity =
                                    round.flatMap(r -> board.severity(r, watched.rule()))
                                            .or(() -> alert(open, gauge))
                                            .orElse(null);
                            var subject = board.subject(target, gauge.metric());
                            var mute =
                                    mutes.stream()
                                            .filter(m -> m.metric() == gauge.metric())
                                            .filter(m -> m.subject().equals(subject))
                                            .findFirst()
                                            .orElse(null);
                            return new Standing(gauge, metric, severity, mute);
                        })
                .toList();
    }

    Reading reading() {
        var reading = gauge.read(metric, severity);
        return mute == null || severity == null ? reading : reading.noting("muted");
    }

    private static Optional<Severity> alert(List<Alert> open, Gauge gauge) {
        return open.stream()
                .filter(a -> a.metric() == gauge.metric())
                .map(Alert::severity)
                .findFirst();
    }
}
