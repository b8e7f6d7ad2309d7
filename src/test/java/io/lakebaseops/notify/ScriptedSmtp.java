package io.lakebaseops.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// An SMTP server on this machine (RFC 5321 as far as a client needs it, with AUTH PLAIN); each
/// command can be given another answer, or none.
final class ScriptedSmtp implements AutoCloseable {
    private final ServerSocket server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> mails = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();

    ScriptedSmtp() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("smtp").start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    /// @param answer `450 busy`; empty for none at all
    void answer(String command, String answer) {
        answers.put(command, answer);
    }

    synchronized List<String> mails() {
        return List.copyOf(mails);
    }

    synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().name("smtp session").start(() -> session(socket));
            } catch (IOException e) {
                // Closed by the test.
                return;
            }
        }
    }

    private void session(Socket socket) {
        try (socket;
                var in =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.UTF_8))) {
            say(socket, "220 test ESMTP");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var command = line.split("[ :]")[0].toUpperCase(java.util.Locale.ROOT);
                synchronized (this) {
                    commands.add(line);
                }
                var told = answers.get(command);
                if (told != null && told.isEmpty()) {
                    continue;
                }
                if (told != null) {
                    say(socket, told);
                    continue;
                }
                switch (command) {
                    case "EHLO" -> say(socket, "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME");
                    case "AUTH" -> say(socket, "235 welcome");
                    case "DATA" -> {
                        say(socket, "354 go on");
                        data(in);
                        say(socket, answers.getOrDefault("END", "250 taken"));
                    }
                    case "QUIT" -> {
                        say(socket, "221 bye");
                        return;
                    }
                    default -> say(socket, "250 fine");
                }
            }
        } catch (IOException e) {
            // The client went away, as some tests want it.
        }
    }

    private void data(BufferedReader in) throws IOException {
        var mail = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line).append('\n');
        }
        synchronized (this) {
            mails.add(mail.toString());
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
