package io.lakebaseops.console.agents;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.CronWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.agents.AgentsSnapshot.ToolLine;
import io.lakebaseops.console.parts.DataTable;
import io.lakebaseops.console.parts.DataTable.Column;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem.Act;
import io.lakebaseops.domain.Format;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.framework.ToolDescriptor;
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
                Texts.marked("tools"),
                List.of(
                        Column.text(Texts.of("Tool"), 200, t -> ToolWords.title(t.tool().name())),
                        Column.text(Texts.of("Agent"), 90, t -> t.tool().agent()),
                        Column.text(Texts.of("Kind"), 70, t -> word(t.tool().kind())),
                        Column.text(
                                Texts.of("Schedule"), 130, t -> CronWords.of(t.tool().schedule())),
                        new Column<>(
                                Texts.of("Last run"),
                                80,
                                true,
                                t -> t.last() == null ? "–" : clock(t.last().startedAt()),
                                Comparator.comparing(Tables::lastRun),
                                null),
                        Column.number(
                                Texts.of("Took"),
                                70,
                                t -> t.last() == null ? "–" : Format.duration(t.last().duration()),
                                Comparator.comparing(Tables::took)),
                        Column.<ToolLine>text(Texts.of("Result"), 90, this::toolResult)
                                .colored(
                                        t ->
                                                t.last() == null
                                                        ? Role.MUTED
                                                        : role(t.last().status())),
                        Column.text(Texts.of("What it does"), 260, t -> t.tool().summary())));
    }

    /// A plain server has no project and no branches to work on.
    private String toolResult(ToolLine line) {
        if (session.target().plain() && line.tool().scope() == ToolDescriptor.Scope.PROJECT) {
            return Texts.of("needs a Lakebase project");
        }
        return line.last() == null ? Texts.of("not run") : word(line.last().status());
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
                        Texts.marked("jobs"),
                        List.of(
                                Column.text(
                                        Texts.of("Job"),
                                        150,
                                        j -> ToolWords.title(j.definition().name())),
                                Column.text(
                                        Texts.of("Schedule"),
                                        124,
                                        j -> CronWords.of(j.definition().cron())),
                                new Column<>(
                                        Texts.of("Last run"),
                                        66,
                                        true,
                                        j -> last(j.last()),
                                        Comparator.comparing(Tables::lastRun),
                                        null),
                                new Column<>(
                                        Texts.of("Took"),
                                        58,
                                        true,
                                        Tables::took,
                                        Comparator.comparing(Tables::lasted),
                                        null),
                                Column.<JobStatus>text(Texts.of("Result"), 160, Tables::result)
                                        .colored(Tables::role),
                                new Column<>(
                                        Texts.of("Next run"),
                                        70,
                                        true,
                                        this::next,
                                        Comparator.comparing(
                                                j -> j.next() == null ? Instant.MAX : j.next()),
                                        null)));
        table.acts(
                72,
                j ->
                        List.of(
                                new Act(Feather.PLAY, Texts.of("Run now"), () -> model.runNow(j)),
                                j.paused()
                                        ? new Act(
                                                Feather.PLAY_CIRCLE,
                                                Texts.of("Take up the schedule again"),
                                                () -> model.pause(j, false))
                                        : new Act(
                                                Feather.PAUSE,
                                                Texts.of("Pause the schedule"),
                                                () -> model.pause(j, true))));
        return table;
    }

    private String next(JobStatus job) {
        if (job.paused()) {
            return Texts.of("paused");
        }
        return job.next() == null ? "–" : clock(job.next());
    }

    private String last(@Nullable JobRun run) {
        return run == null ? "–" : clock(run.startedAt());
    }

    private static String result(JobStatus job) {
        if (job.running() != null) {
            return Texts.of("running");
        }
        var last = job.last();
        if (last == null) {
            return Texts.of("not run");
        }
        // In the job's own words: which tool on which server, and what came of it.
        var words = last.log().isEmpty() ? "" : last.log().getLast();
        return last.state() == JobRunState.OK || words.isEmpty()
                ? word(last.state())
                : word(last.state()) + ": " + words;
    }

    private static Instant lastRun(JobStatus job) {
        return job.last() == null ? Instant.EPOCH : job.last().startedAt();
    }

    private static Duration lasted(JobStatus job) {
        var last = job.last();
        var end = last == null ? null : last.endedAt();
        return last == null || end == null
                ? Duration.ZERO
                : Duration.between(last.startedAt(), end);
    }

    private static String took(JobStatus job) {
        var last = job.last();
        return last == null || last.endedAt() == null ? "–" : Format.duration(lasted(job));
    }

    private static Role role(JobStatus job) {
        if (job.running() != null) {
            return Role.INFO;
        }
        return job.last() == null ? Role.MUTED : role(job.last().state());
    }

    DataTable<RunLine> runs() {
        return new DataTable<>(
                Texts.marked("runs"),
                List.of(
                        new Column<>(
                                Texts.of("Started"),
                                74,
                                true,
                                r -> started(r.startedAt()),
                                Comparator.comparing(RunLine::startedAt),
                                null),
                        Column.text(Texts.of("Run"), 190, RunLine::title),
                        Column.text(Texts.of("By"), 80, RunLine::by),
                        new Column<>(
                                Texts.of("Took"),
                                64,
                                true,
                                r ->
                                        r.took() == null
                                                ? Texts.of("running")
                                                : Format.duration(r.took()),
                                Comparator.comparing(
                                        r -> r.took() == null ? Duration.ZERO : r.took()),
                                null),
                        Column.<RunLine>text(Texts.of("Result"), 140, Tables::result)
                                .colored(Tables::role)));
    }

    /// With seconds; the day where it is another one.
    private String started(Instant at) {
        boolean today =
                at.atZone(session.zone())
                        .toLocalDate()
                        .equals(session.now().atZone(session.zone()).toLocalDate());
        return today ? Format.time(at, session.zone()) : clock(at);
    }

    /// What a run came to, in a few words.
    static String result(RunLine line) {
        return switch (line) {
            case RunLine.OfTool(var r) -> {
                if (r.status() != ToolReport.Status.OK) {
                    yield word(r.status());
                }
                var found =
                        r.findings().isEmpty()
                                ? Texts.of("ok")
                                : Texts.count(r.findings().size(), "finding");
                var filed = r.plans().isEmpty() ? "" : ", " + Texts.count(r.plans().size(), "plan");
                yield found + filed + (r.caveats().isEmpty() ? "" : Texts.of(", partly"));
            }
            case RunLine.OfJob(var r) -> word(r.state());
        };
    }

    static Role role(RunLine line) {
        return switch (line) {
            case RunLine.OfTool(var r) ->
                    r.status() == ToolReport.Status.OK && !r.caveats().isEmpty()
                            ? Role.WARNING
                            : role(r.status());
            case RunLine.OfJob(var r) -> role(r.state());
        };
    }

    private String clock(Instant at) {
        return Texts.clock(at, session.now(), session.zone());
    }

    static String word(Enum<?> value) {
        return Texts.of(value.name().toLowerCase(Locale.ROOT));
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
