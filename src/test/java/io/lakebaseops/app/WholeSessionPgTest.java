package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;

import com.sun.net.httpserver.HttpServer;

import io.lakebaseops.cli.Reports;
import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.config.ConnectionDraft;
import io.lakebaseops.config.ConnectionProfile;
import io.lakebaseops.config.ModelSettings;
import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.config.ProfileSecrets;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.DataAge.Freshness;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.settings.ChannelDesk;
import io.lakebaseops.console.shell.Frame;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.testing.Fastest;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.PausableLink;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.ScreenTest;
import io.lakebaseops.testing.ScreenThreadIo;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// A session of the whole product on a real server: secrets given, every screen opened, the network
/// held, slowed and cut, a report written. Nothing of it reads on the screen's thread, and no
/// secret is found anywhere afterwards.
@ScreenTest
@Timeout(600)
final class WholeSessionPgTest {
    private static final String PASSWORD = "Pa55-0f-the-connection";
    private static final String HOOK = "T0KEN-in-the-hook-address";
    private static final String KEY = "k3y-of-the-signature-of-hooks";
    private static final String MODEL = "k3y-of-the-language-model-42";
    private static final List<String> SECRETS = List.of(PASSWORD, HOOK, KEY, MODEL);
    private static final Actor PERSON = Actor.human("anna");

    @TempDir private Path dir;
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final List<String> shown = new ArrayList<>();

    @Test
    void nothing_is_read_on_the_screens_thread_and_no_secret_is_left_behind() throws Exception {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        logged.start();
        root.addAppender(logged);
        var database = Pg17.shared().database("session");
        database.asAdmin(
                "create role session_dba login password '" + PASSWORD + "' in role pg_monitor",
                "create table orders (id int primary key)");
        var home = Files.createDirectories(dir.resolve("home"));
        FxToolkit.headless();
        FxToolkit.start();
        try (var link = new PausableLink(Pg17.shared().port());
                var wiring = new Wiring(new Home(home), LocalOptions.defaults())) {
            var target = wiring.target(new TargetChoice.Url(url(database, link)));
            var services = wiring.consoleServices(List.of());
            give(services, link);
            var io = ScreenThreadIo.watch();
            read(dir.resolve("probe"));
            var frame = open(services, target);
            try {
                visitAll(frame);
                troubles(frame, link);
                visitAll(frame);
            } finally {
                FxToolkit.call(
                        () -> {
                            frame.close();
                            return frame;
                        });
            }
            var read = io.stop(dir);
            assertThat(read).as("the guard sees what there is").anyMatch(e -> e.contains("read"));
            assertThat(read).filteredOn(e -> !e.contains("WholeSessionPgTest")).isEmpty();
            wiring.reports()
                    .write(target, new Reports.Options(null, dir.resolve("report.html"), null));
            secretsAreNowhere(home);
        } finally {
            root.detachAppender(logged);
            database.asAdmin("drop owned by session_dba", "drop role session_dba");
        }
    }

    private static String url(Pg17.Database database, PausableLink link) {
        return database.url().replaceFirst(":\\d+/", ":" + link.port() + "/")
                + "?user=session_dba&password="
                + PASSWORD;
    }

    /// As the screens of connections and settings do it.
    private void give(ConsoleServices services, PausableLink link) throws IOException {
        var profile =
                new ConnectionProfile.Jdbc(
                        "session",
                        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(link.port()),
                        "session_dba",
                        null);
        services.runtime()
                .connections()
                .save(
                        new ConnectionDraft(
                                null,
                                profile,
                                Map.of("session", PASSWORD),
                                ProfileSecrets.Place.FILE),
                        null);
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(403, -1);
                    exchange.close();
                });
        server.start();
        try {
            var base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            var channels = services.settings().channels();
            channels.save(
                    new ChannelDesk.Draft(
                            null,
                            new NotificationChannel.SlackWebhook("slack", "channel-slack"),
                            Severity.WARNING,
                            base + HOOK),
                    PERSON);
            channels.save(
                    new ChannelDesk.Draft(
                            null,
                            new NotificationChannel.Webhook(
                                    "hook", URI.create(base), "channel-hook"),
                            Severity.WARNING,
                            KEY),
                    PERSON);
            // Refused, so that what is said of the failure is looked at, too.
            shown.add(channels.test("slack", PERSON).reason());
            shown.add(channels.test("hook", PERSON).reason());
        } finally {
            server.stop(0);
        }
        services.ask().model().saveKey(ModelSettings.OFF, MODEL, ProfileSecrets.Place.FILE);
    }

    private static void read(Path probe) throws IOException {
        Files.writeString(probe, "x");
        FxToolkit.call(
                () -> {
                    try {
                        return Files.readString(probe);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private static Frame open(ConsoleServices services, TargetId target) {
        return FxToolkit.call(
                () -> new Frame(services, target, new FxExecutor(), Theme.DARK, 1280, 720));
    }

    private void visitAll(Frame frame) {
        for (var screen : frame.screens()) {
            FxToolkit.call(
                    () -> {
                        frame.session().goTo(screen.home());
                        return screen;
                    });
            await().atMost(Patience.LONG)
                    .until(
                            () ->
                                    FxToolkit.call(
                                            () ->
                                                    frame.view(screen.id())
                                                                    .model()
                                                                    .stateProperty()
                                                                    .get()
                                                            != ScreenState.LOADING));
            FxToolkit.call(
                    () -> {
                        frame.scene().getRoot().applyCss();
                        frame.scene().getRoot().layout();
                        collect(frame.scene().getRoot());
                        return screen;
                    });
        }
    }

    private void collect(Node node) {
        shown.add(String.valueOf(node.getAccessibleText()));
        if (node instanceof Text text) {
            shown.add(text.getText());
        }
        if (node instanceof TextInputControl input) {
            shown.add(String.valueOf(input.getText()));
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(this::collect);
        }
    }

    /// The network held, slowed and cut under the open console: old within two seconds, the window
    /// goes on, and all is well again by itself.
    private static void troubles(Frame frame, PausableLink link) throws Exception {
        await().atMost(Patience.LONG).until(() -> freshness(frame) == Freshness.LIVE);
        var stretch = new AtomicLong();
        var held =
                Fastest.of(
                        5,
                        Duration.ofSeconds(2),
                        () -> noticed(frame, () -> link.hold(true), () -> link.hold(false)));
        var cut =
                Fastest.of(
                        5,
                        Duration.ofSeconds(2),
                        () -> noticed(frame, () -> link.cut(true), () -> link.cut(false)));
        link.delayMillis(150);
        // While each answer is late the thread of the screen waits for none of them.
        for (int i = 0; i < 50; i++) {
            long begin = System.nanoTime();
            FxToolkit.call(() -> frame.session().now());
            stretch.accumulateAndGet(System.nanoTime() - begin, Math::max);
        }
        link.delayMillis(0);
        await().atMost(Patience.LONG).until(() -> freshness(frame) == Freshness.LIVE);
        System.out.printf(
                "network held: stale after %d ms; cut: after %d ms; longest wait for the screen's"
                        + " thread on a slow network %.1f ms%n",
                held.toMillis(), cut.toMillis(), stretch.get() / 1e6);
    }

    private static Duration noticed(Frame frame, Runnable trouble, Runnable mended) {
        await().atMost(Patience.LONG).until(() -> freshness(frame) == Freshness.LIVE);
        long begin = System.nanoTime();
        trouble.run();
        Duration took;
        try {
            await().atMost(Patience.LONG)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> freshness(frame) == Freshness.STALE);
            took = Duration.ofNanos(System.nanoTime() - begin);
        } finally {
            mended.run();
        }
        await().atMost(Patience.LONG).until(() -> freshness(frame) == Freshness.LIVE);
        return took;
    }

    private static Freshness freshness(Frame frame) {
        return FxToolkit.call(() -> frame.session().age().freshnessProperty().get());
    }

    private void secretsAreNowhere(Path home) throws IOException {
        for (var secret : SECRETS) {
            try (var files = Files.walk(dir)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    // What a server is writing at this moment may be gone again.
                    if (Files.isReadable(file)) {
                        assertThat(
                                        new String(
                                                Files.readAllBytes(file),
                                                StandardCharsets.ISO_8859_1))
                                .as("%s of %s", file, home)
                                .doesNotContain(secret);
                    }
                }
            }
            assertThat(shown).as("screens").noneMatch(w -> w.contains(secret));
            assertThat(logged.list)
                    .as("log")
                    .noneMatch(
                            e ->
                                    e.getFormattedMessage().contains(secret)
                                            || (e.getThrowableProxy() != null
                                                    && ThrowableProxyUtil.asString(
                                                                    e.getThrowableProxy())
                                                            .contains(secret)));
            // A crash of the JVM writes its arguments, properties and threads into a file.
            assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
                    .noneMatch(a -> a.contains(secret));
            assertThat(System.getProperties().values())
                    .noneMatch(v -> String.valueOf(v).contains(secret));
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(t -> t.getName().contains(secret));
            assertThat(ProcessHandle.allProcesses())
                    .as("process list")
                    .noneMatch(p -> p.info().commandLine().orElse("").contains(secret));
        }
        assertThat(logged.list).isNotEmpty();
        assertThat(shown.size()).isGreaterThan(500);
    }
}
