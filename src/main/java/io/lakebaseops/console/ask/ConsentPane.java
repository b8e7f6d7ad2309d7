package io.lakebaseops.console.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.ModelConsent;

import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import java.util.Objects;

/// What a person decides before the first question goes to a language model: it says where to,
/// shows the text as it would leave, and offers to answer without.
final class ConsentPane extends VBox {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LINES = 12;

    ConsentPane(AskThread thread, Turn turn) {
        super(10);
        setId("consent-" + turn.number());
        var asked = Objects.requireNonNull(turn.consent());
        var title =
                Nodes.wrapped(
                        Texts.of(
                                "This question would go to %s, model %s. Nothing was sent yet.",
                                asked.server(), asked.model()),
                        "row-title");
        var words =
                Nodes.wrapped(
                        Texts.of(
                                "What leaves this machine: your question, the names of databases, tables and roles, and what the tools then read, such as sizes and statements. Literals in statements and passwords are masked. Each request is kept for a week and can be read beside its answer."),
                        "row-sub");
        var text = Nodes.lines();
        text.setText(shown(asked));
        text.setId("consent-text-" + turn.number());
        text.setEditable(false);
        text.setWrapText(true);
        text.setPrefRowCount(LINES);
        text.getStyleClass().add("consent-text");
        text.setAccessibleText(Texts.of("What would be sent first"));
        var without =
                Nodes.button(
                        Texts.of("Answer without it"),
                        () -> thread.followUp().withoutModel(turn),
                        "accent");
        without.setId("consent-no-" + turn.number());
        var send =
                Nodes.button(
                        Texts.of("Send it, now and from now on"),
                        () -> thread.followUp().agree(turn),
                        "plain");
        send.setId("consent-yes-" + turn.number());
        getChildren()
                .addAll(
                        Nodes.row(Nodes.icon(Feather.UPLOAD_CLOUD, Role.WARNING), title),
                        words,
                        Nodes.label(Texts.of("The first request, whole"), "section-title"),
                        text,
                        new HBox(8, without, send));
    }

    /// JSON set in lines, and its texts with their own.
    static String pretty(String body) {
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(JSON.readTree(body))
                    .replace("\\n", "\n      ");
        } catch (JsonProcessingException e) {
            return body; // it is shown as it is
        }
    }

    private static String shown(ModelConsent asked) {
        return Format.printableLines(pretty(asked.text()));
    }
}
