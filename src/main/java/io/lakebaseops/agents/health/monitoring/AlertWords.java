package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Severity;

import java.util.Locale;

/// How does an alert read, for a person at three in the morning? The figure, the limit, the object.
final class AlertWords {
    private AlertWords() {}

    static String of(AlertRule rule, Severity severity, double value, String detail) {
        var side = rule.bad() == AlertRule.Bad.ABOVE ? "over" : "under";
        var about = detail.isBlank() ? "" : " (" + detail + ")";
        return "%s %s%s, %s the limit of %s"
                .formatted(
                        name(rule),
                        figure(rule, value),
                        about,
                        side,
                        figure(rule, rule.limit(severity)));
    }

    private static String name(AlertRule rule) {
        var words = rule.metric().id().replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String figure(AlertRule rule, double value) {
        return switch (rule.metric().unit()) {
            case "ratio" -> String.format(Locale.ROOT, "%.1f %%", value * 100);
            case "s" -> String.format(Locale.ROOT, "%.0f s", value);
            default -> String.format(Locale.ROOT, "%,.0f", value);
        };
    }
}
