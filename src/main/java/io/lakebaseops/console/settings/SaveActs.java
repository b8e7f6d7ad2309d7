package io.lakebaseops.console.settings;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;

import javafx.scene.control.Button;

/// Save and Discard, as often as the screen shows them.
final class SaveActs {
    private final SettingsViewModel model;
    private final Button save;
    private final Button discard;

    /// @param id begins the ids of the buttons
    SaveActs(SettingsViewModel model, String id) {
        this.model = model;
        save = Nodes.button(Texts.of("Save"), model::save, "accent");
        save.setId(id + "-save");
        discard = Nodes.button(Texts.of("Discard"), model::discard);
        discard.setId(id + "-discard");
        model.versionProperty().addListener((_, _, _) -> update());
        model.stateProperty().addListener((_, _, _) -> update());
        update();
    }

    private void update() {
        int n = model.unsaved();
        save.setText(
                n == 0
                        ? Texts.of("Save")
                        : Texts.of(
                                "Save %s%s",
                                n, n == 1 ? Texts.of(" change") : Texts.of(" changes")));
        save.setDisable(!model.savable());
        discard.setDisable(n == 0);
    }

    Button save() {
        return save;
    }

    Button discard() {
        return discard;
    }
}
