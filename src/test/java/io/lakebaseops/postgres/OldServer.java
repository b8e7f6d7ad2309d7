package io.lakebaseops.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// The first words of a server of another version: it lets everybody in, says its version and is
/// ready, and that is all it can.
final class OldServer implements AutoCloseable {
    private final ServerSocket listener;
    private final String version;

    OldServer(String version) throws IOException {
        this.version = version;
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (var client = listener.accept()) {
                greet(client);
            } catch (IOException e) {
                // The client left, or the test is over.
                continue;
            }
        }
    }

    private void greet(Socket client) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        in.skipNBytes(in.readInt() - 4L);
        var out = new DataOutputStream(client.getOutputStream());
        message(out, 'R', new byte[] {0, 0, 0, 0});
        parameter(out, "server_version", version);
        parameter(out, "client_encoding", "UTF8");
        parameter(out, "DateStyle", "ISO, MDY");
        parameter(out, "standard_conforming_strings", "on");
        parameter(out, "integer_datetimes", "on");
        message(out, 'K', new byte[8]);
        message(out, 'Z', new byte[] {'I'});
        out.flush();
        while (in.read() >= 0) {
            in.skipNBytes(Math.min(in.available(), 1024));
        }
    }

    private static void parameter(DataOutputStream out, String name, String value)
            throws IOException {
        var body = new ByteArrayOutputStream();
        body.write((name + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8));
        message(out, 'S', body.toByteArray());
    }

    private static void message(DataOutputStream out, char kind, byte[] body) throws IOException {
        out.write(kind);
        out.writeInt(body.length + 4);
        out.write(body);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
