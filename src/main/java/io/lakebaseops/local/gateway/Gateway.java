package io.lakebaseops.local.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// The address of one endpoint: a loopback port that stays the same while its compute comes and
/// goes.
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /// Below the range from which systems take the ports of outgoing connections (32768 on Linux).
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 30_000;
    private static final int TRIES = 100;
    private static final int BACKLOG = 512;

    private final String endpointUid;
    private final ServerSocketChannel listener;
    private final LoginCheck logins;
    private final Backend backend;
    private final PipeFaults faults = new PipeFaults();
    private final Set<ClientSession> connections = ConcurrentHashMap.newKeySet();
    private final Set<ClientSession> clients = ConcurrentHashMap.newKeySet();
    private volatile Instant lastActive = Instant.now();

    private Gateway(
            String endpointUid, ServerSocketChannel listener, LoginCheck logins, Backend backend) {
        this.endpointUid = endpointUid;
        this.listener = listener;
        this.logins = logins;
        this.backend = backend;
    }

    /// Opens the port recorded in `portFile`, or a free one that is recorded there.
    public static Gateway open(
            String endpointUid, Path portFile, LoginCheck logins, Backend backend)
            throws IOException {
        ServerSocketChannel listener = bind(portFile);
        Gateway gateway = new Gateway(endpointUid, listener, logins, backend);
        Thread.ofVirtual().name("gateway-" + endpointUid).start(gateway::acceptAll);
        return gateway;
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    public PipeFaults faults() {
        return faults;
    }

    /// Clients that are logged in or waiting for the compute.
    public int clients() {
        return clients.size();
    }

    /// When a client last sent something or left.
    public Instant lastActive() {
        return lastActive;
    }

    public void cutConnections() {
        connections.forEach(ClientSession::cut);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cutConnections();
    }

    String name() {
        return endpointUid;
    }

    Backend backend() {
        return backend;
    }

    boolean accepts(String user, String password) {
        return logins.accepts(endpointUid, user, password);
    }

    void entered(ClientSession session) {
        clients.add(session);
        touched();
    }

    void left(ClientSession session) {
        touched();
        clients.remove(session);
    }

    void touched() {
        lastActive = Instant.now();
    }

    private void acceptAll() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                ClientSession session = new ClientSession(this, client);
                connections.add(session);
                Thread.ofVirtual()
                        .name("gateway-client-" + endpointUid)
                        .start(
                                () -> {
                                    try {
                                        session.run();
                                    } finally {
                                        connections.remove(session);
                                    }
                                });
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("Gateway of {} could not accept a connection", endpointUid, e);
            }
        }
    }

    private static ServerSocketChannel bind(Path portFile) throws IOException {
        if (Files.exists(portFile)) {
            int recorded = Integer.parseInt(Files.readString(portFile).strip());
            try {
                return bind(recorded);
            } catch (BindException e) {
                LOG.warn("Port {} is taken by another program; {} moves", recorded, portFile);
            }
        }
        for (int i = 0; i < TRIES; i++) {
            try {
                int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
                ServerSocketChannel listener = bind(port);
                Files.writeString(portFile, Integer.toString(port));
                return listener;
            } catch (BindException e) {
                LOG.debug("Port taken, trying another");
            }
        }
        throw new IOException("no free port between " + FIRST_PORT + " and " + LAST_PORT);
    }

    private static ServerSocketChannel bind(int port) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            return listener.bind(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }
}
