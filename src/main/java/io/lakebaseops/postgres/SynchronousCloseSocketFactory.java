package io.lakebaseops.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.SocketFactory;

/// Sockets whose close waits until the server has closed its end, if the closing thread asks for
/// it: a backend closes its socket only when its process ends, so afterwards its connection slot is
/// really free again. Named to the driver by its class.
public final class SynchronousCloseSocketFactory extends SocketFactory {
    /// A server that does not end the session by then is not waited for.
    private static final int PATIENCE_MILLIS = 2000;

    private static final ThreadLocal<Boolean> WAITS = ThreadLocal.withInitial(() -> false);

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
        return new Waiting();
    }

    private static final class Waiting extends Socket {
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
        return connected(new java.net.InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new java.net.InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        return createSocket(host, port);
    }

    private static Socket connected(java.net.InetSocketAddress address) throws IOException {
        var socket = new Waiting();
        socket.connect(address);
        return socket;
    }
}
