package io.lakebaseops.console.shell;

import io.lakebaseops.console.ActivityTimeline;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.work.Work;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// What the frame around the screens shows and does.
public final class ShellViewModel extends ScreenModel<ShellSnapshot> {
    private static final Logger LOG = LoggerFactory.getLogger(ShellViewModel.class);

    private final ReadOnlyStringWrapper lastEvent = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper cycle = new ReadOnlyStringWrapper("");
    private final ObservableList<Work<?>> work = FXCollections.observableArrayList();

    public ShellViewModel(ConsoleSession session) {
        super(session);
    }

    @Override
    protected ShellSnapshot read(TargetId target) {
        var jobs = services.jobs().jobs();
        var agents =
                services.framework().catalog().all().stream()
                        .map(t -> t.descriptor().agent())
                        .distinct()
                        .count();
        var next =
                jobs.stream()
                        .filter(j -> !j.paused())
                        .map(JobStatus::next)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
        var moments = ActivityTimeline.read(services, target, session.journal().heard(), 1);
        session.screen()
                .execute(() -> lastEvent.set(moments.isEmpty() ? "" : line(moments.getFirst())));
        return new ShellSnapshot(
                services.targets().known(), services.desk().waiting().size(), (int) agents, next);
    }

    private String line(ActivityTimeline.Entry moment) {
        return Format.clock(moment.at(), session.now(), session.zone()) + "  " + moment.title();
    }

    @Override
    protected boolean isEmpty(ShellSnapshot picture) {
        return false;
    }

    @Override
    protected boolean concerns(OpsEvent event) {
        return !(event instanceof OpsEvent.HealthMeasured);
    }

    @Override
    protected void shown(ShellSnapshot picture) {
        tick();
    }

    /// Each second, on the screen's thread.
    public void tick() {
        session.age().tick();
        var picture = dataProperty().get();
        if (picture != null) {
            var next = picture.nextCycle();
            var left = next == null ? null : Duration.between(session.now(), next);
            if (left != null && left.isNegative()) {
                refresh();
            }
            cycle.set(
                    Messages.of(
                            left == null ? "shell.agents.idle" : "shell.agents",
                            picture.agents(),
                            left == null ? "" : countdown(left)));
        }
        services.background().execute(this::readWork);
    }

    private void readWork() {
        var running = services.runningWork().get().stream().filter(w -> !w.done()).toList();
        session.screen().execute(() -> showWork(running));
    }

    private void showWork(List<? extends Work<?>> running) {
        if (!running.stream().map(Work::id).toList().equals(work.stream().map(Work::id).toList())) {
            work.setAll(running);
        }
    }

    static String countdown(Duration left) {
        long s = Math.max(0, left.toSeconds());
        return s >= 3600 ? Format.briefly(left) : s / 60 + ":" + (s % 60 < 10 ? "0" : "") + s % 60;
    }

    /// Starts Local Lakebase and looks at it; a failure is said in the status bar.
    void openLocal() {
        services.background()
                .execute(
                        () -> {
                            try {
                                var target = services.localLakebase().get();
                                session.screen().execute(() -> session.lookAt(target));
                            } catch (RuntimeException e) { // boundary: whatever a start can throw
                                LOG.warn("Local Lakebase did not start", e);
                                session.screen()
                                        .execute(
                                                () ->
                                                        lastEvent.set(
                                                                Messages.of(
                                                                        "shell.local.failed",
                                                                        String.valueOf(
                                                                                e.getMessage()))));
                            }
                        });
    }

    public ObservableList<Work<?>> work() {
        return FXCollections.unmodifiableObservableList(work);
    }

    public ReadOnlyStringProperty lastEventProperty() {
        return lastEvent.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty cycleProperty() {
        return cycle.getReadOnlyProperty();
    }
}
