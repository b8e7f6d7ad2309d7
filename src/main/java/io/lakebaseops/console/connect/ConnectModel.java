package io.lakebaseops.console.connect;

import io.lakebaseops.config.ConnectionProfile;
import io.lakebaseops.config.ProfileSecrets;
import io.lakebaseops.console.Notice;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.connection.ConnectionReport;
import io.lakebaseops.domain.connection.ConnectionStage;
import io.lakebaseops.postgres.PastedConnection;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The view model of the connect page: what was found, the form, the test, and keeping it. A test
/// runs because a person asked for it, never by itself a second time.
public final class ConnectModel {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectModel.class);

    /// A login in the browser takes a person's time; a server has its own limit for each stage.
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final ConnectionDesk desk;
    private final Executor background;
    private final Executor screen;
    private final ConnectForm form = new ConnectForm();
    private final ReadOnlyObjectWrapper<@Nullable List<FoundPlace>> found =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<List<ConnectionStage>> stages =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<@Nullable ConnectionReport> report =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper testing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper outdated = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper saving = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper keychain = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper read = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper readWell = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
    private final ObjectProperty<@Nullable TargetId> chosen = new SimpleObjectProperty<>();
    private Consumer<TargetId> saved = _ -> {};
    private Runnable changed = () -> {};
    private @Nullable Deadline running;

    /// @param screen runs on the JavaFX thread; a test hands in one that runs at once
    public ConnectModel(ConnectionDesk desk, Executor background, Executor screen) {
        this.desk = desk;
        this.background = background;
        this.screen = screen;
        form.changes().forEach(o -> o.addListener(_ -> outdated.set(report.get() != null)));
    }

    /// Looks for connections on this computer.
    public void lookAround() {
        found.set(null);
        ask(desk::found, found::set);
        ask(
                desk::hasKeychain,
                there -> {
                    keychain.set(there);
                    if (there) {
                        form.place().set(ProfileSecrets.Place.KEYCHAIN);
                    }
                });
    }

    private <V> void ask(Supplier<V> work, Consumer<V> show) {
        background.execute(
                () -> {
                    try {
                        var value = work.get();
                        screen.execute(() -> show.accept(value));
                    } catch (RuntimeException e) { // boundary: said on the page
                        LOG.warn("The connect page could not be served", e);
                        screen.execute(() -> say(e));
                    }
                });
    }

    private void say(Throwable e) {
        saving.set(false);
        trouble.set(Notice.words(e));
    }

    /// @return whether it was read; then the text is to be blanked, for it may hold a password
    public boolean paste(String text) {
        var pasted = PastedConnection.read(text);
        reset();
        boolean taken = form.fill(pasted);
        readWell.set(taken);
        read.set(
                switch (pasted) {
                    case PastedConnection.Server s -> words(s);
                    case PastedConnection.Workspace _ -> Texts.of("Read as a Databricks workspace");
                    case PastedConnection.Unreadable(var why) -> Texts.of("Not read: %s", why);
                });
        return taken;
    }

    private static String words(PastedConnection.Server s) {
        var all = new StringBuilder(Texts.of("Read as %s: %s parts", s.form().words(), s.parts()));
        if (s.password() != null) {
            all.append(Texts.of("; the password goes to the secret store"));
        }
        s.notes().forEach(n -> all.append("; ").append(n));
        return all.toString();
    }

    /// Takes over what was found, and tests it: the click was asked for.
    public void take(FoundPlace.Fill fill) {
        reset();
        read.set("");
        form.fill(fill);
        test();
    }

    public void edit(ConnectionProfile profile) {
        reset();
        read.set("");
        form.edit(profile);
    }

    public void fresh() {
        reset();
        read.set("");
        form.clear();
    }

    private void reset() {
        cancel();
        report.set(null);
        stages.set(List.of());
        outdated.set(false);
        trouble.set("");
        chosen.set(null);
    }

    /// One try.
    public void test() {
        if (testing.get()) {
            return;
        }
        trouble.set("");
        try {
            var draft = form.draft();
            var deadline = Deadline.in(LONGEST);
            running = deadline;
            testing.set(true);
            report.set(null);
            outdated.set(false);
            stages.set(List.of());
            background.execute(
                    () -> {
                        try {
                            var result =
                                    desk.test(
                                            draft,
                                            now -> screen.execute(() -> progress(deadline, now)),
                                            deadline);
                            screen.execute(() -> tested(deadline, result));
                        } catch (RuntimeException e) { // boundary: said on the page
                            LOG.warn("A connection could not be tested", e);
                            screen.execute(() -> failed(deadline, e));
                        }
                    });
        } catch (IllegalArgumentException e) {
            trouble.set(String.valueOf(e.getMessage()));
        }
    }

    private void progress(Deadline of, List<ConnectionStage> now) {
        if (running == of) {
            stages.set(now);
        }
    }

    private void tested(Deadline of, ConnectionReport result) {
        if (running == of) {
            running = null;
            testing.set(false);
            stages.set(result.stages());
            report.set(result);
            chosen.set(result.branches().isEmpty() ? null : result.branches().getFirst());
        }
    }

    private void failed(Deadline of, RuntimeException e) {
        if (running == of) {
            running = null;
            testing.set(false);
            say(e);
        }
    }

    /// Ends a running test at once.
    ///
    /// @return whether one ran
    public boolean cancel() {
        var deadline = running;
        if (deadline == null) {
            return false;
        }
        running = null;
        testing.set(false);
        stages.set(List.of());
        // Closing a socket may wait for the network.
        background.execute(deadline::cancel);
        return true;
    }

    /// A person found the key of the SSH server to be right.
    public void acceptHostKey() {
        var draft = form.draft();
        ask(
                () -> {
                    desk.acceptHostKey(draft);
                    return true;
                },
                _ -> test());
    }

    /// @param watch look at it now
    public void save(boolean watch) {
        if (saving.get()) {
            return;
        }
        trouble.set("");
        try {
            var draft = form.draft();
            var branch = chosen.get();
            saving.set(true);
            ask(
                    () -> desk.save(draft, branch),
                    target -> {
                        saving.set(false);
                        fresh();
                        changed.run();
                        if (watch) {
                            saved.accept(target);
                        }
                    });
        } catch (IllegalArgumentException e) {
            trouble.set(String.valueOf(e.getMessage()));
        }
    }

    /// Reads the saved connections.
    void saved(Consumer<ConnectionDesk.Saved> show) {
        ask(desk::saved, show);
    }

    void remove(String name) {
        ask(
                () -> {
                    desk.remove(name);
                    return true;
                },
                _ -> {
                    if (form.replaces().get().equals(name)) {
                        fresh();
                    }
                    changed.run();
                });
    }

    void move(String name, int by) {
        ask(
                () -> {
                    desk.move(name, by);
                    return true;
                },
                _ -> changed.run());
    }

    /// @param act gets the server to look at
    public void onSaved(Consumer<TargetId> act) {
        saved = act;
    }

    /// @param act whenever the saved connections are other ones
    void onChange(Runnable act) {
        changed = act;
    }

    public ConnectForm form() {
        return form;
    }

    /// Null while it is looked for.
    public ReadOnlyObjectProperty<@Nullable List<FoundPlace>> found() {
        return found.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<ConnectionStage>> stages() {
        return stages.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable ConnectionReport> report() {
        return report.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty testing() {
        return testing.getReadOnlyProperty();
    }

    /// The form was changed after the test.
    public ReadOnlyBooleanProperty outdated() {
        return outdated.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty saving() {
        return saving.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty keychain() {
        return keychain.getReadOnlyProperty();
    }

    /// What the pasted text was read as.
    public ReadOnlyStringProperty readAs() {
        return read.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty readWell() {
        return readWell.getReadOnlyProperty();
    }

    /// Why something could not be done; empty when all is well.
    public ReadOnlyStringProperty trouble() {
        return trouble.getReadOnlyProperty();
    }

    /// The branch of a workspace that is looked at first.
    public ObjectProperty<@Nullable TargetId> chosen() {
        return chosen;
    }
}
