package io.lakebaseops.framework;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;

import java.time.Instant;
import java.time.ZoneOffset;

/// A five-field cron expression, always in UTC, so that no clock change of daylight saving runs a
/// job twice or never.
final class Cron {
    private final String expression;
    private final ExecutionTime times;

    Cron(String expression) {
        this.expression = expression;
        var unix = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
        times = ExecutionTime.forCron(new CronParser(unix).parse(expression).validate());
    }

    /// The first time strictly after `instant`.
    Instant next(Instant instant) {
        return times.nextExecution(instant.atZone(ZoneOffset.UTC))
                .orElseThrow(() -> new IllegalStateException(expression + " never comes again"))
                .toInstant();
    }

    /// The last time not after `instant`.
    Instant last(Instant instant) {
        return times.lastExecution(instant.plusNanos(1).atZone(ZoneOffset.UTC))
                .orElseThrow(() -> new IllegalStateException(expression + " never came"))
                .toInstant();
    }

    @Override
    public String toString() {
        return expression;
    }
}
