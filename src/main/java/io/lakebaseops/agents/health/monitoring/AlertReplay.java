package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.domain.Severity;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The alerts a rule would have raised over stored readings, step by step with the rule that judges
/// live ones: hold time, hysteresis and cooldown count.
public final class AlertReplay {
    /// Whoever is called for less has been called for nothing.
    public static final Duration SOON = Duration.ofMinutes(5);

    private final AlertRule rule;
    private final List<Point> window = new ArrayList<>();
    private AlertStep.SoFar soFar = AlertStep.SoFar.NONE;
    private @Nullable Instant openedAt;
    private int warnings;
    private int criticals;
    private int closedSoon;
    private boolean lastEndedSoon;

    private AlertReplay(AlertRule rule) {
        this.rule = rule;
    }

    /// @param warnings alerts that began as a warning and never became critical
    /// @param criticals alerts that were critical, from the start or later
    /// @param closedSoon those of both that ended within five minutes
    public record Counts(int warnings, int criticals, int closedSoon) {}

    /// @param readings oldest first
    public static Counts of(AlertRule rule, List<Point> readings) {
        var replay = new AlertReplay(rule);
        readings.forEach(replay::reading);
        return new Counts(replay.warnings, replay.criticals, replay.closedSoon);
    }

    private void reading(Point p) {
        // The judge looks as far back: three times as long as a value must last.
        var from = p.at().minus(rule.forAtLeast().multipliedBy(3));
        window.removeIf(w -> w.at().isBefore(from));
        window.add(p);
        switch (AlertStep.of(rule, soFar, p.value(), p.at(), window)) {
            case AlertStep.Nothing _ -> {}
            case AlertStep.Raise(var severity) -> {
                openedAt = p.at();
                boolean critical = severity == Severity.CRITICAL;
                warnings += critical ? 0 : 1;
                criticals += critical ? 1 : 0;
                soFar = new AlertStep.SoFar(severity, critical ? p.at() : null, null);
            }
            case AlertStep.Escalate() -> {
                // An alert that was critical already has been counted as one.
                if (soFar.criticalAt() == null) {
                    warnings--;
                    criticals++;
                }
                soFar = new AlertStep.SoFar(Severity.CRITICAL, p.at(), null);
            }
            case AlertStep.Return() -> {
                // The same alert goes on: it has not closed.
                closedSoon -= lastEndedSoon ? 1 : 0;
                soFar = new AlertStep.SoFar(Severity.CRITICAL, soFar.criticalAt(), null);
            }
            case AlertStep.Continue(var severity) ->
                    soFar = new AlertStep.SoFar(severity, soFar.criticalAt(), null);
            case AlertStep.Recover() -> {
                var opened = Objects.requireNonNull(openedAt, "what ends has begun");
                lastEndedSoon = Duration.between(opened, p.at()).compareTo(SOON) <= 0;
                closedSoon += lastEndedSoon ? 1 : 0;
                soFar = new AlertStep.SoFar(null, soFar.criticalAt(), p.at());
            }
        }
    }
}
