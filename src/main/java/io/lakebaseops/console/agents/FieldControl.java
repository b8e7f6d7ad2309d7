package io.lakebaseops.console.agents;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.parts.Nodes;

import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import java.util.List;

/// One input of a tool as a control with its label, what it means, and what is wrong with it.
public final class FieldControl {
    private FieldControl() {}

    /// @param offered values to choose from; others can be typed. Empty for none
    public static VBox of(FormField f, List<String> offered) {
        return of(f, control(f, offered));
    }

    /// @param control bound to the text of the field
    public static VBox of(FormField f, Node control) {
        var label = Nodes.label(ToolWords.title(f.name()) + (f.required() ? " *" : ""), "section");
        control.setId("field-" + f.name());
        control.setAccessibleText(ToolWords.title(f.name()));
        label.setLabelFor(control);
        var help = Nodes.wrapped(f.description(), "row-sub");
        help.setManaged(!f.description().isEmpty());
        // Its line is kept free, so that nothing moves under the mouse while one types.
        var problem = Nodes.label(" ", "problem");
        problem.textProperty().bind(f.problemProperty().map(p -> p.isEmpty() ? " " : p));
        label.setManaged(f.kind() != FormField.Kind.FLAG);
        label.setVisible(label.isManaged());
        return new VBox(3, label, control, help, problem);
    }

    private static Node control(FormField f, List<String> offered) {
        return switch (f.kind()) {
            case FLAG -> {
                var box = new CheckBox(ToolWords.title(f.name()));
                box.setMnemonicParsing(false);
                box.setSelected(Boolean.parseBoolean(f.textProperty().get()));
                box.selectedProperty()
                        .addListener((_, _, on) -> f.textProperty().set(on.toString()));
                yield box;
            }
            case CHOICE -> {
                var choice = new ComboBox<String>();
                choice.getItems().setAll(f.choices());
                choice.valueProperty().bindBidirectional(f.textProperty());
                choice.setMaxWidth(Double.MAX_VALUE);
                yield choice;
            }
            case LIST -> {
                var lines = Nodes.lines();
                lines.setPrefRowCount(2);
                lines.setPromptText(Messages.of("agents.list.prompt"));
                lines.textProperty().bindBidirectional(f.textProperty());
                yield lines;
            }
            case TEXT, WHOLE, NUMBER, STRUCTURE -> {
                if (offered.isEmpty()) {
                    var text = new TextField();
                    text.textProperty().bindBidirectional(f.textProperty());
                    yield text;
                }
                var choice = new ComboBox<String>();
                choice.setEditable(true);
                choice.getItems().setAll(offered);
                choice.setMaxWidth(Double.MAX_VALUE);
                choice.setValue(f.textProperty().get());
                choice.getEditor().textProperty().bindBidirectional(f.textProperty());
                yield choice;
            }
        };
    }
}
