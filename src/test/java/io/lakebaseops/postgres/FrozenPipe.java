package io.lakebaseops.postgres;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A loopback proxy that can stop passing bytes on, as a dead network does, or cut its connections.
final class FrozenPipe implements AutoCloseable {
    private final ServerSocket server;
    private final int to;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean frozen;
    private final AtomicReference<@Nullable String> fatal = new AtomicReference<>();

    FrozenPipe(int to) throws IOException {
        this.to = to;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    void freeze(boolean on) {
        frozen = on;
    }

    /// The next connection that says this is cut before the server hears it.
    void cutAt(String text) {
        fatal.set(text);
    }

    private boolean deadly(byte[] buffer, int n) {
        var text = fatal.get();
        return text != null
                && new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains(text)
                && fatal.compareAndSet(text, null);
    }

    void cut() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                accepted.incrementAndGet();
                var target = new Socket(InetAddress.getLoopbackAddress(), to);
                open.add(client);
                open.add(target);
                Thread.ofVirtual().start(() -> pump(client, target));
                Thread.ofVirtual().start(() -> pump(target, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket into) {
        var buffer = new byte[8192];
        try (from;
                into) {
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                while (frozen) {
                    Thread.sleep(10);
                }
                if (deadly(buffer, n)) {
                    return;
                }
                into.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) {
            // The other side went away, which is what this proxy is for.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        frozen = false;
        server.close();
        cut();
    }
}
