package io.lakebaseops.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// A network between a client and a server that can be held, slowed, cut and mended.
public final class PausableLink implements AutoCloseable {
    private final ServerSocket listening;
    private final int server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean held;
    private volatile boolean cut;
    private volatile long delayNanos;

    /// @param server the port on this machine that it leads to
    public PausableLink(int server) {
        this.server = server;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /// Connections stay, and nothing comes through.
    public void hold(boolean on) {
        held = on;
    }

    /// Connections end, and new ones are refused.
    public void cut(boolean on) {
        cut = on;
        if (on) {
            open.forEach(PausableLink::end);
        }
    }

    /// Each packet takes so long.
    public void delayMillis(long millis) {
        delayNanos = millis * 1_000_000;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                if (cut) {
                    end(client);
                    continue;
                }
                var behind = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(client);
                open.add(behind);
                Thread.ofVirtual().start(() -> carry(client, behind));
                Thread.ofVirtual().start(() -> carry(behind, client));
            } catch (IOException e) {
                // The listening socket was closed, or the server is gone: the client sees an end.
                continue;
            }
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            var buffer = new byte[8192];
            int n = from.getInputStream().read(buffer);
            while (n >= 0) {
                LockSupport.parkNanos(delayNanos);
                while (held && !from.isClosed()) {
                    LockSupport.parkNanos(5_000_000);
                }
                to.getOutputStream().write(buffer, 0, n);
                to.getOutputStream().flush();
                n = from.getInputStream().read(buffer);
            }
        } catch (IOException e) {
            end(from);
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        held = false;
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(PausableLink::end);
    }
}
