package io.lakebaseops.local.gateway;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// One client connection: start-up phase, password, then bytes both ways until one side is gone.
final class ClientSession {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    /// A client that has not logged in by then is cut, as `authentication_timeout` does.
    private static final Duration LOGIN_TIME = Duration.ofSeconds(30);

    private static final int CHUNK = 32 * 1024;

    private final Gateway gateway;
    private final SocketChannel client;
    private volatile boolean open = true;

    ClientSession(Gateway gateway, SocketChannel client) {
        this.gateway = gateway;
        this.client = client;
    }

    /// Runs the connection to its end on the calling (virtual) thread.
    void run() {
        try (client) {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.socket().setSoTimeout(Math.toIntExact(LOGIN_TIME.toMillis()));
            InputStream in = client.socket().getInputStream();
            WireProtocol.First first = WireProtocol.readFirst(in);
            while (first instanceof WireProtocol.First.Encryption) {
                WireProtocol.writeAll(client, WireProtocol.noEncryption());
                first = WireProtocol.readFirst(in);
            }
            switch (first) {
                case WireProtocol.First.Cancel cancel -> passOn(cancel);
                case WireProtocol.First.Startup startup -> login(startup, in);
                case WireProtocol.First.Encryption again ->
                        throw new IOException("encryption asked for again: " + again);
            }
        } catch (SocketTimeoutException e) {
            LOG.debug("Client of {} did not log in within {}", gateway.name(), LOGIN_TIME);
        } catch (IOException e) {
            LOG.debug("Connection to {} ended: {}", gateway.name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open = false;
        }
    }

    /// Ends the connection from outside; both directions notice.
    void cut() {
        open = false;
        close(client);
    }

    private void passOn(WireProtocol.First.Cancel cancel) throws IOException, InterruptedException {
        gateway.faults().onRequest(this::isOpen);
        try (SocketChannel server = SocketChannel.open(gateway.backend().address())) {
            WireProtocol.writeAll(server, ByteBuffer.wrap(cancel.packet()));
            // The server closes when it has signalled the backend; the client waits for that.
            server.read(ByteBuffer.allocate(1));
        }
    }

    private void login(WireProtocol.First.Startup startup, InputStream in)
            throws IOException, InterruptedException {
        gateway.faults().onRequest(this::isOpen);
        String user = startup.user();
        String replication = startup.parameters().getOrDefault("replication", "false");
        if (!replication.equals("false")) {
            refuse("0A000", "replication connections are not supported on this platform");
            return;
        }
        WireProtocol.writeAll(client, WireProtocol.askPassword());
        String password = WireProtocol.readPassword(in);
        gateway.faults().onRequest(this::isOpen);
        if (gateway.faults().refusing() || !gateway.accepts(user, password)) {
            refuse("28P01", "password authentication failed for user \"" + user + "\"");
            return;
        }
        client.socket().setSoTimeout(0);
        gateway.entered(this);
        try {
            switch (gateway.backend().wake()) {
                case Backend.Wake.Ready ready -> serve(startup, ready.address());
                case Backend.Wake.Refused refused -> tell(refused);
            }
        } finally {
            gateway.left(this);
        }
    }

    /// The private socket trusts us, so replaying the start-up packet logs the user in; the
    /// server's greeting follows.
    private void serve(WireProtocol.First.Startup startup, UnixDomainSocketAddress address)
            throws IOException, InterruptedException {
        try (SocketChannel server = reached(address)) {
            if (server == null) {
                return;
            }
            WireProtocol.writeAll(server, ByteBuffer.wrap(startup.packet()));
            Thread answers =
                    Thread.ofVirtual()
                            .name("gateway-answers-" + gateway.name())
                            .start(() -> answers(server));
            try {
                requests(server);
            } finally {
                open = false;
                close(server);
                close(client);
                answers.join();
            }
        }
    }

    /// Null, and the client was told why, when the compute has ended since it was woken.
    private @Nullable SocketChannel reached(UnixDomainSocketAddress address) throws IOException {
        try {
            return SocketChannel.open(address);
        } catch (IOException e) {
            LOG.debug("Compute behind {} does not listen: {}", gateway.name(), e.getMessage());
            tell(gateway.backend().silent());
            return null;
        }
    }

    private void requests(SocketChannel server) throws IOException, InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        while (client.read(buffer) >= 0) {
            gateway.touched();
            gateway.faults().onRequest(this::isOpen);
            WireProtocol.writeAll(server, buffer.flip());
            buffer.clear();
        }
    }

    private void answers(SocketChannel server) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        boolean spoke = false;
        try {
            while (server.read(buffer) >= 0) {
                spoke = true;
                gateway.faults().whileFrozen(this::isOpen);
                WireProtocol.writeAll(client, buffer.flip());
                buffer.clear();
            }
        } catch (IOException e) {
            LOG.debug("Compute behind {} is gone: {}", gateway.name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!spoke && open) {
                tellQuietly(gateway.backend().silent());
            }
            // Wakes the other direction, which waits in client.read.
            cut();
        }
    }

    private void tell(Backend.Wake.Refused refused) throws IOException {
        refuse(refused.sqlState(), refused.message());
    }

    /// To a client that may be gone as well.
    private void tellQuietly(Backend.Wake.Refused refused) {
        try {
            tell(refused);
        } catch (IOException e) {
            LOG.debug("Client of {} is gone, too: {}", gateway.name(), e.getMessage());
        }
    }

    private void refuse(String sqlState, String message) throws IOException {
        WireProtocol.writeAll(client, WireProtocol.fatal(sqlState, message));
    }

    private boolean isOpen() {
        return open;
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing a connection failed: {}", e.getMessage());
        }
    }
}
