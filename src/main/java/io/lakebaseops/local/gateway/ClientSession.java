package io.lakebaseops.local.gateway;

import io.lakebaseops.platform.ServerAddress;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// One client connection: start-up phase, password, then bytes both ways until one side is gone.
final class ClientSession {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    /// A client that has not logged in by then is cut, as `authentication_timeout` does.
    private static final Duration LOGIN_TIME = Duration.ofSeconds(30);

    private static final int CHUNK = 32 * 1024;

    private final Gateway gateway;
    private final SocketChannel channel;
    private volatile boolean open = true;

    ClientSession(Gateway gateway, SocketChannel channel) {
        this.gateway = gateway;
        this.channel = channel;
    }

    /// Runs the connection to its end on the calling (virtual) thread.
    void run() {
        try (channel) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().setSoTimeout(Math.toIntExact(LOGIN_TIME.toMillis()));
            var client = ClientHandshake.of(channel.socket(), gateway.authority());
            switch (client.first()) {
                case WireProtocol.First.Cancel cancel -> passOn(cancel);
                case WireProtocol.First.Startup startup -> login(startup, client.socket());
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

    /// Ends the connection from outside; both directions notice. The channel below, as closing an
    /// encrypted socket waits for who writes to it.
    void cut() {
        open = false;
        close(channel);
    }

    private void passOn(WireProtocol.First.Cancel cancel) throws IOException, InterruptedException {
        gateway.faults().onRequest(this::isOpen);
        try (SocketChannel server = gateway.backend().address().open()) {
            WireProtocol.writeAll(server, ByteBuffer.wrap(cancel.packet()));
            // The server closes when it has signalled the backend; the client waits for that.
            server.read(ByteBuffer.allocate(1));
        }
    }

    private void login(WireProtocol.First.Startup startup, Socket client)
            throws IOException, InterruptedException {
        gateway.faults().onRequest(this::isOpen);
        String user = startup.user();
        if (WireProtocol.replication(startup)) {
            refuse(client, "0A000", "replication connections are not supported on this platform");
            return;
        }
        client.getOutputStream().write(WireProtocol.askPassword());
        String password = WireProtocol.readPassword(client.getInputStream());
        gateway.faults().onRequest(this::isOpen);
        if (gateway.faults().refusing() || !gateway.accepts(user, password)) {
            refuse(client, "28P01", "password authentication failed for user \"" + user + "\"");
            return;
        }
        client.setSoTimeout(0);
        gateway.entered(this);
        try {
            switch (gateway.backend().wake()) {
                case Backend.Wake.Ready ready -> serve(startup, client, ready.address());
                case Backend.Wake.Refused refused -> tell(client, refused);
            }
        } finally {
            gateway.left(this);
        }
    }

    /// The server trusts us, so replaying the start-up packet logs the user in; the
    /// server's greeting follows.
    private void serve(WireProtocol.First.Startup startup, Socket client, ServerAddress address)
            throws IOException, InterruptedException {
        try (ByteChannel server = reached(client, address)) {
            if (server == null) {
                return;
            }
            WireProtocol.writeAll(server, ByteBuffer.wrap(startup.packet()));
            Thread answers =
                    Thread.ofVirtual()
                            .name("gateway-answers-" + gateway.name())
                            .start(() -> answers(server, client));
            try {
                requests(client.getInputStream(), server);
            } finally {
                open = false;
                close(server);
                close(channel);
                answers.join();
            }
        }
    }

    /// Null, and the client was told why, when the compute has ended since it was woken.
    private @Nullable ByteChannel reached(Socket client, ServerAddress address) throws IOException {
        try {
            return ServerConnection.to(address, gateway.authority());
        } catch (IOException e) {
            LOG.debug("Compute behind {} does not listen: {}", gateway.name(), e.getMessage());
            tell(client, gateway.backend().silent());
            return null;
        }
    }

    private void requests(InputStream client, ByteChannel server)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[CHUNK];
        for (int read = client.read(buffer); read >= 0; read = client.read(buffer)) {
            gateway.touched();
            gateway.faults().onRequest(this::isOpen);
            WireProtocol.writeAll(server, ByteBuffer.wrap(buffer, 0, read));
        }
    }

    private void answers(ByteChannel server, Socket client) {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        boolean spoke = false;
        try {
            OutputStream out = client.getOutputStream();
            while (server.read(buffer) >= 0) {
                spoke = true;
                gateway.faults().whileFrozen(this::isOpen);
                out.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            if (spoke) {
                client.shutdownOutput();
            }
        } catch (IOException e) {
            LOG.debug("Compute behind {} is gone: {}", gateway.name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!spoke && open) {
                tellQuietly(client, gateway.backend().silent());
            }
            // Wakes the other direction, which waits for the client.
            cut();
        }
    }

    private static void tell(Socket client, Backend.Wake.Refused refused) throws IOException {
        refuse(client, refused.sqlState(), refused.message());
    }

    /// To a client that may be gone as well.
    private void tellQuietly(Socket client, Backend.Wake.Refused refused) {
        try {
            tell(client, refused);
        } catch (IOException e) {
            LOG.debug("Client of {} is gone, too: {}", gateway.name(), e.getMessage());
        }
    }

    /// Says goodbye as well, without which an encrypted connection looks cut.
    private static void refuse(Socket client, String sqlState, String message) throws IOException {
        client.getOutputStream().write(WireProtocol.fatal(sqlState, message));
        client.shutdownOutput();
    }

    private boolean isOpen() {
        return open;
    }

    private static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing a connection failed: {}", e.getMessage());
        }
    }
}
