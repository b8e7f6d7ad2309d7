package io.lakebaseops.console.shell;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Startup;
import io.lakebaseops.console.fx.FxTicker;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;

import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/// The card shown while the console starts: each part with the time it takes or took, the one in
/// progress counting up, or why it did not come up and two ways on.
public final class StartView implements Startup.News {
    private final Executor screen;
    private final Runnable again;
    private final Runnable quit;
    private final Label title = Nodes.label("", "start-title");
    private final VBox parts = new VBox(8);
    private final VBox trouble = new VBox(10);
    private final StackPane root = new StackPane();
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private final FxTicker seconds = new FxTicker(Duration.ofSeconds(1), this::countUp);

    /// @param since of the system's nano clock
    /// @param done null while it is in progress
    private record Row(FontIcon icon, Label time, long since, @Nullable Boolean done) {}

    /// @param screen runs on the JavaFX thread
    public StartView(Executor screen, Runnable again, Runnable quit) {
        this.screen = screen;
        this.again = again;
        this.quit = quit;
        var card = new VBox(16, title, parts, trouble);
        card.getStyleClass().addAll("card", "start-card");
        card.setId("start");
        card.setMaxSize(560, Region.USE_PREF_SIZE);
        clear();
        root.getStyleClass().add("shell");
        root.getChildren().add(card);
    }

    public Parent root() {
        return root;
    }

    @Override
    public void begun(String part) {
        screen.execute(() -> add(part));
    }

    @Override
    public void done(String part, Duration took) {
        screen.execute(() -> finish(part, took));
    }

    private void add(String part) {
        var icon = Nodes.icon(Feather.LOADER, Role.INFO);
        var time = Nodes.label(Messages.of("start.working"), "card-note");
        var line = Nodes.row(icon, Nodes.label(part), Nodes.spacer(), time);
        rows.put(part, new Row(icon, time, System.nanoTime(), null));
        parts.getChildren().add(line);
        seconds.start();
    }

    private void finish(String part, Duration took) {
        var row = rows.get(part);
        if (row == null) {
            return;
        }
        rows.put(part, new Row(row.icon(), row.time(), row.since(), true));
        row.icon().setIconCode(Role.OK.icon());
        Nodes.role(row.icon(), Role.OK);
        row.time().setText(Format.duration(took));
    }

    private void countUp() {
        rows.values().stream()
                .filter(row -> row.done() == null)
                .forEach(
                        row ->
                                row.time()
                                        .setText(
                                                Messages.of(
                                                        "start.for",
                                                        Format.briefly(
                                                                Duration.ofNanos(
                                                                        System.nanoTime()
                                                                                - row.since())))));
    }

    /// Nothing counts up once the card is gone.
    public void stop() {
        seconds.stop();
    }

    /// What did not come up says so.
    private void fail() {
        stop();
        rows.values().stream()
                .filter(row -> row.done() == null)
                .forEach(
                        row -> {
                            row.icon().setIconCode(Role.CRITICAL.icon());
                            Nodes.role(row.icon(), Role.CRITICAL);
                            row.time().setText(Messages.of("start.not"));
                        });
    }

    /// On the screen's thread; before another attempt.
    public void clear() {
        title.setText(Messages.of("start.title"));
        rows.clear();
        parts.getChildren().clear();
        trouble.getChildren().clear();
        trouble.setManaged(false);
    }

    /// On the screen's thread.
    public void failed(RuntimeException e) {
        fail();
        title.setText(Messages.of("start.failed"));
        var icon = Nodes.icon(Role.CRITICAL.icon(), Role.CRITICAL);
        var text = Nodes.wrapped(words(e), "banner-text");
        text.setId("start-trouble");
        var banner = new HBox(10, icon, text);
        banner.getStyleClass().addAll("banner", Role.CRITICAL.css());
        var retry = Nodes.button(Messages.of("state.retry"), again, "accent");
        retry.setId("start-again");
        var leave = Nodes.button(Messages.of("start.quit"), quit);
        leave.setId("start-quit");
        var buttons = Nodes.row(Nodes.spacer(), leave, retry);
        trouble.getChildren().setAll(banner, buttons);
        trouble.setManaged(true);
    }

    /// The causes say what the outermost exception only names.
    private static String words(Throwable e) {
        var said = new StringBuilder(e.getMessage() == null ? e.toString() : e.getMessage());
        for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
            var why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            if (!(e instanceof OpsException) && said.indexOf(why) < 0) {
                said.append(": ").append(why);
            }
        }
        return said.toString();
    }
}
