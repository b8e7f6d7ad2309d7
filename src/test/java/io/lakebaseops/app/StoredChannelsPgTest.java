package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import io.lakebaseops.change.audit.SettingChanges;
import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.config.NotificationsFile;
import io.lakebaseops.config.ProfileSecrets;
import io.lakebaseops.console.settings.ChannelDesk.Draft;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.state.AlertStore;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A channel that a person adds is in force at once, its test is really sent, and its secret stands
/// in no file of ours.
final class StoredChannelsPgTest {
    private static final Actor ANNA = Actor.human("anna");
    private static final String KEY = "s3cret-signing-key";

    @TempDir private Path home;
    private final StateDb db = StateDatabases.open("stored_channels");
    private final TaskExecutor room = TaskExecutor.open(Clock.systemUTC());
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final SettingChanges changes =
            new SettingChanges(() -> db, () -> AuditChains.of(db, Clock.systemUTC()));
    private volatile int status = 200;
    private HttpServer server;
    private ProfileSecrets secrets;
    private StoredChannels desk;

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    received.add(
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
                    var body = "no such hook".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        // Nowhere to find a keychain: secrets go to the encrypted file.
        secrets = new ProfileSecrets(home, Map.of(), Runnable::run);
        desk =
                new StoredChannels(
                        new NotificationWiring(
                                home,
                                secrets,
                                () -> new AlertStore(db),
                                () -> db,
                                room,
                                Clock.systemUTC()),
                        secrets,
                        () -> new Settings(db),
                        changes,
                        Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        server.stop(0);
        room.close();
        db.close();
    }

    private Draft hook(String replaces, String name, Severity from, String secret) {
        var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts";
        return new Draft(
                replaces,
                new NotificationChannel.Webhook(name, URI.create(url), "channel-hook"),
                from,
                secret);
    }

    @Test
    void a_test_is_really_sent_and_says_how_long_it_took_or_why_not() {
        desk.save(hook(null, "hook", Severity.WARNING, KEY), ANNA);
        var good = desk.test("hook", ANNA);
        assertThat(good.delivered()).isTrue();
        assertThat(good.took()).isNotNull();
        assertThat(received).isNotEmpty();
        assertThat(received.getFirst()).contains("\"test\":true");
        status = 404;
        var bad = desk.test("hook", ANNA);
        assertThat(bad.delivered()).isFalse();
        assertThat(bad.reason()).contains("404");
        var kept = desk.read().lines().getFirst().last();
        assertThat(kept).as("other consoles see it, too").isNotNull();
        assertThat(kept.reason()).isEqualTo(bad.reason());
    }

    @Test
    void a_channel_is_added_renamed_routed_and_removed_and_the_chain_tells_it() throws Exception {
        desk.save(hook(null, "hook", Severity.CRITICAL, KEY), ANNA);
        var line = desk.read().lines().getFirst();
        assertThat(line.from()).isEqualTo(Severity.CRITICAL);
        assertThat(line.missing()).as("its secret is there").isEmpty();
        assertThat(line.secretSet()).isNotNull();
        desk.save(hook("hook", "alerts", Severity.WARNING, null), ANNA);
        assertThat(desk.read().lines())
                .singleElement()
                .satisfies(l -> assertThat(l.channel().name()).isEqualTo("alerts"))
                .satisfies(l -> assertThat(l.from()).isEqualTo(Severity.WARNING));
        assertThat(secrets.get("channel-hook")).contains(KEY);
        desk.route("alerts", null, ANNA);
        assertThat(desk.read().lines().getFirst().from()).isNull();
        assertThat(new NotificationsFile(home).read().troubles()).isEmpty();
        desk.remove("alerts", ANNA);
        assertThat(desk.read().lines()).isEmpty();
        assertThat(secrets.get("channel-hook")).as("gone with its channel").isEmpty();
        assertThat(changes.newest(10))
                .extracting(m -> m.change().what())
                .containsExactly(
                        "Channel alerts", "Channel alerts: from", "Channel alerts", "Channel hook");
    }

    @Test
    void no_secret_stands_in_a_file_in_clear() throws Exception {
        desk.save(hook(null, "hook", Severity.WARNING, KEY), ANNA);
        try (var files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(KEY);
            }
        }
        assertThat(changes.newest(1).toString()).doesNotContain(KEY);
    }

    @Test
    void a_file_with_entries_that_cannot_be_read_is_not_written_over() throws Exception {
        var file = home.resolve(NotificationsFile.NAME);
        Files.writeString(file, "channels:\n  - {name: x, kind: pigeon}\n");
        assertThatThrownBy(() -> desk.save(hook(null, "hook", Severity.WARNING, KEY), ANNA))
                .hasMessageContaining("cannot be read");
        assertThat(Files.readString(file)).contains("pigeon");
    }
}
