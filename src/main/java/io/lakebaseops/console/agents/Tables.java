package io.lakebaseops.console.agents;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.agents.AgentsSnapshot.ToolLine;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.DataTable.Column;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem.Act;
import io.lakebaseops.domain.Format;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.framework.ToolReport;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The four tables of the agents screen.
final class Tables {
    private final ConsoleSession session;

    Tables(ConsoleSession session) {
        this.session = session;
    }

    DataTable<ToolLine> tools() {
        return new DataTable<>(
                "tools",
                List.of(
                        Column.text("Tool", 210, t -> t.tool().name().replace('_', ' ')),
                        Column.text("Agent", 100, t -> t.tool().agent()),
                        Column.text("Kind", 70, t -> word(t.tool().kind())),
                        Column.text("Schedule", 130, t -> CronWords.of(t.tool().schedule())),
                        new Column<>(
                                "Last run",
                                80,
                                true,
                                t -> t.last() == null ? "–" : clock(t.last().startedAt()),
                                Comparator.comparing(Tables::lastRun),
                                null),
                        Column.number(
                                "Took",
                                70,
                                t -> t.last() == null ? "–" : Format.duration(t.last().duration()),
                                Comparator.comparing(Tables::took)),
                        Column.<ToolLine>text(
                                        "Result",
                                        90,
                                        t -> t.last() == null ? "not run" : word(t.last().status()))
                                .colored(
                                        t ->
                                                t.last() == null
                                                        ? Role.MUTED
                                                        : role(t.last().status())),
                        Column.text("What it does", 260, t -> t.tool().summary())));
    }

    private static Instant lastRun(ToolLine line) {
        return line.last() == null ? Instant.EPOCH : line.last().startedAt();
    }

    private static Duration took(ToolLine line) {
        return line.last() == null ? Duration.ZERO : line.last().duration();
    }

    DataTable<JobStatus> jobs(AgentsViewModel model) {
        DataTable<JobStatus> table =
                new DataTable<>(
                        "jobs",
                        List.of(
                                Column.text("Job", 140, j -> j.definition().name()),
                                Column.text(
                                        "Schedule", 130, j -> CronWords.of(j.definition().cron())),
                                Column.text("Next", 70, this::next),
                                Column.<JobStatus>text("Last", 70, j -> last(j.last())),
                                Column.<JobStatus>text("Result", 90, Tables::result)
                                        .colored(Tables::role),
                                Column.text(
                                        "Tools",
                                        260,
                                        j -> String.join(", ", j.definition().tools()))));
        table.acts(
                72,
                j ->
                        List.of(
                                new Act(Feather.PLAY, "Run now", () -> model.runNow(j)),
                                j.paused()
                                        ? new Act(
                                                Feather.PLAY_CIRCLE,
                                                "Take up the schedule again",
                                                () -> model.pause(j, false))
                                        : new Act(
                                                Feather.PAUSE,
                                                "Pause the schedule",
                                                () -> model.pause(j, true))));
        return table;
    }

    private String next(JobStatus job) {
        if (job.paused()) {
            return "paused";
        }
        return job.next() == null ? "–" : clock(job.next());
    }

    private String last(@Nullable JobRun run) {
        return run == null ? "–" : clock(run.startedAt());
    }

    private static String result(JobStatus job) {
        if (job.running() != null) {
            return "running";
        }
        return job.last() == null ? "not run" : word(job.last().state());
    }

    private static Role role(JobStatus job) {
        if (job.running() != null) {
            return Role.INFO;
        }
        return job.last() == null ? Role.MUTED : role(job.last().state());
    }

    DataTable<ToolReport> runs() {
        return new DataTable<>(
                "runs",
                List.of(
                        time("Started", ToolReport::startedAt),
                        Column.text("Tool", 230, r -> r.tool().replace('_', ' ')),
                        Column.text("Target", 170, r -> r.target().toString()),
                        Column.text("By", 90, r -> r.actor().name()),
                        Column.<ToolReport>text("Result", 90, r -> word(r.status()))
                                .colored(r -> role(r.status())),
                        Column.number(
                                "Took",
                                70,
                                r -> Format.duration(r.duration()),
                                Comparator.comparing(ToolReport::duration)),
                        Column.number(
                                "Findings",
                                70,
                                r -> Integer.toString(r.findings().size()),
                                Comparator.comparingInt(r -> r.findings().size())),
                        Column.text(
                                "What went wrong", 220, r -> r.error() == null ? "" : r.error())));
    }

    DataTable<JobRun> jobRuns() {
        return new DataTable<>(
                "job runs",
                List.of(
                        time("Started", JobRun::startedAt),
                        Column.text("Job", 140, JobRun::job),
                        Column.text("Cause", 80, JobRun::trigger),
                        Column.<JobRun>text("Result", 90, r -> word(r.state()))
                                .colored(r -> role(r.state())),
                        Column.number(
                                "Took",
                                70,
                                r ->
                                        r.endedAt() == null
                                                ? "–"
                                                : Format.duration(
                                                        Duration.between(
                                                                r.startedAt(), r.endedAt())),
                                Comparator.comparing(
                                        r ->
                                                r.endedAt() == null
                                                        ? Duration.ZERO
                                                        : Duration.between(
                                                                r.startedAt(), r.endedAt()))),
                        Column.text("Log", 380, r -> String.join(" · ", r.log()))));
    }

    private <T> Column<T> time(String title, java.util.function.Function<T, Instant> at) {
        return new Column<>(
                title, 70, true, r -> clock(at.apply(r)), Comparator.comparing(at), null);
    }

    private String clock(Instant at) {
        return Format.clock(at, session.now(), session.zone());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static Role role(ToolReport.Status status) {
        return switch (status) {
            case OK -> Role.OK;
            case FAILED -> Role.CRITICAL;
            case UNAVAILABLE -> Role.UNAVAILABLE;
            case CANCELLED -> Role.MUTED;
        };
    }

    private static Role role(JobRunState state) {
        return switch (state) {
            case OK -> Role.OK;
            case RUNNING -> Role.INFO;
            case FAILED -> Role.CRITICAL;
            case SKIPPED, CANCELLED -> Role.MUTED;
        };
    }
}
