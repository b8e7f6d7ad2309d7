package io.lakebaseops.local.gateway;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The few messages of the start-up phase (PostgreSQL manual, 53.7 "Message Formats").
final class WireProtocol {
    private static final int SSL_REQUEST = 80877103;
    private static final int GSSENC_REQUEST = 80877104;
    private static final int CANCEL_REQUEST = 80877102;

    /// PostgreSQL's own limit for a start-up packet.
    private static final int LONGEST_START = 10_000;

    /// Tokens are a few kB; more is no password.
    private static final int LONGEST_PASSWORD = 65_536;

    private WireProtocol() {}

    /// The first packet of a connection, kept as it came so that it can be replayed.
    sealed interface First {
        record Encryption() implements First {}

        record Cancel(byte[] packet) implements First {}

        record Startup(byte[] packet, Map<String, String> parameters) implements First {
            String user() {
                return parameters.getOrDefault("user", "");
            }
        }
    }

    static First readFirst(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int length = data.readInt();
        if (length < 8 || length > LONGEST_START) {
            throw new IOException("not a PostgreSQL client: first packet has length " + length);
        }
        byte[] packet = new byte[length];
        ByteBuffer.wrap(packet).putInt(length);
        data.readFully(packet, 4, length - 4);
        return switch (ByteBuffer.wrap(packet).getInt(4)) {
            case SSL_REQUEST, GSSENC_REQUEST -> new First.Encryption();
            case CANCEL_REQUEST -> new First.Cancel(packet);
            default -> new First.Startup(packet, parameters(packet));
        };
    }

    private static Map<String, String> parameters(byte[] packet) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String[] parts =
                new String(packet, 8, packet.length - 8, StandardCharsets.UTF_8).split("\0", -1);
        for (int i = 0; i + 1 < parts.length && !parts[i].isEmpty(); i += 2) {
            parameters.put(parts[i], parts[i + 1]);
        }
        return parameters;
    }

    /// Reads a PasswordMessage.
    static String readPassword(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int type = data.read();
        if (type < 0) {
            throw new EOFException("client left instead of giving a password");
        }
        int length = data.readInt();
        if (type != 'p' || length < 5 || length > LONGEST_PASSWORD) {
            throw new IOException("expected a password message, got type " + type);
        }
        byte[] body = new byte[length - 4];
        data.readFully(body);
        return new String(body, 0, body.length - 1, StandardCharsets.UTF_8);
    }

    static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// Neither TLS nor GSS: the gateway listens on loopback only.
    static ByteBuffer noEncryption() {
        return ByteBuffer.wrap(new byte[] {'N'});
    }

    /// AuthenticationCleartextPassword.
    static ByteBuffer askPassword() {
        return ByteBuffer.allocate(9).put((byte) 'R').putInt(8).putInt(3).flip();
    }

    /// ErrorResponse of severity FATAL, after which the connection is closed.
    static ByteBuffer fatal(String sqlState, String message) {
        byte[] fields =
                ("SFATAL\0VFATAL\0C" + sqlState + "\0M" + message.replace('\0', ' ') + "\0\0")
                        .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(fields.length + 5)
                .put((byte) 'E')
                .putInt(fields.length + 4)
                .put(fields)
                .flip();
    }
}
