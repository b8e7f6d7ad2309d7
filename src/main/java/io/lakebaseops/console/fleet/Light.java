package io.lakebaseops.console.fleet;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.lakehouse.history.FleetHistory.Stored;

import org.jspecify.annotations.Nullable;

/// One watched measure of a server as its card shows it: a shape, a colour and a value.
///
/// @param figure NaN when there is none
/// @param share from 0, as good as can be, to 1: what measures of one kind are ordered by
/// @param detail what it is about, or why there is no value
/// @param sentence for the verdict
/// @param muted a person silenced it
record Light(
        MetricName metric,
        String title,
        Mark mark,
        double figure,
        double share,
        String value,
        String limit,
        String detail,
        String sentence,
        boolean muted) {

    /// The shapes: a small dot, an empty one, a triangle, an octagon, a dash.
    enum Mark {
        OK(Role.OK, Texts.marked("ok")),
        /// Of little traffic, soon after a start, or beyond the limit for too short a time.
        UNJUDGED(Role.MUTED, Texts.marked("not judged")),
        WARNING(Role.WARNING, Texts.marked("warning")),
        CRITICAL(Role.CRITICAL, Texts.marked("critical")),
        NONE(Role.MUTED, Texts.marked("no value"));

        private final Role role;
        private final String words;

        Mark(Role role, String words) {
            this.role = role;
            this.words = words;
        }

        Role role() {
            return role;
        }

        String words() {
            return Texts.of(words);
        }

        /// Higher is worse; no value is the least.
        int weight() {
            return switch (this) {
                case NONE -> 0;
                case UNJUDGED -> 2;
                case OK -> 4;
                case WARNING -> 6;
                case CRITICAL -> 8;
            };
        }
    }

    /// @param severity what the value is called; null when it is fine
    static Light measured(
            Watched watched, @Nullable Metric metric, @Nullable Severity severity, boolean muted) {
        var value = metric == null ? null : metric.value().value();
        if (metric == null || value == null) {
            return none(watched, metric == null ? Texts.of("not measured") : metric.detail());
        }
        boolean unsure =
                severity == null
                        && (!metric.judgeable() || watched.rule().severityOf(value).isPresent());
        return of(
                watched,
                value,
                unsure ? Mark.UNJUDGED : mark(severity),
                metric.detail(),
                watched.sentence(metric),
                muted);
    }

    /// A value of the history: it is judged as it stands.
    static Light stored(Watched watched, @Nullable Stored stored) {
        if (stored == null) {
            return none(watched, Texts.of("not measured"));
        }
        var severity = watched.rule().severityOf(stored.value()).orElse(null);
        return of(watched, stored.value(), mark(severity), stored.subject(), "", false);
    }

    /// Nobody can look.
    static Light none(Watched watched, String why) {
        var rule = watched.rule();
        return new Light(
                rule.metric(),
                Texts.of(watched.gauge().title()),
                Mark.NONE,
                Double.NaN,
                0,
                "–",
                limit(rule),
                why,
                "",
                false);
    }

    private static Light of(
            Watched watched,
            double value,
            Mark mark,
            String detail,
            String sentence,
            boolean muted) {
        var rule = watched.rule();
        return new Light(
                rule.metric(),
                Texts.of(watched.gauge().title()),
                mark,
                value,
                watched.gauge().share(value, rule.warning(), rule.critical()),
                Format.of(rule.metric(), value).toString(),
                limit(rule),
                detail,
                sentence,
                muted);
    }

    private static Mark mark(@Nullable Severity severity) {
        return severity == Severity.CRITICAL
                ? Mark.CRITICAL
                : severity == Severity.WARNING ? Mark.WARNING : Mark.OK;
    }

    private static String limit(AlertRule rule) {
        return (rule.bad() == AlertRule.Bad.BELOW ? "≥ " : "≤ ")
                + Format.of(rule.metric(), rule.warning());
    }

    /// Does it make the card's state?
    boolean loud() {
        return !muted && (mark == Mark.WARNING || mark == Mark.CRITICAL);
    }

    /// Worst first among lights of all measures.
    double badness() {
        return mark.weight() + share;
    }

    /// `Dead rows 93.1 %, shop.inventory`.
    String words() {
        return title + " " + value + (detail.isEmpty() ? "" : ", " + detail);
    }

    String tip() {
        return Texts.of(
                "%s %s, %s%s (limit %s)%s",
                title,
                value,
                mark.words(),
                muted ? Texts.of(", muted") : "",
                limit,
                detail.isEmpty() ? "" : "\n" + detail);
    }
}
