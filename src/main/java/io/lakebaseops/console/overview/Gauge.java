package io.lakebaseops.console.overview;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.GaugeTile.Reading;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.Metric.Condition;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Source;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A watched metric as it stands on its tile.
record Gauge(Watched watched) {

    MetricName metric() {
        return watched.rule().metric();
    }

    String title() {
        return Texts.of(watched.gauge().title());
    }

    /// @param severity what the value is called: it must have lasted; null when it is fine
    Reading read(@Nullable Metric measured, @Nullable Severity severity) {
        if (measured == null) {
            return dash("", Texts.of("not measured"));
        }
        var value = measured.value().value();
        if (value == null) {
            boolean soon = measured.condition() == Condition.FIRST_ROUND;
            return dash(
                    measured.detail(),
                    soon ? Texts.of("needs two measurements") : Texts.of("not measured"));
        }
        var rule = watched.rule();
        var role =
                measured.value().source() == Source.SIMULATED ? Role.SIMULATED : Role.of(severity);
        var figure = Format.of(metric(), value);
        var share = watched.gauge().share(value, rule.warning(), rule.critical());
        if (!measured.judgeable()) {
            return new Reading(
                    share,
                    true,
                    figure.number(),
                    figure.unit(),
                    measured.detail(),
                    Role.MUTED,
                    Texts.of("not judged yet"),
                    List.of());
        }
        return new Reading(
                share,
                true,
                figure.number(),
                figure.unit(),
                measured.detail(),
                role,
                verdict(rule, value, role, severity),
                List.of());
    }

    private String verdict(AlertRule rule, double value, Role role, @Nullable Severity severity) {
        var now = rule.severityOf(value);
        if (severity == null && now.isPresent()) {
            return Texts.of(
                    "beyond %s for less than %s",
                    Format.of(metric(), rule.limit(now.get())), Format.briefly(rule.forAtLeast()));
        }
        boolean below = rule.bad() == AlertRule.Bad.BELOW;
        var side = severity == null ? (below ? " ≥ " : " ≤ ") : (below ? " < " : " > ");
        return role.word()
                + side
                + Format.of(metric(), role == Role.CRITICAL ? rule.critical() : rule.warning());
    }

    /// Both limits in words.
    String limits() {
        var rule = watched.rule();
        var side = rule.bad() == AlertRule.Bad.BELOW ? Texts.of("under ") : Texts.of("over ");
        return Texts.of(
                "warning %s%s, critical %s%s",
                side,
                Format.of(metric(), rule.warning()),
                side,
                Format.of(metric(), rule.critical()));
    }

    private static Reading dash(String reason, String verdict) {
        return new Reading(0, false, "–", "", reason, Role.UNAVAILABLE, verdict, List.of());
    }
}
