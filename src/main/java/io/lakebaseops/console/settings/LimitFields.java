package io.lakebaseops.console.settings;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.AlertRule.Bad;
import io.lakebaseops.agents.health.monitoring.AlertRule.Limits;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.MetricName;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The limits of one measure as they are typed.
///
/// @param opens how long a value must stay beyond a limit before an alert opens
/// @param margin how far back inside the limit it must come before the alert closes
record LimitFields(String warning, String critical, String opens, String margin) {
    /// The rounds that are kept in memory reach six hours back, the rule looks three times as far
    /// as a value must last.
    private static final Duration LONGEST = Duration.ofHours(2);

    enum Field {
        WARNING,
        CRITICAL,
        OPENS,
        MARGIN
    }

    /// @param limits null when something is wrong
    /// @param problems why, by the field to mend
    record Checked(@Nullable Limits limits, Map<Field, String> problems) {
        Checked {
            problems = Map.copyOf(problems);
        }
    }

    static LimitFields of(MetricName metric, Limits limits) {
        return new LimitFields(
                LimitText.of(metric, limits.warning()),
                LimitText.of(metric, limits.critical()),
                LimitText.of(limits.forAtLeast()),
                LimitText.of(metric, limits.margin()));
    }

    String text(Field field) {
        return switch (field) {
            case WARNING -> warning;
            case CRITICAL -> critical;
            case OPENS -> opens;
            case MARGIN -> margin;
        };
    }

    LimitFields with(Field field, String text) {
        return switch (field) {
            case WARNING -> new LimitFields(text, critical, opens, margin);
            case CRITICAL -> new LimitFields(warning, text, opens, margin);
            case OPENS -> new LimitFields(warning, critical, text, margin);
            case MARGIN -> new LimitFields(warning, critical, opens, text);
        };
    }

    Checked check(AlertRule rule) {
        var problems = new EnumMap<Field, String>(Field.class);
        var metric = rule.metric();
        var w = number(metric, Field.WARNING, problems);
        var c = number(metric, Field.CRITICAL, problems);
        var m = number(metric, Field.MARGIN, problems);
        var wait = LimitText.readTime(opens);
        if (wait.isEmpty()) {
            problems.put(Field.OPENS, Texts.of("a time such as 60 s or 5 min"));
        } else if (wait.get().compareTo(LONGEST) > 0) {
            problems.put(Field.OPENS, Texts.of("at most 2 h"));
        }
        if (w.isPresent() && c.isPresent() && !ordered(rule.bad(), w.get(), c.get())) {
            problems.put(
                    Field.CRITICAL,
                    Texts.of(
                            "%s the warning limit, %s",
                            rule.bad() == Bad.ABOVE
                                    ? Texts.of("must be above")
                                    : Texts.of("must be below"),
                            LimitText.of(metric, w.get())));
        }
        if (w.isPresent() && m.isPresent() && !problems.containsKey(Field.WARNING)) {
            double room = rule.bad() == Bad.ABOVE ? w.get() : 1 - w.get();
            boolean bounded = rule.bad() == Bad.ABOVE || ratio(metric);
            if (bounded && m.get() > room) {
                problems.put(
                        Field.MARGIN,
                        Texts.of("it would never close: at most %s", LimitText.of(metric, room)));
            }
        }
        return problems.isEmpty()
                ? new Checked(
                        new Limits(
                                w.orElseThrow(),
                                c.orElseThrow(),
                                wait.orElseThrow(),
                                m.orElseThrow()),
                        Map.of())
                : new Checked(null, problems);
    }

    private Optional<Double> number(MetricName metric, Field field, Map<Field, String> problems) {
        var value = LimitText.read(metric, text(field));
        if (value.isEmpty()) {
            problems.put(field, Texts.of("a number such as %s", example(metric)));
        } else if (ratio(metric) && value.get() > 1) {
            problems.put(field, Texts.of("at most 100 %"));
            return Optional.empty();
        }
        return value;
    }

    private static boolean ordered(Bad bad, double warning, double critical) {
        return bad == Bad.ABOVE ? critical > warning : critical < warning;
    }

    private static boolean ratio(MetricName metric) {
        return metric.unit().equals("ratio");
    }

    private static String example(MetricName metric) {
        return switch (metric.unit()) {
            case "ratio" -> "15 %";
            case "s" -> Texts.of("30 s or 5 min");
            case "transactions" -> "500 M";
            case "1/h" -> "2 / h";
            default -> "15";
        };
    }
}
