package io.lakebaseops.console.ask;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;
import io.lakebaseops.state.ModelRequests.ModelRequest;

import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.Optional;
import java.util.UUID;

/// The text that left this machine for one answer of a language model, read when a person asks.
final class SentRequest extends VBox {
    private static final int LINES = 14;

    SentRequest(AskViewModel model, ConsoleSession session, UUID answer) {
        super(6);
        var show = Nodes.button(Texts.of("What was sent"), () -> {}, "small");
        show.setId("show-sent");
        show.setGraphic(new FontIcon(Feather.UPLOAD_CLOUD));
        show.setOnAction(
                _ -> {
                    show.setDisable(true);
                    model.sent(answer, found -> show(session, found));
                });
        getChildren().setAll(show);
    }

    private void show(ConsoleSession session, Optional<ModelRequest> found) {
        var title = Nodes.label(Texts.of("What left this machine"), "section-title");
        if (found.isEmpty()) {
            var gone =
                    Nodes.wrapped(
                            Texts.of("No longer kept: requests are removed after a week."),
                            "row-sub");
            gone.setId("sent-gone");
            getChildren().setAll(title, gone);
            return;
        }
        var request = found.get();
        var text = Nodes.lines();
        text.setText(Format.printableLines(ConsentPane.pretty(request.body())));
        text.setId("sent-text");
        text.setEditable(false);
        text.setWrapText(true);
        text.setPrefRowCount(LINES);
        text.getStyleClass().add("consent-text");
        text.setAccessibleText(Texts.of("What left this machine for this answer"));
        getChildren()
                .setAll(
                        title,
                        Nodes.wrapped(
                                Texts.of(
                                        "To %s at %s, the last of %s; each holds the one before.",
                                        request.server(),
                                        Format.time(request.sentAt(), session.zone()),
                                        Texts.count(request.rounds(), "request")),
                                "row-sub"),
                        text);
        text.requestFocus();
    }
}
