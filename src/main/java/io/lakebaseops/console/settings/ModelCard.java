package io.lakebaseops.console.settings;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.settings.SettingsViewModel.Opened;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// The language model in a few words; its fields open in the pane.
final class ModelCard extends VBox {
    private final Label state = Nodes.label("", "row-title");
    private final Label words = Nodes.wrapped("", "row-sub");
    private final Label leaves = Nodes.wrapped("", "row-sub");

    ModelCard(SettingsViewModel model) {
        getStyleClass().addAll("card", "settings-card");
        setId("model-card");
        state.setId("model-state");
        var change = Nodes.button(Texts.of("Edit"), () -> model.open(new Opened.Model()), "small");
        change.setId("model-change");
        getChildren()
                .addAll(
                        Nodes.row(
                                FactCards.title(Texts.of("Language model")),
                                Nodes.spacer(),
                                change),
                        state,
                        words,
                        leaves);
    }

    void show(ModelState model) {
        var s = model.settings();
        state.setText(s.on() ? s.model() : Texts.of("Off"));
        words.setText(
                s.on()
                        ? Texts.of("%s at %s", ModelState.word(s.provider()), s.server())
                        : Texts.of("Ask works from rules and data."));
        boolean sends = s.on() && s.consented();
        leaves.setText(
                sends
                        ? Texts.of("Questions and masked results go to that server.")
                        : s.on()
                                ? Texts.of(
                                        "Nobody has agreed yet that questions go to that server.")
                                : Texts.of("0 bytes leave this machine."));
        Nodes.role(leaves, sends ? Role.MUTED : s.on() ? Role.WARNING : Role.OK);
        if (!model.troubles().isEmpty()) {
            leaves.setText(String.join(" ", model.troubles()));
            Nodes.role(leaves, Role.CRITICAL);
        }
    }
}
