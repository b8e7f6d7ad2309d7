package io.lakebaseops.console;

import io.lakebaseops.console.fx.Fxml;
import io.lakebaseops.domain.Subject;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyEvent;

import org.jspecify.annotations.Nullable;

/// The base of every screen's view: loads `X.fxml` for the class `X` when it is first shown. Its
/// model is active exactly while the screen is.
///
/// @param <M> its view model
public abstract class ScreenView<M extends ScreenModel<?>> {
    protected final ConsoleSession session;
    protected final M model;
    private @Nullable Parent root;

    protected ScreenView(ConsoleSession session, M model) {
        this.session = session;
        this.model = model;
    }

    /// Not in the constructor: `initialize()` may use every field of the subclass.
    public final Parent root() {
        var loaded = root;
        if (loaded == null) {
            loaded = load();
            root = loaded;
        }
        return loaded;
    }

    protected Parent load() {
        return Fxml.load(this);
    }

    public final M model() {
        return model;
    }

    /// Shows what a destination names inside this screen.
    public void reveal(String item) {}

    /// What is selected, which a question asked from here is about; null for nothing.
    public @Nullable Subject selection() {
        return null;
    }

    /// May another place be gone to? A screen that says no asks the person first.
    public boolean mayLeave(Destination to) {
        return true;
    }

    /// What the top bar says instead of the server looked at; null where a screen is about that.
    public @Nullable TopBarText topBar() {
        return null;
    }

    /// @param title in the place of the server's name
    /// @param count beside it
    /// @param counts in the place of the data's age
    public record TopBarText(String title, ObservableValue<String> count, Node counts) {}

    /// A key nobody else took; true when it meant something here.
    public boolean onKey(KeyEvent key) {
        return false;
    }
}
