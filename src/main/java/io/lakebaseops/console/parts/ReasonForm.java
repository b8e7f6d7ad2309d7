package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;

import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/// A short form for setting something aside: until when, and why. Nothing is set aside without a
/// reason, because the next reader has to know it.
public final class ReasonForm extends VBox {
    private final TextField reason = new TextField();

    /// @param until null for good
    public record Choice(String words, @Nullable Instant until) {}

    /// @param says what comes of it and what does not
    /// @param choices the first is the default
    public ReasonForm(
            String id,
            String says,
            String act,
            List<Choice> choices,
            BiConsumer<String, @Nullable Instant> done,
            Runnable cancelled) {
        super(8);
        setId(id);
        var chosen = new Choice[] {choices.getFirst()};
        var until = new Segments<Choice>();
        for (var choice : choices) {
            until.add(choice, choice.words(), id + "-" + choice.words().replace(' ', '-'));
        }
        until.select(choices.getFirst());
        until.onChoice(c -> chosen[0] = c);
        reason.setId(id + "-reason");
        reason.setPromptText(Texts.of("Why (needed)"));
        HBox.setHgrow(reason, Priority.ALWAYS);
        var go =
                Nodes.button(
                        act,
                        () -> done.accept(reason.getText().strip(), chosen[0].until()),
                        "accent");
        go.setId(id + "-act");
        go.disableProperty().bind(reason.textProperty().map(String::isBlank));
        reason.setOnAction(_ -> go.fire());
        getChildren()
                .addAll(
                        Nodes.wrapped(says, "row-sub"),
                        new HBox(until),
                        reason,
                        Nodes.row(Nodes.spacer(), Nodes.button(Texts.of("Cancel"), cancelled), go));
    }

    public void begin() {
        reason.requestFocus();
    }
}
