package io.lakebaseops.console.overview;

import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.Limit;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.FiledPlan;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Is anything wrong? One sentence for the top of the overview.
record Verdict(Role role, String sentence) {

    private record Trouble(Severity severity, String words, MetricName metric) {}

    static Verdict of(
            Map<MetricName, Metric> metrics,
            ConsoleServices services,
            List<FiledPlan> waiting,
            int openAlerts) {
        if (metrics.isEmpty()) {
            return new Verdict(Role.UNAVAILABLE, "Nothing is measured yet.");
        }
        var troubles = new ArrayList<Trouble>();
        for (var gauge : Gauge.ALL) {
            var limit = services.limits().get(gauge.metric());
            var metric = metrics.get(gauge.metric());
            var severity = severity(metric, limit);
            if (severity != null && metric != null) {
                troubles.add(new Trouble(severity, words(gauge, metric), gauge.metric()));
            }
        }
        troubles.sort(Comparator.comparing(Trouble::severity).reversed());
        if (troubles.isEmpty()) {
            return calm(waiting, openAlerts, measured(metrics));
        }
        var role = Role.of(troubles.getFirst().severity());
        var first = troubles.getFirst().words();
        var sentence =
                troubles.size() == 1
                        ? asSentence(first)
                        : Format.count(troubles.size(), "measure")
                                + " need attention: "
                                + first
                                + "; "
                                + troubles.get(1).words()
                                + (troubles.size() > 2 ? " …" : ".");
        return new Verdict(role, sentence + next(waiting));
    }

    /// The name of an object stays as it is spelled.
    private static String asSentence(String words) {
        var head = words.split(" ", 2)[0];
        boolean isName = head.indexOf('.') >= 0 || head.indexOf('_') >= 0;
        return (isName ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1)) + ".";
    }

    private static Verdict calm(List<FiledPlan> waiting, int openAlerts, long measured) {
        var fine =
                openAlerts > 0
                        ? "Back within limits, "
                                + Format.count(openAlerts, "alert")
                                + " not yet closed."
                        : "All is well: " + Format.count(measured, "measure") + " within limits.";
        return new Verdict(openAlerts > 0 ? Role.INFO : Role.OK, fine + next(waiting));
    }

    private static String next(List<FiledPlan> waiting) {
        return switch (waiting.size()) {
            case 0 -> "";
            case 1 -> " One plan waits for you.";
            default -> " " + waiting.size() + " plans wait for you.";
        };
    }

    private static long measured(Map<MetricName, Metric> metrics) {
        return Gauge.ALL.stream()
                .map(g -> metrics.get(g.metric()))
                .filter(m -> m != null && m.value().available())
                .count();
    }

    static @Nullable Severity severity(@Nullable Metric metric, @Nullable Limit limit) {
        if (metric == null || limit == null) {
            return null;
        }
        var value = metric.value().value();
        return value == null ? null : limit.judge(value);
    }

    private static String words(Gauge gauge, Metric metric) {
        var value = metric.value().value();
        var figure = value == null ? "–" : Format.of(gauge.metric(), value).toString();
        var about = metric.detail();
        return switch (gauge.metric()) {
            case MAX_DEAD_TUPLE_RATIO -> about + " has " + figure + " dead rows";
            case CONNECTION_UTILIZATION -> figure + " of the connections are taken";
            case LOCK_WAIT_SECONDS -> "a session waits " + figure + " for a lock";
            case DEADLOCKS_PER_HOUR -> figure + " deadlocks";
            case SLOWEST_QUERY_SECONDS -> "a query runs for " + figure;
            default -> gauge.title().toLowerCase(java.util.Locale.ENGLISH) + " is " + figure;
        };
    }
}
