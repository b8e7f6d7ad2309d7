package io.lakebaseops.console.settings;

import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;

import java.util.List;

/// Asks what becomes of changes that are not saved when somebody goes away from them.
final class LeavingPane {
    private final SettingsViewModel model;
    private final SidePane pane;

    LeavingPane(SettingsViewModel model, SidePane pane) {
        this.model = model;
        this.pane = pane;
    }

    void show(Destination to) {
        int n = model.unsaved();
        pane.title(
                Role.WARNING,
                n == 1
                        ? Texts.of("1 change is not saved")
                        : Texts.of("%s changes are not saved", n),
                List.of());
        pane.content(
                "leaving",
                List.of(
                        Nodes.wrapped(
                                Texts.of(
                                        "Nothing of it is in force yet. What is typed stays here until it is saved or discarded, as long as this window is open."),
                                "row-sub")));
        var save = Nodes.button(Texts.of("Save and go"), () -> model.saveAndGo(to), "accent");
        save.setId("leave-save");
        save.setDisable(!model.savable());
        var discard =
                Nodes.button(
                        Texts.of("Discard and go"),
                        () -> {
                            model.discard();
                            model.go(to);
                        });
        discard.setId("leave-discard");
        var keep = Nodes.button(Texts.of("Stay"), model::close);
        keep.setId("leave-stay");
        pane.acts(null, List.of(keep, discard, save));
    }
}
