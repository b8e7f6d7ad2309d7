package io.lakebaseops.console.indexes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.TwinPlans;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.state.IndexSet;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// The best set of indexes on the Indexes screen: searched on request, looked at, filed as plans.
final class BudgetModel {
    private final ConsoleSession session;
    private final AgentFramework framework;
    private final TwinPlans twin;
    private final ReadOnlyBooleanProperty busy;
    private final Consumer<Runnable> background;
    private final Consumer<String> say;
    private final ReadOnlyObjectWrapper<@Nullable Open> open = new ReadOnlyObjectWrapper<>();

    /// @param background runs a command of the screen
    /// @param say to the person at the screen
    BudgetModel(
            ConsoleSession session,
            AgentFramework framework,
            TwinPlans twin,
            ReadOnlyBooleanProperty busy,
            Consumer<Runnable> background,
            Consumer<String> say) {
        this.session = session;
        this.framework = framework;
        this.twin = twin;
        this.busy = busy;
        this.background = background;
        this.say = say;
    }

    /// @param point of its curve that is looked at; null for the set itself
    record Open(IndexSet set, IndexSet.@Nullable Point point) {}

    ReadOnlyObjectProperty<@Nullable Open> openProperty() {
        return open.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy;
    }

    void open(IndexSet set, IndexSet.@Nullable Point point) {
        open.set(new Open(set, point));
    }

    void close() {
        open.set(null);
    }

    /// The whole analysis with the search of a set; the pane keeps what it shows meanwhile.
    void search() {
        var input = JsonNodeFactory.instance.objectNode().put("index_set", true);
        run(input);
    }

    void run(com.fasterxml.jackson.databind.node.ObjectNode input) {
        var target = session.target();
        var actor = session.actor();
        background.accept(
                () -> {
                    var error =
                            framework.run(IndexesViewModel.ANALYSIS, input, target, actor).error();
                    if (error != null) {
                        session.screen().execute(() -> say.accept(error));
                    }
                });
    }

    /// Files the plans of the set; the gate decides about each of them.
    void file(IndexSet set) {
        var target = session.target();
        var actor = session.actor();
        background.accept(
                () -> {
                    var filed = twin.file(target, set, actor).join();
                    var words =
                            Messages.of(
                                    "indexes.set.filed",
                                    String.valueOf(filed.plans().size()),
                                    String.join(". ", filed.skipped()));
                    session.screen().execute(() -> say.accept(words));
                });
    }
}
