package io.lakebaseops.console.settings;

import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.settings.ChannelDesk.Line;
import io.lakebaseops.console.settings.ChannelDesk.Result;
import io.lakebaseops.console.settings.SettingsViewModel.Opened;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Severity;

import javafx.collections.MapChangeListener;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

/// Who is told about alerts: each channel with the level from which, how its last message went, and
/// a test.
final class NotificationsCard extends VBox {
    private final ConsoleSession session;
    private final SettingsViewModel model;
    private final GridPane grid = new GridPane();
    private final VBox troubles = new VBox(2);
    private final Label empty =
            Nodes.wrapped(
                    Texts.of(
                            "No channel: alerts stay in this window. Add one, and it is told of them."),
                    "row-sub");
    private @Nullable SettingsSnapshot picture;

    NotificationsCard(ConsoleSession session, SettingsViewModel model) {
        this.session = session;
        this.model = model;
        getStyleClass().addAll("card", "settings-card");
        var add =
                Nodes.button(Texts.of("Add"), () -> model.open(new Opened.Channel(null)), "small");
        add.setId("add-channel");
        grid.getStyleClass().add("channel-grid");
        for (int i = 0; i < 4; i++) {
            var column = new ColumnConstraints();
            column.setHgrow(i == 0 ? Priority.ALWAYS : Priority.SOMETIMES);
            column.setMinWidth(i == 0 ? 90 : Region.USE_PREF_SIZE);
            column.setHalignment(i == 3 ? HPos.RIGHT : HPos.LEFT);
            grid.getColumnConstraints().add(column);
        }
        empty.setId("no-channel");
        getChildren()
                .addAll(
                        Nodes.row(FactCards.title(Texts.of("Notifications")), Nodes.spacer(), add),
                        empty,
                        grid,
                        troubles);
        model.channels().tested().addListener((MapChangeListener<String, Result>) _ -> redraw());
        model.channels().testingProperty().addListener((_, _, _) -> redraw());
    }

    void show(SettingsSnapshot next) {
        if (picture != null && picture.channels().equals(next.channels())) {
            picture = next;
            return;
        }
        picture = next;
        redraw();
    }

    private void redraw() {
        if (picture == null) {
            return;
        }
        var channels = picture.channels();
        grid.getChildren().clear();
        empty.setVisible(channels.lines().isEmpty());
        empty.setManaged(channels.lines().isEmpty());
        int at = 0;
        for (var line : channels.lines()) {
            row(line, at++);
        }
        troubles.getChildren()
                .setAll(
                        channels.troubles().stream()
                                .map(t -> Nodes.wrapped(t, "row-sub", Role.CRITICAL.css()))
                                .toList());
    }

    private void row(Line line, int at) {
        var name = line.channel().name();
        var title = Nodes.button(name, () -> model.open(new Opened.Channel(name)), "link");
        title.setId("channel-" + name);
        title.setMinWidth(0);
        Nodes.tip(title, name + ": " + kind(line.channel()) + ", " + line.destination());
        grid.add(title, 0, at);
        grid.add(Nodes.label(level(line.from()), "row-sub"), 1, at);
        grid.add(result(line), 2, at);
        Button test = Nodes.button(Texts.of("Test"), () -> model.channels().test(name), "small");
        test.setId("test-" + name);
        boolean trying = name.equals(model.channels().testingProperty().get());
        test.setText(trying ? Texts.of("Sending…") : Texts.of("Test"));
        test.setDisable(model.channels().testingProperty().get() != null);
        grid.add(test, 3, at);
    }

    private Label result(Line line) {
        var last = last(model, line);
        if (last == null) {
            return line.missing().isEmpty()
                    ? Nodes.label("–", "row-sub")
                    : said(Texts.of("incomplete"), line.missing(), Role.CRITICAL);
        }
        var when = Texts.clock(last.at(), session.now(), session.zone());
        if (last.delivered()) {
            var took = last.took();
            return said(
                    took == null ? when : Format.duration(took),
                    Texts.of(
                            "%sdelivered %s",
                            last.test() ? Texts.of("test ") : Texts.of("alert "), when),
                    Role.OK);
        }
        return said(Texts.of("refused"), when + ": " + last.reason(), Role.CRITICAL);
    }

    private static Label said(String words, String tip, Role role) {
        var label = Nodes.label(words, "row-sub", role.css());
        label.setGraphic(Nodes.icon(role.icon(), role));
        Nodes.tip(label, tip);
        label.setAccessibleText(words + ", " + tip);
        return label;
    }

    /// The newer of what was tried in this window and what is stored.
    static @Nullable Result last(SettingsViewModel model, Line line) {
        var tried = model.channels().tested().get(line.channel().name());
        var stored = line.last();
        if (tried == null || stored == null) {
            return tried == null ? stored : tried;
        }
        return stored.at().isAfter(tried.at()) ? stored : tried;
    }

    static String level(@Nullable Severity from) {
        return switch (from) {
            case null -> Texts.of("off");
            case CRITICAL -> Texts.of("critical");
            case WARNING -> Texts.of("warning +");
            case INFO -> Texts.of("all");
        };
    }

    static String kind(NotificationChannel channel) {
        return switch (channel) {
            case NotificationChannel.SlackWebhook _ -> Texts.of("Slack webhook");
            case NotificationChannel.SlackApp _ -> Texts.of("Slack app");
            case NotificationChannel.PagerDuty _ -> Texts.of("PagerDuty");
            case NotificationChannel.Mail _ -> Texts.of("E-mail");
            case NotificationChannel.Teams _ -> Texts.of("Teams");
            case NotificationChannel.Webhook _ -> Texts.of("Webhook");
            case NotificationChannel.Desktop _ -> Texts.of("Desktop");
        };
    }
}
