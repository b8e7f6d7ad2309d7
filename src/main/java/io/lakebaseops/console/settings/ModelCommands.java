package io.lakebaseops.console.settings;

import io.lakebaseops.ask.model.ModelDesk;
import io.lakebaseops.ask.model.ModelDesk.Trial;
import io.lakebaseops.change.audit.SettingChanges.Change;
import io.lakebaseops.config.ModelSettings;
import io.lakebaseops.config.ProfileSecrets.Place;
import io.lakebaseops.domain.Deadline;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// Tries and keeps the settings of the language model.
final class ModelCommands {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SettingsViewModel owner;
    private final ModelDesk desk;
    private final ThresholdDesk log;
    private final ReadOnlyObjectWrapper<@Nullable Trial> trial = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper trying = new ReadOnlyBooleanWrapper();

    ModelCommands(SettingsViewModel owner, ModelDesk desk, ThresholdDesk log) {
        this.owner = owner;
        this.desk = desk;
        this.log = log;
    }

    /// @param key null for the one that is kept
    void tryIt(ModelSettings settings, @Nullable String key) {
        if (trying.get()) {
            return;
        }
        trying.set(true);
        trial.set(null);
        owner.command(
                () -> {
                    var came = desk.tryIt(settings, key, Deadline.in(PATIENCE));
                    owner.session().screen().execute(() -> trial.set(came));
                },
                () -> trying.set(false));
    }

    /// @param key null to keep the one there is
    /// @param agreed whether the person agrees that questions go to that server
    void save(ModelSettings settings, @Nullable String key, boolean agreed) {
        owner.work(
                () -> {
                    var before = desk.settings();
                    if (key != null) {
                        boolean chain = owner.hasKeychain();
                        desk.saveKey(settings, key, chain ? Place.KEYCHAIN : Place.FILE);
                    }
                    desk.save(settings.agreed(agreed));
                    log.note(
                            new Change("Language model", words(before), words(settings)),
                            owner.session().actor());
                    return settings;
                },
                _ -> owner.open(new SettingsViewModel.Opened.Model()));
    }

    private static String words(ModelSettings s) {
        return s.on() ? s.model() + " at " + s.server() : "off";
    }

    ReadOnlyObjectProperty<@Nullable Trial> trialProperty() {
        return trial.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty tryingProperty() {
        return trying.getReadOnlyProperty();
    }
}
