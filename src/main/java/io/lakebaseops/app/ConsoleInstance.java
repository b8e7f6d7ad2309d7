package io.lakebaseops.app;

import io.lakebaseops.platform.OwnerOnly;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The one console of a home. The first start holds a lock that dies with its process and listens
/// on the loopback address; a second start finds the lock taken and asks the first to show its
/// window, and to follow the link it was given. Port and password stand in a file only this user
/// can read, so that no other user and no web page can ask.
final class ConsoleInstance implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConsoleInstance.class);
    private static final String LOCK = "console.lock";
    private static final String ADDRESS = "console.address";
    private static final String RAISED = "raised";
    private static final int LONGEST = 4096;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final FileChannel channel;
    private final FileLock lock;
    private final ServerSocket server;
    private final Path address;
    private final String password = UUID.randomUUID().toString();
    private final AtomicReference<@Nullable Consumer<@Nullable String>> raise =
            new AtomicReference<>();

    private ConsoleInstance(FileChannel channel, FileLock lock, ServerSocket server, Path address) {
        this.channel = channel;
        this.lock = lock;
        this.server = server;
        this.address = address;
    }

    /// Empty when another process is the console of this home.
    static Optional<ConsoleInstance> first(Path home, Executor threads) throws IOException {
        Files.createDirectories(home);
        var channel =
                FileChannel.open(
                        home.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = lock(channel);
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        var server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var instance = new ConsoleInstance(channel, lock, server, home.resolve(ADDRESS));
        instance.tellAddress();
        threads.execute(instance::listen);
        return Optional.of(instance);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) { // this very process has it
            return null;
        }
    }

    private void tellAddress() throws IOException {
        Files.deleteIfExists(address);
        OwnerOnly.createFile(address);
        Files.writeString(address, server.getLocalPort() + " " + password);
    }

    /// What shows the window; a second start before it is known waits for it a little.
    ///
    /// @param show is handed the link of a second start, null without one
    void onRaise(Consumer<@Nullable String> show) {
        raise.set(show);
    }

    private void listen() {
        while (!server.isClosed()) {
            try (var caller = server.accept()) {
                caller.setSoTimeout((int) ANSWER_WITHIN.toMillis());
                answer(caller);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    log.info("A second start was not answered: {}", e.getMessage());
                }
            }
        }
    }

    private void answer(Socket caller) throws IOException {
        var said = said(caller);
        // The password, and after a space the link, if there is one.
        int end = said.indexOf(' ');
        var proof = end < 0 ? said : said.substring(0, end);
        var show = raise.get();
        boolean ours =
                MessageDigest.isEqual(
                        proof.getBytes(StandardCharsets.UTF_8),
                        password.getBytes(StandardCharsets.UTF_8));
        if (ours && show != null) {
            show.accept(end < 0 ? null : said.substring(end + 1));
            caller.getOutputStream().write((RAISED + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /// One line, as long as a password and a link may be.
    private static String said(Socket caller) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var in = caller.getInputStream();
        for (int b = in.read(); b >= 0 && b != '\n' && bytes.size() < LONGEST; b = in.read()) {
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Asks the console of this home to show its window.
    ///
    /// @param link to be followed there; null for none
    /// @return whether it did
    static boolean raiseOther(Path home, @Nullable String link) {
        try {
            var parts = Files.readString(home.resolve(ADDRESS)).strip().split(" ");
            try (var socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), Integer.parseInt(parts[0])),
                        (int) ANSWER_WITHIN.toMillis());
                socket.setSoTimeout((int) ANSWER_WITHIN.toMillis());
                var line = parts[1] + (link == null ? "" : " " + link) + "\n";
                socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
                var answer =
                        new BufferedReader(
                                        new InputStreamReader(
                                                socket.getInputStream(), StandardCharsets.UTF_8))
                                .readLine();
                return RAISED.equals(answer);
            }
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            log.info("The console of this home does not answer: {}", e.toString());
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(address);
        lock.release();
        channel.close();
    }
}
