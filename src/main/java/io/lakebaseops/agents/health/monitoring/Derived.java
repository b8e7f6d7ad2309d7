package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.Metric.Condition;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Observed;
import io.lakebaseops.domain.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// The result of deriving one metric from a reading: a value, or the reason why there is none.
sealed interface Derived {
    /// @param subject the object it is about; null for the server as a whole
    record Value(
            double value, Instant at, String detail, @Nullable Subject subject, Condition condition)
            implements Derived {}

    record Missing(Condition condition, String reason) implements Derived {}

    static Value value(double value, Instant at, String detail) {
        return new Value(value, at, detail, null, Condition.MEASURED);
    }

    default Metric as(MetricName name, Instant at) {
        return switch (this) {
            case Value v ->
                    new Metric(name, Observed.live(v.value(), v.at()), v.detail(), v.condition());
            case Missing m ->
                    new Metric(
                            name, Observed.unavailable(m.reason(), at), m.reason(), m.condition());
        };
    }
}
