package io.lakebaseops.console.agents;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.ToolReport;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// A run of a tool or of a job, as the list of runs shows it.
sealed interface RunLine {
    String id();

    Instant startedAt();

    String title();

    /// Who or what asked for it.
    String by();

    /// Null while it runs.
    @Nullable Duration took();

    boolean failed();

    record OfTool(ToolReport report) implements RunLine {
        @Override
        public String id() {
            return report.runId().toString();
        }

        @Override
        public Instant startedAt() {
            return report.startedAt();
        }

        @Override
        public String title() {
            return ToolWords.title(report.tool());
        }

        @Override
        public String by() {
            return report.actor().name();
        }

        @Override
        public Duration took() {
            return report.duration();
        }

        @Override
        public boolean failed() {
            return report.status() == ToolReport.Status.FAILED;
        }

        boolean by(String user) {
            return report.actor().kind() == Actor.Kind.HUMAN && by().equals(user);
        }
    }

    record OfJob(JobRun run) implements RunLine {
        @Override
        public String id() {
            return run.id().toString();
        }

        @Override
        public Instant startedAt() {
            return run.startedAt();
        }

        @Override
        public String title() {
            return Texts.of("Job: %s", ToolWords.title(run.job()).toLowerCase(Locale.ENGLISH));
        }

        @Override
        public String by() {
            return run.trigger();
        }

        @Override
        public @Nullable Duration took() {
            var end = run.endedAt();
            return end == null ? null : Duration.between(run.startedAt(), end);
        }

        @Override
        public boolean failed() {
            return run.state() == JobRunState.FAILED;
        }
    }
}
