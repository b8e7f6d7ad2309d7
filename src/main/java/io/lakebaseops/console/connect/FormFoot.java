package io.lakebaseops.console.connect;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;

import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The foot of the form: what went wrong, and test, keep, remove.
final class FormFoot extends VBox {
    private final ConnectModel model;
    private final ConnectForm form;
    private boolean sureToRemove;

    FormFoot(ConnectModel model) {
        super(6);
        this.model = model;
        this.form = model.form();
        var trouble = Nodes.wrapped("", "row-sub", Role.CRITICAL.css(), "trouble");
        trouble.setId("connect-trouble");
        trouble.textProperty().bind(model.trouble());
        FormColumn.shown(trouble, model.trouble().isNotEmpty());
        var said = Nodes.label("", "card-note");
        said.setMinWidth(0);
        said.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                this::tested, model.report(), model.testing(), model.outdated()));
        var remove = Nodes.button(Messages.of("connect.remove"), () -> {});
        remove.setId("connect-remove");
        remove.setOnAction(_ -> remove(remove));
        form.replaces()
                .addListener(
                        (_, _, _) -> {
                            sureToRemove = false;
                            remove.setText(Messages.of("connect.remove"));
                        });
        FormColumn.shown(remove, form.replaces().isNotEmpty());
        var test = Nodes.button(Messages.of("connect.test"), this::testOrStop);
        test.setId("connect-test");
        test.setGraphic(new FontIcon(Feather.ZAP));
        test.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        model.testing().get()
                                                ? Messages.of("connect.cancel")
                                                : model.report().get() == null
                                                        ? Messages.of("connect.test")
                                                        : Messages.of("connect.test.again"),
                                model.testing(),
                                model.report()));
        var save = Nodes.button("", () -> model.save(good()));
        save.setId("connect-save");
        save.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        good()
                                                ? Messages.of("connect.save")
                                                : Messages.of("connect.save.only"),
                                model.report(),
                                model.outdated()));
        save.disableProperty().bind(model.saving().or(model.testing()));
        Runnable accent =
                () -> {
                    test.getStyleClass().remove("accent");
                    save.getStyleClass().remove("accent");
                    (good() ? save : test).getStyleClass().add("accent");
                };
        model.report().addListener((_, _, _) -> accent.run());
        model.outdated().addListener((_, _, _) -> accent.run());
        accent.run();
        var buttons = Nodes.row(said, Nodes.spacer(), remove, save, test);
        getStyleClass().add("connect-foot");
        getChildren().addAll(trouble, buttons);
    }

    private boolean good() {
        var report = model.report().get();
        return report != null && report.works() && !model.outdated().get();
    }

    private String tested() {
        if (model.testing().get()) {
            return Messages.of("connect.testing");
        }
        return model.report().get() == null
                ? ""
                : model.outdated().get()
                        ? Messages.of("connect.outdated")
                        : Messages.of("connect.tested");
    }

    private void testOrStop() {
        if (!model.cancel()) {
            model.test();
        }
    }

    private void remove(Button button) {
        var name = form.replaces().get();
        if (sureToRemove) {
            model.remove(name);
        } else {
            sureToRemove = true;
            button.setText(Messages.of("connect.remove.sure", name));
        }
    }
}
