package io.lakebaseops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.console.DataAge.Freshness;
import io.lakebaseops.console.fx.Refresher;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolReport;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The base of every screen's view model: reads in the background, follows events while the screen
/// is shown, and says in one state how far its data may be trusted.
///
/// Three things no screen has to think of: what was read for another server is dropped; a command
/// ends its "working" however it ends; its failure stays until it is dismissed.
///
/// @param <T> an immutable picture of everything the screen shows
public abstract class ScreenModel<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ScreenModel.class);

    protected final ConsoleSession session;
    private final ReadOnlyObjectWrapper<ScreenState> state =
            new ReadOnlyObjectWrapper<>(ScreenState.LOADING);
    private final ReadOnlyObjectWrapper<@Nullable T> data = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable Notice> notice = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper();
    private final ChangeListener<Freshness> onAge = (_, _, _) -> restate();
    private final ChangeListener<Number> onPlans =
            (_, _, _) -> {
                if (concernedByPlans()) {
                    refresh();
                }
            };
    private final ChangeListener<TargetId> onTarget = (_, _, _) -> onTargetChanged();
    private @Nullable Refresher<TargetId, T> refresher;
    private EventBus.@Nullable Subscription subscription;
    private TargetId lookedAt;
    private boolean failed;
    private int commands;

    protected ScreenModel(ConsoleSession session) {
        this.session = session;
        lookedAt = session.target();
    }

    /// Blocking; runs in the background.
    protected abstract T read(TargetId target);

    protected abstract boolean isEmpty(T picture);

    /// Must the screen be read again after this event?
    protected abstract boolean concerns(OpsEvent event);

    /// Must it be read again when any console changed a plan? Those of other processes come without
    /// an event.
    protected boolean concernedByPlans() {
        return false;
    }

    /// Is what it shows about the server looked at? Else it neither goes with that server nor gets
    /// old with it.
    protected boolean aboutOneServer() {
        return true;
    }

    /// Is what was read too old to be believed, whatever the server looked at does?
    protected boolean stale(T picture) {
        return aboutOneServer() && session.age().freshnessProperty().get() == Freshness.STALE;
    }

    /// What is said while it is stale; empty for the words about the server looked at.
    public String staleWords() {
        return "";
    }

    /// On the screen's thread, right after `data` changed.
    protected void shown(T picture) {}

    public void activate() {
        if (refresher != null) {
            return;
        }
        var reading =
                new Refresher<>(
                        session.background(),
                        session.screen(),
                        session::target,
                        this::read,
                        this::show,
                        this::fail);
        refresher = reading;
        // It may have been changed while another screen was shown.
        if (aboutOneServer() && !session.target().equals(lookedAt)) {
            forget();
        }
        subscription =
                session.events()
                        .subscribe(
                                "console-" + getClass().getSimpleName(),
                                e -> {
                                    if (concerns(e)) {
                                        reading.follow();
                                    }
                                });
        session.age().freshnessProperty().addListener(onAge);
        session.targetProperty().addListener(onTarget);
        session.planVersionProperty().addListener(onPlans);
        reading.request();
    }

    public void deactivate() {
        var reading = refresher;
        if (reading == null) {
            return;
        }
        reading.close();
        refresher = null;
        Objects.requireNonNull(subscription).close();
        subscription = null;
        session.age().freshnessProperty().removeListener(onAge);
        session.targetProperty().removeListener(onTarget);
        session.planVersionProperty().removeListener(onPlans);
    }

    public void refresh() {
        if (refresher != null) {
            refresher.request();
        }
    }

    /// A person asked for it: as [#refresh], and a login that was refused is tried again.
    public void tryAgain() {
        session.connectAgain();
        refresh();
    }

    /// Runs a command off the screen's thread and reads again after it; a failure is said in a
    /// notice.
    protected final void inBackground(Runnable command) {
        inBackground(command, () -> {});
    }

    /// @param ended on the screen's thread, however the command ended
    protected final void inBackground(Runnable command, Runnable ended) {
        submit(
                () -> {
                    command.run();
                    return true;
                },
                _ -> {},
                () -> {
                    ended.run();
                    refresh();
                });
    }

    /// Looks something up for the server shown and hands it over on the screen's thread, unless
    /// another server is shown by then.
    protected final <V> void lookUp(Function<TargetId, V> read, Consumer<V> show) {
        var target = session.target();
        submit(
                () -> read.apply(target),
                found -> {
                    if (target.equals(session.target())) {
                        show.accept(found);
                    }
                },
                () -> {});
    }

    /// Runs a tool for the server shown. A plan that waits is opened where one decides; else what
    /// came of it is said.
    protected final void runTool(AgentFramework framework, String tool, ObjectNode input) {
        var actor = session.actor();
        lookUp(target -> framework.run(tool, input, target, actor), this::tell);
    }

    private void tell(ToolReport report) {
        var waiting =
                report.plans().stream()
                        .filter(p -> p.state() == FiledPlan.State.WAITING)
                        .findFirst();
        var words = report.error() != null ? report.error() : withoutDecision(report);
        if (waiting.isPresent()) {
            session.goTo(Destination.plan(waiting.get().id()));
        } else if (!words.isEmpty()) {
            say(words);
        }
        refresh();
    }

    /// What is to be said of a run that left no plan to decide about; empty for nothing.
    protected String withoutDecision(ToolReport report) {
        return String.join("; ", report.caveats());
    }

    private <V> void submit(Supplier<V> work, Consumer<V> done, Runnable ended) {
        commands++;
        working.set(true);
        try {
            session.background().execute(() -> carryOut(work, done, ended));
        } catch (RuntimeException e) { // an executor that takes nothing more
            end(() -> say(e), ended);
        }
    }

    // A boundary: a person pressed a button, so an Error too has to be said and not only logged.
    private <V> void carryOut(Supplier<V> work, Consumer<V> done, Runnable ended) {
        Runnable outcome;
        try {
            V value = work.get();
            outcome = () -> done.accept(value);
        } catch (Throwable e) {
            outcome = () -> say(e);
        }
        var toShow = outcome;
        session.screen().execute(() -> end(toShow, ended));
    }

    private void say(Throwable failure) {
        LOG.warn("A command of the console failed", failure);
        say(Notice.words(failure));
    }

    /// Says something that is to be read and dismissed; on the screen's thread.
    protected final void say(String text) {
        notice.set(new Notice(session.now(), text));
    }

    private void end(Runnable outcome, Runnable ended) {
        commands--;
        working.set(commands > 0);
        try {
            outcome.run();
        } finally {
            ended.run();
        }
    }

    private void onTargetChanged() {
        if (aboutOneServer()) {
            forget();
            refresh();
        }
    }

    /// Whatever is shown of the server looked at before goes, also when the read of the new one has
    /// yet to come.
    private void forget() {
        lookedAt = session.target();
        data.set(null);
        failed = false;
        targetChanged();
        restate();
    }

    /// On the screen's thread: another server is looked at. What is open about the one before
    /// closes.
    protected void targetChanged() {}

    private void show(T picture) {
        failed = false;
        trouble.set("");
        data.set(picture);
        shown(picture);
        restate();
    }

    /// The last good data stays.
    private void fail(Throwable e) {
        failed = true;
        trouble.set(Notice.words(e));
        restate();
    }

    private void restate() {
        var picture = data.get();
        if (failed) {
            state.set(ScreenState.FAILED);
        } else if (picture == null) {
            state.set(ScreenState.LOADING);
        } else if (stale(picture)) {
            state.set(ScreenState.STALE);
        } else {
            state.set(isEmpty(picture) ? ScreenState.EMPTY : ScreenState.READY);
        }
    }

    public ReadOnlyObjectProperty<ScreenState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable T> dataProperty() {
        return data.getReadOnlyProperty();
    }

    /// What failed, why and what to do, while the state is FAILED.
    public ReadOnlyStringProperty troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /// What the last command that failed said; null when there is none or it was dismissed.
    public ReadOnlyObjectProperty<@Nullable Notice> noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    public void dismissNotice() {
        notice.set(null);
    }

    /// While a command of a person is under way.
    public ReadOnlyBooleanProperty workingProperty() {
        return working.getReadOnlyProperty();
    }
}
