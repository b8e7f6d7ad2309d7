package io.lakebaseops.console.agents;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.console.ActivityTimeline;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.agents.AgentsSnapshot.ToolLine;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.Tool;
import io.lakebaseops.framework.ToolKind;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.framework.work.Work;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/// The agents' jobs and tools, and running any of them by hand.
public final class AgentsViewModel extends ScreenModel<AgentsSnapshot> {
    private static final int TOOL_RUNS = 1000;
    private static final int JOB_RUNS = 300;

    private final AgentFramework framework;
    private final JobScheduler scheduler;
    private final ActivityTimeline timeline;
    private final ReadOnlyObjectWrapper<@Nullable ToolForm> form = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Work<ToolReport>> running =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable ToolReport> result =
            new ReadOnlyObjectWrapper<>();
    private boolean starting;

    public AgentsViewModel(
            ConsoleSession session,
            AgentFramework framework,
            JobScheduler jobs,
            ActivityTimeline timeline) {
        super(session);
        this.framework = framework;
        this.scheduler = jobs;
        this.timeline = timeline;
    }

    @Override
    protected AgentsSnapshot read(TargetId target) {
        var tools = framework.catalog().all().stream().map(Tool::descriptor).toList();
        var jobs = scheduler.jobs();
        var runs = framework.recent(TOOL_RUNS);
        var last = new HashMap<String, ToolReport>();
        runs.forEach(
                r ->
                        last.merge(
                                r.tool(),
                                r,
                                (a, b) -> a.startedAt().isBefore(b.startedAt()) ? b : a));
        return new AgentsSnapshot(
                new AgentCards(tools, jobs, runs, session.now(), session.zone()).all(),
                jobs,
                tools.stream().map(t -> new ToolLine(t, last.get(t.name()))).toList(),
                lines(runs, scheduler.runs(null, JOB_RUNS)),
                timeline.read(target, session.journal().heard(), 100));
    }

    /// Both kinds in one list, newest first.
    private static List<RunLine> lines(List<ToolReport> tools, List<JobRun> jobs) {
        return Stream.<RunLine>concat(
                        tools.stream().map(RunLine.OfTool::new),
                        jobs.stream().map(RunLine.OfJob::new))
                .sorted(Comparator.comparing(RunLine::startedAt).reversed())
                .toList();
    }

    @Override
    protected boolean isEmpty(AgentsSnapshot picture) {
        return picture.tools().isEmpty();
    }

    @Override
    protected boolean concerns(OpsEvent event) {
        return true;
    }

    public void runNow(JobStatus job) {
        inBackground(() -> scheduler.runNow(job.definition().name()));
    }

    /// One after the other in the order given.
    public void runJobs(List<String> jobs) {
        inBackground(() -> jobs.forEach(scheduler::runNow));
    }

    /// Does one of its tools propose changes? Such a job is not run without being asked for.
    boolean changes(JobStatus job) {
        return job.definition().tools().stream()
                .map(framework.catalog()::find)
                .flatMap(java.util.Optional::stream)
                .anyMatch(t -> t.descriptor().kind() == ToolKind.CHANGE);
    }

    public void pause(JobStatus job, boolean paused) {
        inBackground(() -> scheduler.pause(job.definition().name(), paused));
    }

    /// Opens the form of a tool; unknown names open nothing.
    public void open(String tool) {
        framework
                .catalog()
                .find(tool)
                .ifPresent(
                        t -> {
                            var shown = form.get();
                            if (shown == null || !shown.tool().name().equals(tool)) {
                                result.set(null);
                                form.set(new ToolForm(t));
                            }
                        });
    }

    /// A form says which server it runs on, and a result whose it is.
    @Override
    protected void targetChanged() {
        close();
    }

    public void close() {
        form.set(null);
        result.set(null);
    }

    /// Runs the open form's tool once, if every field does.
    public void run() {
        var open = form.get();
        if (open == null || starting || running.get() != null) {
            return;
        }
        var input = open.input();
        if (input.isEmpty()) {
            return;
        }
        starting = true;
        result.set(null);
        var target = session.target();
        inBackground(() -> run(open, input.get(), target), this::ended);
    }

    private void run(ToolForm open, JsonNode input, TargetId target) {
        var work = framework.start(open.tool().name(), input, target, session.actor());
        session.screen().execute(() -> running.set(work));
        var report = work.join();
        session.screen()
                .execute(
                        () -> {
                            if (open == form.get() && target.equals(session.target())) {
                                result.set(report);
                            }
                        });
    }

    /// However it ended.
    private void ended() {
        starting = false;
        running.set(null);
    }

    public void cancel() {
        var work = running.get();
        if (work != null) {
            work.cancel();
        }
    }

    public ReadOnlyObjectProperty<@Nullable ToolForm> formProperty() {
        return form.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Work<ToolReport>> runningProperty() {
        return running.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable ToolReport> resultProperty() {
        return result.getReadOnlyProperty();
    }
}
