package io.lakebaseops.local.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
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

    private static final int PIECE = 512;

    private WireProtocol() {}

    /// The first packet of a connection, kept as it came so that it can be replayed.
    sealed interface First {
        /// SSLRequest and GSSENCRequest.
        record Encryption(boolean tls) implements First {}

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
        byte[] rest = readBody(in, length - 4);
        byte[] packet = ByteBuffer.allocate(length).putInt(length).put(rest).array();
        return switch (ByteBuffer.wrap(packet).getInt(4)) {
            case SSL_REQUEST -> new First.Encryption(true);
            case GSSENC_REQUEST -> new First.Encryption(false);
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
        byte[] body = readBody(in, length - 4);
        return new String(body, 0, body.length - 1, StandardCharsets.UTF_8);
    }

    /// Takes memory for what has come, not for what was announced: that costs a stranger nothing.
    private static byte[] readBody(InputStream in, int length) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[Math.min(length, PIECE)];
        while (body.size() < length) {
            int read = in.read(piece, 0, Math.min(piece.length, length - body.size()));
            if (read < 0) {
                throw new EOFException("client left in the middle of a message");
            }
            body.write(piece, 0, read);
        }
        return body.toByteArray();
    }

    /// Whether a start-up packet asks for a replication connection, in the words the server reads:
    /// `database`, or a boolean that may be shortened. What it would not understand counts as yes.
    static boolean replication(First.Startup startup) {
        String wanted =
                startup.parameters().getOrDefault("replication", "off").toLowerCase(Locale.ROOT);
        boolean off =
                wanted.equals("0")
                        || (wanted.length() > 1 && "off".startsWith(wanted))
                        || (!wanted.isEmpty()
                                && ("false".startsWith(wanted) || "no".startsWith(wanted)));
        return !off;
    }

    static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// The answer to a request for encryption.
    static byte encryption(boolean offered) {
        return (byte) (offered ? 'S' : 'N');
    }

    /// SSLRequest.
    static byte[] askEncryption() {
        return ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST).array();
    }

    /// AuthenticationCleartextPassword.
    static byte[] askPassword() {
        return ByteBuffer.allocate(9).put((byte) 'R').putInt(8).putInt(3).array();
    }

    /// ErrorResponse of severity FATAL, after which the connection is closed.
    static byte[] fatal(String sqlState, String message) {
        byte[] fields =
                ("SFATAL\0VFATAL\0C" + sqlState + "\0M" + message.replace('\0', ' ') + "\0\0")
                        .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(fields.length + 5)
                .put((byte) 'E')
                .putInt(fields.length + 4)
                .put(fields)
                .array();
    }
}
