package io.lakebaseops.framework;

import org.jspecify.annotations.Nullable;

/// When a tool runs without being asked. All times are UTC.
public sealed interface Cadence {
    /// Its cron expression, null when nothing runs it.
    @Nullable String cron();

    /// A person, an event or another program asks for it.
    record OnRequest() implements Cadence {
        @Override
        public @Nullable String cron() {
            return null;
        }
    }

    /// Together with other tools, one after the other on every target.
    record InJob(StandardJob job) implements Cadence {
        @Override
        public String cron() {
            return job.cron();
        }
    }

    /// In a job of its own, named like the tool.
    record Cron(String cron) implements Cadence {}
}
