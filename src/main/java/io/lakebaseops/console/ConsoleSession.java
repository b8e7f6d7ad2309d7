package io.lakebaseops.console;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.work.Ticker;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/// What all screens of one window share: the server looked at, the age of its data, the screen
/// shown.
public final class ConsoleSession implements AutoCloseable {
    private final EventBus events;
    private final Executor background;
    private final Function<TargetId, Ticker.Ticking> watch;
    private final Consumer<TargetId> connectAgain;
    private final Clock clock;
    private final String user;
    private final Executor screen;
    private final DataAge age;
    private Ticker.Ticking watching;
    private final EventJournal journal;
    private Runnable switchTheme = () -> {};
    private final KnownTargets servers;
    private final ReadOnlyIntegerWrapper known = new ReadOnlyIntegerWrapper();
    private final ReadOnlyObjectWrapper<TargetId> target;
    // Written on the screen's thread, read by the background as the stamp of what it reads.
    private volatile TargetId shownTarget;
    private final ReadOnlyLongWrapper planVersion = new ReadOnlyLongWrapper();
    private Consumer<Destination> again = _ -> {};
    private final ObjectProperty<Destination> destination =
            new SimpleObjectProperty<>(Destination.overview());

    /// @param screen runs on the JavaFX thread; a test hands in one that runs at once
    public ConsoleSession(ConsoleServices services, TargetId target, Executor screen) {
        events = services.events();
        background = services.runtime().background();
        watch = services.runtime().watch();
        connectAgain = services.targets()::tryAgain;
        clock = services.runtime().clock();
        user = services.runtime().user();
        this.screen = screen;
        this.target = new ReadOnlyObjectWrapper<>(target);
        shownTarget = target;
        age = new DataAge(services, target, screen);
        watching = watch.apply(target);
        journal = new EventJournal(events);
        servers = new KnownTargets(services.targets(), services.runtime().localLakebase(), clock);
    }

    public EventBus events() {
        return events;
    }

    /// Runs blocking calls.
    public Executor background() {
        return background;
    }

    public Executor screen() {
        return screen;
    }

    public DataAge age() {
        return age;
    }

    public EventJournal journal() {
        return journal;
    }

    /// The listing all screens of the window share.
    public KnownTargets servers() {
        return servers;
    }

    /// How many servers and branches were listed last.
    public ReadOnlyIntegerProperty knownProperty() {
        return known.getReadOnlyProperty();
    }

    /// On the screen's thread.
    public void knows(int targets) {
        known.set(targets);
    }

    /// From any thread.
    public TargetId target() {
        return shownTarget;
    }

    public ReadOnlyObjectProperty<TargetId> targetProperty() {
        return target.getReadOnlyProperty();
    }

    public void lookAt(TargetId next) {
        watching.close();
        watching = watch.apply(next);
        shownTarget = next;
        age.watch(next);
        target.set(next);
    }

    /// A person wants the server shown tried again now, also after a refused login.
    public void connectAgain() {
        connectAgain.accept(shownTarget);
    }

    /// Changes whenever any console, or an agent anywhere, changed a plan.
    public ReadOnlyLongProperty planVersionProperty() {
        return planVersion.getReadOnlyProperty();
    }

    /// On the screen's thread: what the plan queue's version was found to be.
    public void plansAreAt(long version) {
        planVersion.set(version);
    }

    public ObjectProperty<Destination> destinationProperty() {
        return destination;
    }

    /// Also to the place where one is: what it names is shown again.
    public void goTo(Destination next) {
        if (next.equals(destination.get())) {
            again.accept(next);
        } else {
            destination.set(next);
        }
    }

    /// @param reveal what to do when the place shown is asked for again
    public void onAgain(Consumer<Destination> reveal) {
        again = reveal;
    }

    /// Who decides, as the audit names them.
    public String user() {
        return user;
    }

    public Actor actor() {
        return Actor.human(user);
    }

    /// Who did something, as it stands in a list: `ada`, and `ada (you)` for who looks at it.
    public String named(String who) {
        return who.equals(user) ? Texts.of("%s (you)", who) : who;
    }

    public Instant now() {
        return clock.instant();
    }

    public ZoneId zone() {
        return ZoneId.systemDefault();
    }

    /// What switches between dark and light, once the window is there.
    public void onSwitchTheme(Runnable act) {
        switchTheme = act;
    }

    public void switchTheme() {
        switchTheme.run();
    }

    @Override
    public void close() {
        watching.close();
        age.close();
        journal.close();
    }
}
