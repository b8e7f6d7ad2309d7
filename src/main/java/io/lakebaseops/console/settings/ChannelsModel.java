package io.lakebaseops.console.settings;

import io.lakebaseops.console.settings.ChannelDesk.Draft;
import io.lakebaseops.console.settings.ChannelDesk.Result;
import io.lakebaseops.console.settings.SettingsViewModel.Opened;
import io.lakebaseops.domain.Severity;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;

import org.jspecify.annotations.Nullable;

/// Tries and changes channels; the result of a test stands beside its channel until the next one.
final class ChannelsModel {
    private final SettingsViewModel owner;
    private final ChannelDesk desk;
    private final ObservableMap<String, Result> tested = FXCollections.observableHashMap();
    private final ReadOnlyObjectWrapper<@Nullable String> testing = new ReadOnlyObjectWrapper<>();

    ChannelsModel(SettingsViewModel owner, ChannelDesk desk) {
        this.owner = owner;
        this.desk = desk;
    }

    void test(String name) {
        if (testing.get() != null) {
            return;
        }
        testing.set(name);
        owner.command(
                () -> {
                    var result = desk.test(name, owner.session().actor());
                    owner.session().screen().execute(() -> tested.put(name, result));
                },
                () -> testing.set(null));
    }

    void save(Draft draft) {
        owner.work(
                () -> {
                    desk.save(draft, owner.session().actor());
                    return draft.channel().name();
                },
                name -> {
                    tested.remove(name);
                    owner.open(new Opened.Channel(name));
                });
    }

    void remove(String name) {
        owner.work(
                () -> {
                    desk.remove(name, owner.session().actor());
                    return name;
                },
                gone -> {
                    tested.remove(gone);
                    owner.close();
                });
    }

    void route(String name, @Nullable Severity from) {
        owner.work(
                () -> {
                    desk.route(name, from, owner.session().actor());
                    return name;
                },
                _ -> {});
    }

    /// Results of this window's tests, by channel.
    ObservableMap<String, Result> tested() {
        return tested;
    }

    /// The channel that is being tried; null when none is.
    ReadOnlyObjectProperty<@Nullable String> testingProperty() {
        return testing.getReadOnlyProperty();
    }
}
