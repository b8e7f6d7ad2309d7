package io.lakebaseops.postgres.tunnel;

import io.lakebaseops.config.SshTunnel;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;

import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.UserAuthFactory;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.PasswordAuthenticationReporter;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.DefaultConfigFileHostEntryResolver;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.config.keys.ClientIdentityLoader;
import org.apache.sshd.client.config.keys.DefaultClientIdentitiesWatcher;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// The SSH sessions of all tunnels, one for each SSH server and user; each forwards ports of the
/// loopback address to the databases behind it. A session that broke is opened again when the next
/// connection wants it.
public final class SshTunnels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SshTunnels.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);
    private static final String LOOPBACK = "127.0.0.1";

    private static final class Open {
        private @Nullable ClientSession session;
        private final Map<String, Integer> ports = new HashMap<>();
    }

    private final HostKeys keys;
    private final Map<SshTunnel, Open> open = new ConcurrentHashMap<>();
    private final Map<UserAuthFactory, SshClient> clients = new HashMap<>();

    /// @param ssh the user's `~/.ssh`; @param accepted the file of host keys accepted here
    public SshTunnels(Path ssh, Path accepted) {
        keys = new HostKeys(ssh.resolve("known_hosts"), accepted);
    }

    /// @param secret password of the user, or passphrase of the key; null for none
    public TunnelRoute route(SshTunnel tunnel, Supplier<@Nullable String> secret) {
        return (places, deadline) -> ports(tunnel, secret, places, deadline);
    }

    private Map<String, Integer> ports(
            SshTunnel tunnel,
            Supplier<@Nullable String> secret,
            List<String> places,
            Deadline deadline) {
        var way = open.computeIfAbsent(tunnel, _ -> new Open());
        synchronized (way) {
            var session = way.session;
            if (session == null || !session.isOpen()) {
                way.ports.clear();
                session = connected(tunnel, secret.get(), deadline);
                way.session = session;
            }
            try {
                for (var place : places) {
                    if (!way.ports.containsKey(place)) {
                        way.ports.put(place, forward(session, place));
                    }
                }
            } catch (IOException e) {
                throw failure(tunnel, OpsException.Kind.UNREACHABLE, "no port can be forwarded", e);
            }
            return Map.copyOf(way.ports);
        }
    }

    private static int forward(ClientSession session, String place) throws IOException {
        int colon = place.lastIndexOf(':');
        var host = place.substring(0, colon).replaceAll("^\\[|]$", "");
        return session.startLocalPortForwarding(
                        new SshdSocketAddress(LOOPBACK, 0),
                        new SshdSocketAddress(host, Integer.parseInt(place.substring(colon + 1))))
                .getPort();
    }

    private ClientSession connected(SshTunnel tunnel, @Nullable String secret, Deadline deadline) {
        var sent = new AtomicBoolean();
        try {
            return connected(tunnel, secret, UserAuthPasswordFactory.INSTANCE, sent, deadline);
        } catch (OpsException e) {
            // A wrong password is sent once; a server that asks in another way was sent none.
            if (e.kind() != OpsException.Kind.DENIED
                    || secret == null
                    || sent.get()
                    || refusedKey(tunnel).isPresent()) {
                throw e;
            }
            return connected(
                    tunnel, secret, UserAuthKeyboardInteractiveFactory.INSTANCE, sent, deadline);
        }
    }

    /// @param typed how the password is given; @param sent whether it was
    private ClientSession connected(
            SshTunnel tunnel,
            @Nullable String secret,
            UserAuthFactory typed,
            AtomicBoolean sent,
            Deadline deadline) {
        deadline.check(what(tunnel));
        ClientSession session = null;
        boolean good = false;
        try {
            var connecting = client(typed).connect(entry(tunnel));
            try (var _ = deadline.onCancel(connecting::cancel)) {
                session = connecting.verify(deadline.remaining()).getClientSession();
            }
            session.setPasswordAuthenticationReporter(
                    new PasswordAuthenticationReporter() {
                        @Override
                        public void signalAuthenticationAttempt(
                                ClientSession to,
                                String service,
                                String old,
                                boolean modified,
                                String next) {
                            sent.set(true);
                        }
                    });
            identify(session, tunnel, secret);
            var signing = session.auth();
            try (var _ = deadline.onCancel(signing::cancel)) {
                signing.verify(deadline.remaining());
            }
            good = true;
            return session;
        } catch (IOException | GeneralSecurityException e) {
            throw explained(tunnel, deadline, session != null, e);
        } finally {
            if (!good && session != null) {
                session.close(true);
            }
        }
    }

    private OpsException explained(
            SshTunnel tunnel, Deadline deadline, boolean reached, Exception e) {
        if (deadline.cancelled()) {
            return failure(tunnel, OpsException.Kind.CANCELLED, "cancelled", e);
        }
        var key = refusedKey(tunnel);
        if (key.isPresent()) {
            return failure(
                    tunnel,
                    OpsException.Kind.DENIED,
                    key.get().changed()
                            ? "its host key is not the one that is known: "
                                    + key.get().fingerprint()
                            : "its host key is not known: " + key.get().fingerprint(),
                    e);
        }
        if (deadline.expired()) {
            return failure(tunnel, OpsException.Kind.TIMEOUT, "no answer in time", e);
        }
        return reached
                ? failure(
                        tunnel,
                        OpsException.Kind.DENIED,
                        "it refuses this user: neither key nor password was accepted",
                        e)
                : failure(tunnel, OpsException.Kind.UNREACHABLE, words(e), e);
    }

    private static String words(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /// What `~/.ssh/config` says of the host counts, as for `ssh` itself.
    private static HostConfigEntry entry(SshTunnel tunnel) throws IOException {
        var configured =
                DefaultConfigFileHostEntryResolver.INSTANCE.resolveEffectiveHost(
                        tunnel.host(), tunnel.port(), null, tunnel.user(), null, null);
        var entry =
                configured == null
                        ? new HostConfigEntry(
                                tunnel.host(), tunnel.host(), tunnel.port(), tunnel.user())
                        : configured;
        if (entry.getUsername() == null || entry.getUsername().isBlank()) {
            entry.setUsername(System.getProperty("user.name"));
        }
        return entry;
    }

    private static void identify(ClientSession session, SshTunnel tunnel, @Nullable String secret)
            throws IOException, GeneralSecurityException {
        var key = tunnel.key();
        if (key != null) {
            var file = new FileKeyPairProvider(key);
            file.setPasswordFinder(
                    secret == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(secret));
            session.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
            for (var pair : file.loadKeys(session)) {
                session.addPublicKeyIdentity(pair);
            }
        } else if (secret != null) {
            session.addPasswordIdentity(secret);
        }
    }

    /// One for each way of giving a password: a client offers a wrong one by all the ways it has.
    private synchronized SshClient client(UserAuthFactory typed) {
        var running = clients.get(typed);
        if (running == null) {
            running = SshClient.setUpDefaultClient();
            running.setServerKeyVerifier(keys);
            running.setKeyIdentityProvider(
                    new DefaultClientIdentitiesWatcher(
                            ClientIdentityLoader.DEFAULT, FilePasswordProvider.EMPTY));
            running.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, typed));
            CoreModuleProperties.HEARTBEAT_INTERVAL.set(running, HEARTBEAT);
            running.start();
            clients.put(typed, running);
        }
        return running;
    }

    /// The key of the server that was refused last, for a person to judge.
    public Optional<HostKey> refusedKey(SshTunnel tunnel) {
        return keys.refused(tunnel.host(), tunnel.port());
    }

    /// A person found the key to be right.
    public void accept(HostKey key) throws IOException {
        keys.accept(key);
    }

    private static String what(SshTunnel tunnel) {
        return "SSH tunnel through " + tunnel.text();
    }

    private static OpsException failure(
            SshTunnel tunnel, OpsException.Kind kind, String why, Exception cause) {
        return new OpsException(
                kind, what(tunnel), why, "check host, port, user and key of the tunnel", cause);
    }

    @Override
    public synchronized void close() {
        for (var running : clients.values()) {
            try {
                running.close();
            } catch (IOException e) {
                LOG.warn("The SSH client did not close", e);
            }
        }
        clients.clear();
    }
}
