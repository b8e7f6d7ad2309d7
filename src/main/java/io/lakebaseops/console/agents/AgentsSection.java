package io.lakebaseops.console.agents;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.CronWords;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ReportSource;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.report.SectionParts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.report.Block;
import io.lakebaseops.report.Block.Column;
import io.lakebaseops.report.Cell;
import io.lakebaseops.report.Section;
import io.lakebaseops.report.Tone;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The agents, their jobs and what happened as a section of a report.
public final class AgentsSection implements ReportSource {
    private final ConsoleSession session;
    private final AgentsViewModel model;

    public AgentsSection(ConsoleSession session, AgentsViewModel model) {
        this.session = session;
        this.model = model;
    }

    @Override
    public Section section(TargetId target) {
        return of(model.read(target), session);
    }

    private static Section of(AgentsSnapshot p, ConsoleSession session) {
        var parts = new SectionParts(session);
        var said = AgentsVerdict.of(p, session);
        return new Section(
                "agents",
                Messages.of("screen.agents"),
                SectionParts.tone(said.role()),
                said.sentence(),
                List.of(agents(p, parts), jobs(p, parts), events(p, parts)));
    }

    private static Block agents(AgentsSnapshot p, SectionParts parts) {
        return Block.Table.of(
                "",
                List.of(
                        Column.text(Texts.of("Agent"), 24),
                        Column.text(Texts.of("State"), 26),
                        Column.number(Texts.of("Tools"), 10),
                        Column.number(Texts.of("Runs today"), 12),
                        Column.number(Texts.of("Last run"), 14),
                        Column.number(Texts.of("Next run"), 14)),
                p.agents().stream()
                        .map(
                                a -> {
                                    var problem = a.problem();
                                    return List.of(
                                            Cell.of(ToolWords.title(a.name())),
                                            Cell.of(a.state(), SectionParts.tone(a.role()))
                                                    .sub(
                                                            problem == null
                                                                    ? ""
                                                                    : SectionParts.cut(
                                                                            problem, 160)),
                                            Cell.of(Format.grouped(a.tools())),
                                            Cell.of(Format.grouped(a.runsToday())),
                                            Cell.of(parts.when(a.last())),
                                            Cell.of(parts.when(a.next())));
                                })
                        .toList(),
                Texts.of("No agent."));
    }

    private static Block jobs(AgentsSnapshot p, SectionParts parts) {
        return Block.Table.of(
                Texts.of("Jobs"),
                List.of(
                        Column.text(Texts.of("Job"), 24),
                        Column.text(Texts.of("Schedule"), 26),
                        Column.text(Texts.of("Last run"), 36),
                        Column.number(Texts.of("Next run"), 14)),
                p.jobs().stream()
                        .map(
                                j ->
                                        List.of(
                                                Cell.of(ToolWords.title(j.definition().name())),
                                                Cell.of(CronWords.of(j.definition().cron())),
                                                last(j, parts),
                                                Cell.of(
                                                        j.paused()
                                                                ? Texts.of("paused")
                                                                : parts.when(j.next()))))
                        .toList(),
                Texts.of("No job."));
    }

    private static Cell last(JobStatus job, SectionParts parts) {
        var run = job.last();
        if (run == null) {
            return Cell.of(Texts.of("not yet"), Tone.UNAVAILABLE);
        }
        return Cell.of(run.state().name().toLowerCase(Locale.ROOT), tone(run.state()))
                .sub(parts.when(run.startedAt()) + took(run));
    }

    private static String took(JobRun run) {
        var end = run.endedAt();
        var line = run.log().isEmpty() ? "" : ": " + SectionParts.cut(run.log().getLast(), 160);
        return end == null
                ? ""
                : ", "
                        + Format.duration(Duration.between(run.startedAt(), end))
                        + (run.state() == JobRunState.OK ? "" : line);
    }

    private static Tone tone(JobRunState state) {
        return switch (state) {
            case RUNNING -> Tone.INFO;
            case OK -> Tone.OK;
            case FAILED -> Tone.CRITICAL;
            case SKIPPED, CANCELLED -> Tone.WARNING;
        };
    }

    private static Block events(AgentsSnapshot p, SectionParts parts) {
        var rows =
                p.moments().stream()
                        .limit(SectionParts.MOST_ROWS)
                        .map(
                                m ->
                                        List.of(
                                                Cell.of(parts.when(m.at())),
                                                Cell.of(m.title()).sub(m.sub()),
                                                Cell.of(
                                                        m.role().word(),
                                                        SectionParts.tone(m.role()))))
                        .toList();
        return Block.Table.of(
                        Texts.of("What happened last"),
                        List.of(
                                Column.text(Texts.of("When"), 14),
                                Column.text(Texts.of("What"), 72),
                                Column.text("", 14)),
                        rows,
                        Messages.of("overview.moments.empty"))
                .more(p.moments().size() - rows.size());
    }
}
