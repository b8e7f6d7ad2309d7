package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.config.ConnectionsFile;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.connect.ConnectModel;
import io.lakebaseops.console.connect.FirstStartView;
import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OrderedEventBus;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.postgres.PooledTargets;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.ScreenRobot;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The first start as a person walks it with the keyboard alone, against a real server.
@ScreenTest
@Timeout(180)
final class FirstStartPgTest {
    private static final String WRONG = "Wr0ng-s3cret";

    @TempDir private Path dir;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final FxRobot robot = ScreenRobot.shared();
    private final List<TargetId> looked = new CopyOnWriteArrayList<>();
    private TaskExecutor room;
    private Connections connections;
    private PooledTargets targets;
    private ConnectionsDesk desk;
    private ConnectModel model;
    private Stage stage;

    @BeforeEach
    void open() {
        FxToolkit.headless();
        FxToolkit.start();
        var clock = Clock.systemUTC();
        room = TaskExecutor.open(clock);
        connections = new Connections(new Home(dir), LocalOptions.defaults(), clock, background);
        targets = new PooledTargets(connections, SqlLibrary.fromClassPath(), background, clock);
        desk =
                new ConnectionsDesk(
                        connections,
                        targets,
                        SqlLibrary.fromClassPath(),
                        new OrderedEventBus(room),
                        background,
                        clock);
        model = new ConnectModel(desk, background, new FxExecutor());
        model.onSaved(looked::add);
        stage =
                FxToolkit.call(
                        () -> {
                            var view = new FirstStartView(model, () -> {});
                            var window = new Stage();
                            var scene = new Scene(view.root(), 1600, 900);
                            Theme.DARK.applyTo(scene);
                            window.setScene(scene);
                            window.show();
                            view.focus();
                            return window;
                        });
    }

    @AfterEach
    void close() throws Exception {
        FxToolkit.call(
                () -> {
                    stage.hide();
                    return true;
                });
        targets.close();
        connections.close();
        room.close();
        background.close();
    }

    private void type(String text) {
        robot.write(text, 0);
    }

    private String verdict() {
        return FxToolkit.call(
                () ->
                        ((io.lakebaseops.console.parts.VerdictLine)
                                        stage.getScene().lookup("#connect-verdict"))
                                .sentence());
    }

    private List<String> words() {
        return FxToolkit.call(
                () -> {
                    var all = new ArrayList<String>();
                    for (var node : stage.getScene().getRoot().lookupAll(".label")) {
                        if (node instanceof Labeled l && l.getText() != null) {
                            all.add(l.getText());
                        }
                    }
                    return all;
                });
    }

    private String focused() {
        return FxToolkit.call(() -> String.valueOf(stage.getScene().getFocusOwner().getId()));
    }

    private void tabTo(String id) {
        for (int i = 0; i < 60 && !focused().equals(id); i++) {
            robot.push(KeyCode.TAB);
        }
        assertThat(focused()).isEqualTo(id);
    }

    @Test
    void with_the_keyboard_alone_a_wrong_password_and_then_the_right_one_lead_to_a_watched_server()
            throws Exception {
        var server = Pg17.shared();
        assertThat(focused()).isEqualTo("connect-paste");
        type("postgresql://dba@127.0.0.1:%d/postgres".formatted(server.port()));
        robot.push(KeyCode.ENTER);
        await().untilAsserted(() -> assertThat(focused()).isEqualTo("connect-password"));
        type(WRONG);
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        await().untilAsserted(
                        () ->
                                assertThat(verdict())
                                        .contains("the server says the password is wrong"));
        assertThat(words())
                .contains(
                        "Tried once. It will not be tried again by itself, so the account is not"
                                + " locked.",
                        "FATAL: password authentication failed for user \"dba\"",
                        "not reached");
        assertThat(focused()).isEqualTo("connect-password");
        assertThat(looked).isEmpty();

        type(Pg17.DBA_PASSWORD);
        await().untilAsserted(() -> assertThat(words()).contains("Tested before the last change"));
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        await().untilAsserted(() -> assertThat(verdict()).startsWith("It works. postgres on"));
        tabTo("connect-save");
        robot.push(KeyCode.SPACE);
        await().until(() -> !looked.isEmpty());
        var target = looked.getFirst();
        assertThat(target.profile()).startsWith("127");

        // Watched at once, with the password that was typed.
        try (var session = targets.read(target, Deadline.in(Duration.ofMinutes(1)))) {
            assertThat(session.capabilities().user()).isEqualTo("dba");
        }
        assertThat(Files.readString(dir.resolve(ConnectionsFile.NAME)))
                .contains("user=dba")
                .doesNotContain("password");
        secretIsNowhere(WRONG);
    }

    /// Not in a file of the home, whatever its name, and not in what the page shows.
    private void secretIsNowhere(String secret) throws Exception {
        try (var files = Files.walk(dir)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
        assertThat(words()).noneMatch(w -> w.contains(secret));
    }

    @Test
    void a_profile_added_changed_or_removed_by_hand_is_followed_without_a_restart()
            throws Exception {
        var file = dir.resolve(ConnectionsFile.NAME);
        var server = Pg17.shared();
        Files.writeString(
                file,
                """
                connections:
                  - {name: bad, kind: nonsense}
                  - {name: hand, kind: jdbc, url: "host=127.0.0.1 port=%d dbname=postgres user=dba"}
                """
                        .formatted(server.port()));
        desk.follow();
        assertThat(targets.known()).extracting(TargetId::profile).containsExactly("hand");
        assertThat(desk.saved().troubles()).singleElement().asString().contains("bad");
        Files.writeString(file, "connections: []\n");
        desk.follow();
        assertThat(targets.known()).isEmpty();
    }
}
