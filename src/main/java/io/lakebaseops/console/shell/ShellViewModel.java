package io.lakebaseops.console.shell;

import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.console.ActivityTimeline;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.KnownTargets;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.RunningWork;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.Tool;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.framework.work.Work;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/// The view model of the frame around the screens. Events only mark it as out of date; it reads at
/// most once a second, however many come.
public final class ShellViewModel extends ScreenModel<ShellSnapshot> {
    private static final Logger LOG = LoggerFactory.getLogger(ShellViewModel.class);

    /// In ticks of a second.
    private static final int LOOK_AT_PLANS_EVERY = 2;

    private final List<Screen> screens;
    private final KnownTargets targets;
    private final ActivityTimeline timeline;
    private final JobScheduler jobs;
    private final AgentFramework framework;
    private final PlanQueue queue;
    private final RunningWork runningWork;
    private final ReadOnlyStringWrapper cycle = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper doing = new ReadOnlyStringWrapper("");
    private final ObservableList<Work<?>> work = FXCollections.observableArrayList();
    // One wrapper for good: it holds its listeners only as long as somebody holds it.
    private final ObservableList<Work<?>> workShown =
            FXCollections.unmodifiableObservableList(work);
    private volatile boolean outOfDate;
    private final AtomicBoolean readingPlans = new AtomicBoolean();
    private int ticks;

    public ShellViewModel(
            ConsoleSession session,
            List<Screen> screens,
            ActivityTimeline timeline,
            JobScheduler jobs,
            AgentFramework framework,
            PlanQueue queue,
            RunningWork runningWork) {
        super(session);
        this.screens = List.copyOf(screens);
        targets = session.servers();
        this.timeline = timeline;
        this.jobs = jobs;
        this.framework = framework;
        this.queue = queue;
        this.runningWork = runningWork;
    }

    @Override
    protected ShellSnapshot read(TargetId target) {
        outOfDate = false;
        var agents =
                framework.catalog().all().stream()
                        .map(t -> t.descriptor().agent())
                        .distinct()
                        .count();
        var next =
                jobs.jobs().stream()
                        .filter(j -> !j.paused())
                        .map(JobStatus::next)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
        var newest = timeline.read(target, session.journal().heard(), 1);
        return new ShellSnapshot(
                targets.list(),
                badges(),
                (int) agents,
                next,
                newest.isEmpty() ? "" : line(newest.getFirst()));
    }

    List<JobScheduler.JobDefinition> jobs() {
        return jobs.jobs().stream().map(JobScheduler.JobStatus::definition).toList();
    }

    List<ToolDescriptor> tools() {
        return framework.catalog().all().stream().map(Tool::descriptor).toList();
    }

    private Map<String, Integer> badges() {
        var badges = new HashMap<String, Integer>();
        for (var screen : screens) {
            var badge = screen.badge();
            if (badge != null) {
                badges.put(screen.id(), badge.getAsInt());
            }
        }
        return badges;
    }

    private String line(ActivityTimeline.Entry moment) {
        var goTo = moment.goTo();
        // Of a plan what came of it, not only what it was about: a kept one must not read as done.
        boolean plan = goTo != null && goTo.screen().equals(Destination.APPROVALS);
        return Texts.clock(moment.at(), session.now(), session.zone())
                + "  "
                + moment.title()
                + (plan && !moment.sub().isEmpty() ? ": " + moment.sub() : "");
    }

    @Override
    protected boolean isEmpty(ShellSnapshot picture) {
        return false;
    }

    /// Never by itself: the next tick reads once for all events of its second.
    @Override
    protected boolean concerns(OpsEvent event) {
        switch (event) {
            case OpsEvent.BranchCreated _,
                    OpsEvent.BranchDeleted _,
                    OpsEvent.ConnectionsChanged _,
                    OpsEvent.ProvisioningComplete _ -> {
                targets.forget();
                outOfDate = true;
            }
            // Rounds of measuring and runs of tools change nothing here.
            case OpsEvent.HealthMeasured _, OpsEvent.RunEnded _ -> {}
            case OpsEvent _ -> outOfDate = true;
        }
        return false;
    }

    @Override
    protected boolean concernedByPlans() {
        return true;
    }

    @Override
    protected void shown(ShellSnapshot picture) {
        session.knows(picture.targets().size());
        countDown(picture);
    }

    /// What of the connection profiles could not be opened; the others are.
    void sayTroubles(List<String> troubles) {
        if (!troubles.isEmpty()) {
            say(String.join("\n", troubles));
        }
    }

    void tell(String text) {
        say(text);
    }

    /// A person asked: the listing of targets is asked anew as well.
    void reload() {
        targets.forget();
        refresh();
    }

    /// Each second, on the screen's thread.
    public void tick() {
        session.age().tick();
        var picture = dataProperty().get();
        boolean due = picture != null && countDown(picture);
        if (due || outOfDate) {
            refresh();
        }
        session.background().execute(this::readWork);
        if (++ticks % LOOK_AT_PLANS_EVERY == 0) {
            session.background().execute(this::readPlans);
        }
    }

    /// What another console changed comes without an event; one small row says that it did.
    private void readPlans() {
        if (!readingPlans.compareAndSet(false, true)) {
            return;
        }
        try {
            long version = queue.version();
            session.screen().execute(() -> session.plansAreAt(version));
        } catch (OpsException e) {
            // The screens say themselves what they cannot read; the next look comes by itself.
            LOG.debug("The plan queue was not looked at: {}", e.getMessage());
        } finally {
            readingPlans.set(false);
        }
    }

    /// @return whether the next job should have begun
    private boolean countDown(ShellSnapshot picture) {
        var next = picture.nextCycle();
        var left = next == null ? null : Duration.between(session.now(), next);
        cycle.set(
                Messages.of(
                        left == null ? "shell.agents.idle" : "shell.agents",
                        picture.agents(),
                        left == null ? "" : countdown(left)));
        return left != null && left.isNegative();
    }

    private void readWork() {
        var running = runningWork.list();
        session.screen().execute(() -> showWork(running));
    }

    private void showWork(List<? extends Work<?>> running) {
        if (!running.stream().map(Work::id).toList().equals(work.stream().map(Work::id).toList())) {
            work.setAll(running);
        }
        doing.set(workWords());
    }

    static String countdown(Duration left) {
        long s = Math.max(0, left.toSeconds());
        return s >= 3600 ? Format.briefly(left) : s / 60 + ":" + (s % 60 < 10 ? "0" : "") + s % 60;
    }

    /// Starts Local Lakebase and looks at it.
    void openLocal() {
        lookUp(_ -> targets.startLocal(), session::lookAt);
    }

    public ObservableList<Work<?>> work() {
        return workShown;
    }

    /// `2 running · Drop index … 0:42`, or `idle`.
    String workWords() {
        if (work.isEmpty()) {
            return Messages.of("shell.idle");
        }
        var longest = work.stream().min(Comparator.comparing(Work::startedAt)).orElseThrow();
        var message = longest.message();
        return Messages.of(
                "shell.running",
                work.size(),
                longest.title(),
                countdown(Duration.between(longest.startedAt(), session.now())),
                message.isBlank() ? "" : ", " + message);
    }

    /// What runs, in words that count up.
    ReadOnlyStringProperty doingProperty() {
        return doing.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty cycleProperty() {
        return cycle.getReadOnlyProperty();
    }
}
