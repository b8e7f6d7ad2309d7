package io.lakebaseops.console.parts;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Notice;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.Texts;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The line that says why a command of a person failed. It stays until it is dismissed: the next
/// read, a second later, must not take it away.
public final class NoticeBar extends HBox {
    private final ConsoleSession session;
    private final Label text = Nodes.wrapped("", "banner-text");

    public NoticeBar(ScreenModel<?> model, ConsoleSession session) {
        super(10);
        this.session = session;
        text.setId("notice");
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        getStyleClass().addAll("banner", Role.CRITICAL.css());
        var dismiss = Nodes.iconButton(Feather.X, Texts.of("Dismiss"), model::dismissNotice);
        dismiss.setId("dismiss-notice");
        getChildren().addAll(Nodes.icon(Role.CRITICAL.icon(), Role.CRITICAL), text, dismiss);
        managedProperty().bind(visibleProperty());
        model.noticeProperty().addListener((_, _, next) -> show(next));
        show(model.noticeProperty().get());
    }

    private void show(@Nullable Notice notice) {
        setVisible(notice != null);
        if (notice != null) {
            text.setText(
                    Texts.clock(notice.at(), session.now(), session.zone()) + "  " + notice.text());
        }
    }
}
