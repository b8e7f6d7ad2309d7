package io.lakebaseops.console.settings;

import io.lakebaseops.ask.model.ModelDesk.Trial;
import io.lakebaseops.config.ModelSettings;
import io.lakebaseops.config.ModelSettings.Provider;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.domain.Format;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The pane of the language model: off, or a server with a name and a key; a trial of one question;
/// and what left this machine last.
final class ModelPane {
    private final SettingsViewModel model;
    private final SidePane pane;
    private final Segments<Boolean> onOff = new Segments<>();
    private final Segments<Provider> provider = new Segments<>();
    private final TextField url = new TextField();
    private final TextField name = new TextField();
    private final PasswordField key = new PasswordField();
    private final CheckBox agree = new CheckBox();
    private final Label problem = Nodes.wrapped("", "problem");
    private final Label came = Nodes.wrapped("", "row-sub");
    private final VBox fields = new VBox(10);
    private final Button tryIt;
    private final Button save;
    private ModelSettings before = ModelSettings.OFF;
    private boolean on;
    private Provider chosen = Provider.OPENAI_COMPATIBLE;

    ModelPane(SettingsViewModel model, SidePane pane) {
        this.model = model;
        this.pane = pane;
        onOff.add(false, Texts.of("Off"), "model-off");
        onOff.add(true, Texts.of("On"), "model-on");
        onOff.onChoice(
                o -> {
                    on = o;
                    check();
                });
        for (var p : Provider.values()) {
            provider.add(p, ModelState.word(p), "provider-" + p.ordinal());
        }
        provider.onChoice(
                p -> {
                    chosen = p;
                    check();
                });
        url.setId("model-url");
        name.setId("model-name");
        key.setId("model-key");
        agree.setId("model-agree");
        agree.setMnemonicParsing(false);
        agree.setWrapText(true);
        agree.selectedProperty().addListener((_, _, _) -> check());
        for (var field : List.of(url, name)) {
            field.textProperty().addListener((_, _, _) -> check());
        }
        problem.managedProperty().bind(problem.visibleProperty());
        came.setId("model-came");
        tryIt = Nodes.button(Texts.of("Try it"), this::tryIt);
        tryIt.setId("model-try");
        save = Nodes.button(Texts.of("Save model"), this::save, "accent");
        save.setId("model-save");
        fields.getChildren()
                .addAll(
                        labelled(Texts.of("Protocol"), Nodes.row(provider)),
                        labelled(Texts.of("Address"), url),
                        labelled(Texts.of("Model"), name),
                        labelled(Texts.of("Key"), key),
                        agree);
        model.model().trialProperty().addListener((_, _, t) -> showTrial(t));
        model.model()
                .tryingProperty()
                .addListener(
                        (_, _, busy) -> {
                            tryIt.setText(busy ? Texts.of("Asking…") : Texts.of("Try it"));
                            check();
                        });
    }

    private static Node labelled(String title, Node input) {
        if (input instanceof TextField field) {
            field.setAccessibleText(title);
        }
        return new VBox(3, Nodes.label(title, "field-label"), input);
    }

    void show(ModelState state) {
        pane.title(null, Texts.of("Language model"), List.of());
        before = state.settings();
        on = before.on();
        chosen = before.provider();
        onOff.select(on);
        provider.select(chosen);
        url.setText(before.url() == null ? "" : before.url().toString());
        url.setPromptText(
                chosen == Provider.ANTHROPIC
                        ? "https://api.anthropic.com/v1"
                        : "http://127.0.0.1:11434/v1");
        name.setText(before.model());
        key.clear();
        key.setPromptText(state.hasKey() ? Texts.of("set") : Texts.of("none"));
        agree.setSelected(before.consented());
        came.setText("");
        var lines = new ArrayList<Node>();
        lines.add(Nodes.row(onOff));
        lines.add(
                Nodes.wrapped(
                        Texts.of(
                                "Off, Ask works from rules and data of this product alone. On, a model chooses among tools that only read, and words the answer."),
                        "row-sub"));
        lines.add(fields);
        lines.add(problem);
        lines.add(came);
        var caps = before.caps();
        lines.add(
                Nodes.wrapped(
                        Texts.of(
                                "One answer takes at most %d requests, %s and %s. These limits are set in model.yaml.",
                                caps.rounds(),
                                Texts.count(caps.tokens(), "token"),
                                Format.duration(caps.time())),
                        "row-sub"));
        lines.add(leaves(state));
        pane.content("model", lines);
        pane.acts(null, List.of(tryIt, save));
        check();
    }

    private static Node leaves(ModelState state) {
        var title = Nodes.label(Texts.of("What left this machine"), "pane-section");
        var sent = state.lastSent();
        if (sent == null) {
            return new VBox(
                    4,
                    title,
                    Nodes.wrapped(
                            Texts.of(
                                    "Nothing. With a model on, the whole text of your last question stands here, as it was sent."),
                            "row-sub",
                            Role.OK.css()));
        }
        TextArea body = Nodes.lines();
        body.setText(Format.printableLines(sent.body()));
        body.setEditable(false);
        body.setWrapText(true);
        body.setPrefRowCount(9);
        body.getStyleClass().add("sent-body");
        body.setId("model-sent");
        body.setAccessibleText(Texts.of("What left this machine for the last question"));
        return new VBox(
                4,
                title,
                Nodes.wrapped(
                        Texts.of(
                                "“%s” to %s, %s and %s",
                                sent.question(),
                                sent.server(),
                                Texts.count(sent.tokensIn(), "token"),
                                Texts.of("%s back", Texts.count(sent.tokensOut(), "token"))),
                        "row-sub"),
                body);
    }

    /// What is typed; null when something is wrong, which is then said.
    private @Nullable ModelSettings typed() {
        try {
            var address = url.getText().strip();
            return new ModelSettings(
                    on,
                    chosen,
                    address.isEmpty() ? null : ModelSettings.address(address),
                    name.getText().strip(),
                    before.keySecret(),
                    before.caps(),
                    before.price(),
                    before.agreed());
        } catch (IllegalArgumentException e) {
            problem.setText(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void check() {
        var typed = typed();
        problem.setVisible(typed == null);
        agree.setText(
                typed == null || typed.url() == null
                        ? Texts.of("Questions may go to this server")
                        : Texts.of("Questions and masked results may go to %s", typed.server()));
        boolean busy = model.model().tryingProperty().get();
        tryIt.setDisable(typed == null || typed.url() == null || busy);
        save.setDisable(typed == null || model.readOnly());
    }

    private @Nullable String key() {
        return key.getText().isBlank() ? null : key.getText().strip();
    }

    private void tryIt() {
        var typed = typed();
        if (typed != null) {
            model.model().tryIt(typed, key());
        }
    }

    private void save() {
        var typed = typed();
        if (typed != null) {
            model.model().save(typed, key(), agree.isSelected());
        }
    }

    private void showTrial(@Nullable Trial trial) {
        switch (trial) {
            case null -> came.setText("");
            case Trial.Answered(var words, var in, var out, var took) -> {
                came.setText(
                        Texts.of(
                                "It said “%s” in %s (%d tokens sent, %d received).",
                                words, Format.duration(took), in, out));
                Nodes.role(came, Role.OK);
            }
            case Trial.Failed(var why, var remedy, _) -> {
                came.setText(why + (remedy.isEmpty() ? "" : ": " + remedy));
                Nodes.role(came, Role.CRITICAL);
            }
        }
    }
}
