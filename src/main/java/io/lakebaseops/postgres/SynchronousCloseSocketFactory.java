package io.lakebaseops.postgres;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import javax.net.SocketFactory;

/// Sockets whose close waits until the server has closed its end, if the closing thread asks for
/// it: a backend closes its socket only when its process ends, so afterwards its connection slot is
/// really free again. Named to the driver by its class.
///
/// Where a server is behind a tunnel, its sockets go to the near end of it; the driver goes on with
/// the server's own name, so that the name in its certificate is verified as ever.
public final class SynchronousCloseSocketFactory extends SocketFactory {
    /// A server that does not end the session by then is not waited for.
    private static final int PATIENCE_MILLIS = 2000;

    private static final ThreadLocal<Boolean> WAITS = ThreadLocal.withInitial(() -> false);

    private final Map<String, Integer> tunnels;

    /// @param argument as [#argument] writes it; the driver hands it over, null where there is none
    public SynchronousCloseSocketFactory(@Nullable String argument) {
        var ports = new HashMap<String, Integer>();
        if (argument == null) {
            tunnels = Map.of();
            return;
        }
        for (var pair : argument.split(",", -1)) {
            int equals = pair.lastIndexOf('=');
            ports.put(pair.substring(0, equals), Integer.valueOf(pair.substring(equals + 1)));
        }
        tunnels = Map.copyOf(ports);
    }

    /// @param tunnels the near port for each `host:port`
    static String argument(Map<String, Integer> tunnels) {
        return tunnels.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .sorted()
                .collect(Collectors.joining(","));
    }

    @FunctionalInterface
    interface Closing<E extends Exception> {
        void run() throws E;
    }

    /// Sockets closed by this thread meanwhile wait for the server's end.
    static <E extends Exception> void waiting(Closing<E> closing) throws E {
        WAITS.set(true);
        try {
            closing.run();
        } finally {
            WAITS.remove();
        }
    }

    @Override
    public Socket createSocket() {
        return new Waiting(tunnels);
    }

    private static final class Waiting extends Socket {
        private final Map<String, Integer> tunnels;

        Waiting(Map<String, Integer> tunnels) {
            this.tunnels = tunnels;
        }

        @Override
        public void connect(SocketAddress to, int timeout) throws IOException {
            super.connect(near(to), timeout);
        }

        private SocketAddress near(SocketAddress to) {
            if (!tunnels.isEmpty() && to instanceof InetSocketAddress far) {
                var port = tunnels.get(far.getHostString() + ":" + far.getPort());
                if (port != null) {
                    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
                }
            }
            return to;
        }

        @Override
        public void close() throws IOException {
            if (WAITS.get() && isConnected() && !isClosed()) {
                awaitEnd();
            }
            super.close();
        }

        private void awaitEnd() {
            long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
            var rest = new byte[512];
            try {
                shutdownOutput();
                do {
                    setSoTimeout(PATIENCE_MILLIS);
                } while (getInputStream().read(rest) >= 0 && System.nanoTime() < until);
            } catch (IOException e) {
                // Reset or silent: either way there is nothing more to wait for.
                return;
            }
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        var socket = new Waiting(tunnels);
        socket.connect(address, 0);
        return socket;
    }
}
