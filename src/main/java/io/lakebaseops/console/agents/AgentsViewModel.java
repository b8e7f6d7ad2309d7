package io.lakebaseops.console.agents;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.console.ActivityTimeline;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.agents.AgentsSnapshot.ToolLine;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.Tool;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.framework.work.Work;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;

/// The agents' jobs and tools, and running any of them by hand.
public final class AgentsViewModel extends ScreenModel<AgentsSnapshot> {
    private final ReadOnlyObjectWrapper<@Nullable ToolForm> form = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Work<ToolReport>> running =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable ToolReport> result =
            new ReadOnlyObjectWrapper<>();
    private boolean starting;

    public AgentsViewModel(ConsoleSession session) {
        super(session);
    }

    @Override
    protected AgentsSnapshot read(TargetId target) {
        var tools = services.framework().catalog().all().stream().map(Tool::descriptor).toList();
        var jobs = services.jobs().jobs();
        var runs = services.framework().recent(1000);
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
                runs,
                services.jobs().runs(null, 300),
                ActivityTimeline.read(services, target, session.journal().heard(), 100));
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
        inBackground(() -> services.jobs().runNow(job.definition().name()));
    }

    /// Every job that is not paused, one after the other in the order of the list.
    public void runAll() {
        inBackground(
                () ->
                        services.jobs().jobs().stream()
                                .filter(j -> !j.paused())
                                .forEach(j -> services.jobs().runNow(j.definition().name())));
    }

    public void pause(JobStatus job, boolean paused) {
        inBackground(() -> services.jobs().pause(job.definition().name(), paused));
    }

    /// Opens the form of a tool; unknown names open nothing.
    public void open(String tool) {
        services.framework()
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
        services.background().execute(() -> run(open, input.get(), target));
    }

    private void run(ToolForm open, JsonNode input, TargetId target) {
        try {
            var work =
                    services.framework().start(open.tool().name(), input, target, session.actor());
            session.screen().execute(() -> running.set(work));
            var report = work.join();
            session.screen().execute(() -> ended(open, report));
        } catch (OpsException e) {
            session.screen()
                    .execute(
                            () -> {
                                starting = false;
                                running.set(null);
                                fail(e);
                            });
        }
    }

    private void ended(ToolForm of, ToolReport report) {
        starting = false;
        running.set(null);
        if (of == form.get()) {
            result.set(report);
        }
        refresh();
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
