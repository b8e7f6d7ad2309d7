package io.lakebaseops.postgres.tunnel;

import io.lakebaseops.platform.OwnerOnly;

import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which keys SSH servers may show: those of `~/.ssh/known_hosts`, which is only read, and those
/// that a person accepted here. Every other key is refused and remembered, so that somebody can be
/// asked about it.
final class HostKeys implements ServerKeyVerifier {
    private static final int SSH = 22;

    private final Path own;
    private final ServerKeyVerifier chain;
    private final Map<String, HostKey> refused = new ConcurrentHashMap<>();

    /// @param users `~/.ssh/known_hosts`; @param own the file of keys accepted here
    HostKeys(Path users, Path own) {
        this.own = own;
        chain =
                new ReadOnly(
                        new ReadOnly((_, address, key) -> refuse(address, key, false), own), users);
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
        return chain.verifyServerKey(session, address, key);
    }

    private boolean refuse(SocketAddress address, PublicKey key, boolean changed) {
        var at = SshdSocketAddress.toSshdSocketAddress(address);
        if (at != null) {
            refused.put(
                    place(at.getHostName(), at.getPort()),
                    new HostKey(
                            at.getHostName(),
                            at.getPort(),
                            KeyUtils.getKeyType(key),
                            KeyUtils.getFingerPrint(key),
                            PublicKeyEntry.toString(key),
                            changed));
        }
        return false;
    }

    /// The key that was refused last.
    Optional<HostKey> refused(String host, int port) {
        return Optional.ofNullable(refused.get(place(host, port)));
    }

    private static String place(String host, int port) {
        return port == SSH ? host : "[" + host + "]:" + port;
    }

    /// From now on the server may show this key.
    void accept(HostKey key) throws IOException {
        if (!Files.exists(own)) {
            OwnerOnly.makeFolderOf(own);
            OwnerOnly.createFile(own);
        }
        Files.writeString(
                own,
                place(key.host(), key.port()) + " " + key.line() + "\n",
                StandardOpenOption.APPEND);
        refused.remove(place(key.host(), key.port()));
    }

    private final class ReadOnly extends KnownHostsServerKeyVerifier {
        ReadOnly(ServerKeyVerifier next, Path file) {
            super(next, file);
        }

        @Override
        protected @Nullable KnownHostEntry updateKnownHostsFile(
                ClientSession session,
                SocketAddress address,
                PublicKey key,
                Path file,
                Collection<HostEntryPair> known) {
            return null;
        }

        @Override
        public boolean acceptModifiedServerKey(
                ClientSession session,
                SocketAddress address,
                KnownHostEntry entry,
                PublicKey expected,
                PublicKey actual) {
            return refuse(address, actual, true);
        }
    }
}
