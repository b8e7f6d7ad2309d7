package io.lakebaseops.local.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
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

    /// Connections that have not logged in. A pool of thousands that starts is less than that at a
    /// time, and so many half-open encrypted ones take some 60 MB.
    private static final int MOST_STRANGERS = 1_000;

    private final String endpointUid;
    private final ServerSocketChannel listener;
    private final CertificateAuthority authority;
    private final LoginCheck logins;
    private final Backend backend;
    private final PipeFaults faults = new PipeFaults();
    private final Set<ClientSession> connections = ConcurrentHashMap.newKeySet();
    private final Set<ClientSession> clients = ConcurrentHashMap.newKeySet();
    private final Deque<ClientSession> strangers = new ConcurrentLinkedDeque<>();
    private volatile Instant lastActive = Instant.now();

    private Gateway(
            String endpointUid,
            ServerSocketChannel listener,
            CertificateAuthority authority,
            LoginCheck logins,
            Backend backend) {
        this.endpointUid = endpointUid;
        this.listener = listener;
        this.authority = authority;
        this.logins = logins;
        this.backend = backend;
    }

    /// Opens the port recorded in `portFile`, or a free one that is recorded there.
    public static Gateway open(
            String endpointUid,
            Path portFile,
            CertificateAuthority authority,
            LoginCheck logins,
            Backend backend)
            throws IOException {
        ServerSocketChannel listener = bind(portFile);
        Gateway gateway = new Gateway(endpointUid, listener, authority, logins, backend);
        String name = "gateway-" + endpointUid;
        Thread.ofVirtual().name(name).start(new AcceptLoop(name, listener::accept, gateway::take));
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

    CertificateAuthority authority() {
        return authority;
    }

    Backend backend() {
        return backend;
    }

    boolean accepts(String user, String password) {
        return logins.accepts(endpointUid, user, password);
    }

    void entered(ClientSession session) {
        strangers.remove(session);
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

    /// Whoever floods the door pushes out whoever waits longest in it, which a client that logs in
    /// does not.
    private void take(SocketChannel channel) {
        ClientSession session = new ClientSession(this, channel);
        boolean started = false;
        try {
            push(session);
            Thread.ofVirtual().name("gateway-client-" + endpointUid).start(() -> run(session));
            started = true;
        } finally {
            if (!started) {
                session.cut();
                forget(session);
            }
        }
    }

    private void push(ClientSession session) {
        connections.add(session);
        strangers.addLast(session);
        if (strangers.size() > MOST_STRANGERS) {
            ClientSession oldest = strangers.pollFirst();
            if (oldest != null) {
                oldest.cut();
            }
        }
    }

    private void run(ClientSession session) {
        try {
            session.run();
        } finally {
            forget(session);
        }
    }

    private void forget(ClientSession session) {
        strangers.remove(session);
        connections.remove(session);
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
