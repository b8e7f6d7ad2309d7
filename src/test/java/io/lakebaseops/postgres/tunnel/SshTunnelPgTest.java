package io.lakebaseops.postgres.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.config.SshTunnel;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.JdbcConnectionProvider;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A database behind an SSH server of the same library, which runs in this process.
final class SshTunnelPgTest {
    @TempDir private Path dir;
    private KeyPair hostKey;
    private KeyPair userKey;
    private SshServer bastion;
    private SshTunnels tunnels;
    private final AtomicInteger logins = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        hostKey = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        userKey = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        bastion = bastion(0);
        tunnels = new SshTunnels(dir.resolve(".ssh"), dir.resolve("accepted"));
    }

    private SshServer bastion(int port) throws Exception {
        var server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPasswordAuthenticator(
                (user, password, _) -> {
                    logins.incrementAndGet();
                    return user.equals("me") && password.equals("ssh-s3cret");
                });
        server.setPublickeyAuthenticator(
                (user, key, _) ->
                        user.equals("me") && KeyUtils.compareKeys(key, userKey.getPublic()));
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.start();
        return server;
    }

    @AfterEach
    void stop() throws Exception {
        tunnels.close();
        bastion.stop(true);
    }

    private SshTunnel tunnel(Path key) {
        return new SshTunnel("127.0.0.1", bastion.getPort(), "me", key);
    }

    private void accept() throws Exception {
        tunnels.accept(tunnels.refusedKey(tunnel(null)).orElseThrow());
    }

    private JdbcConnectionProvider door(SshTunnel tunnel, String secret) {
        var server = Pg17.shared();
        // The name means nothing here: only the far end of the tunnel has to know it.
        return JdbcConnectionProvider.ofUrl(
                        "far",
                        "postgresql://dba@localhost:%d/postgres".formatted(server.port()),
                        null,
                        () -> Pg17.DBA_PASSWORD)
                .through(tunnels.route(tunnel, () -> secret));
    }

    private static String who(JdbcConnectionProvider door) {
        try (var rig = TestTargets.of(door, door.target());
                var session = rig.read()) {
            return session.capabilities().user();
        }
    }

    @Test
    void an_unknown_host_key_is_refused_and_asked_about_before_any_password_is_sent()
            throws Exception {
        var door = door(tunnel(null), "ssh-s3cret");
        assertThatThrownBy(() -> who(door))
                .hasMessageContaining("host key is not known")
                .hasMessageContaining(KeyUtils.getFingerPrint(hostKey.getPublic()));
        assertThat(logins).hasValue(0);
        accept();
        assertThat(who(door)).isEqualTo("dba");
        assertThat(Files.readString(dir.resolve("accepted")))
                .startsWith("[127.0.0.1]:" + bastion.getPort() + " ecdsa-sha2-nistp256 ");
        assertThat(dir.resolve(".ssh")).doesNotExist();
    }

    @Test
    void a_changed_host_key_is_refused_and_said_to_be_changed() throws Exception {
        var door = door(tunnel(null), "ssh-s3cret");
        assertThatThrownBy(() -> who(door)).hasMessageContaining("not known");
        accept();
        assertThat(who(door)).isEqualTo("dba");
        int port = bastion.getPort();
        bastion.stop(true);
        tunnels.close();
        hostKey = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        bastion = bastion(port);
        tunnels = new SshTunnels(dir.resolve(".ssh"), dir.resolve("accepted"));
        var again = door(tunnel(null), "ssh-s3cret");
        assertThatThrownBy(() -> who(again)).hasMessageContaining("not the one that is known");
    }

    @Test
    void a_key_with_a_passphrase_opens_it_and_a_wrong_password_is_tried_once() throws Exception {
        var file = dir.resolve("id");
        var secret = new OpenSSHKeyEncryptionContext();
        secret.setPassword("phrase");
        secret.setCipherType("256");
        try (var out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(userKey, "test", secret, out);
        }
        assertThatThrownBy(() -> who(door(tunnel(null), "wrong")))
                .hasMessageContaining("not known");
        accept();
        assertThat(who(door(tunnel(file), "phrase"))).isEqualTo("dba");
        int before = logins.get();
        assertThatThrownBy(
                        () ->
                                tunnels.route(tunnel(null), () -> "wrong")
                                        .ports(
                                                List.of("localhost:1"),
                                                Deadline.in(Duration.ofMinutes(1))))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("refuses this user");
        assertThat(logins.get() - before).isEqualTo(1);
    }

    @Test
    void a_server_that_asks_by_prompts_alone_is_answered() throws Exception {
        bastion.setUserAuthFactories(
                List.of(
                        org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory
                                .INSTANCE));
        assertThatThrownBy(() -> who(door(tunnel(null), "ssh-s3cret")))
                .hasMessageContaining("not known");
        accept();
        assertThat(who(door(tunnel(null), "ssh-s3cret"))).isEqualTo("dba");
    }

    @Test
    void a_session_that_broke_is_opened_again() throws Exception {
        var route = tunnels.route(tunnel(null), () -> "ssh-s3cret");
        var place = List.of("localhost:" + Pg17.shared().port());
        assertThatThrownBy(() -> route.ports(place, Deadline.in(Duration.ofMinutes(1))))
                .hasMessageContaining("not known");
        accept();
        route.ports(place, Deadline.in(Duration.ofMinutes(1)));
        int port = bastion.getPort();
        bastion.stop(true);
        bastion = bastion(port);
        await().ignoreExceptions().until(() -> who(door(tunnel(null), "ssh-s3cret")).equals("dba"));
        assertThat(logins.get()).isGreaterThanOrEqualTo(2);
    }
}
