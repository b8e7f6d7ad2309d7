package io.lakebaseops.local.gateway;

import io.lakebaseops.platform.ServerAddress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// The gateway's connection to a server, as any role: a private Unix socket trusts it, and at a
/// loopback port it shows its certificate. There the server shows its own as well, so that nobody
/// who took the port of a server that crashed gets to see statements.
///
/// @param channel below the encryption
record ServerConnection(SocketChannel channel, SSLSocket socket, InputStream in, OutputStream out)
        implements ByteChannel {
    private static final int ACCEPTED = 'S';

    static ByteChannel to(ServerAddress address, CertificateAuthority authority)
            throws IOException {
        return switch (address) {
            case ServerAddress.UnixSocket socket -> socket.open();
            case ServerAddress.Loopback loopback -> encrypted(loopback.open(), authority);
        };
    }

    private static ServerConnection encrypted(SocketChannel channel, CertificateAuthority authority)
            throws IOException {
        try {
            Socket plain = channel.socket();
            plain.setTcpNoDelay(true);
            plain.getOutputStream().write(WireProtocol.askEncryption());
            int answer = plain.getInputStream().read();
            if (answer != ACCEPTED) {
                throw new IOException("the server does not encrypt, it said " + answer);
            }
            SSLSocket socket =
                    (SSLSocket)
                            authority
                                    .gateway()
                                    .getSocketFactory()
                                    .createSocket(plain, "127.0.0.1", plain.getPort(), false);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new ServerConnection(
                    channel, socket, socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Into a buffer with an array behind it.
    @Override
    public int read(ByteBuffer target) throws IOException {
        int read =
                in.read(
                        target.array(),
                        target.arrayOffset() + target.position(),
                        target.remaining());
        if (read > 0) {
            target.position(target.position() + read);
        }
        return read;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        out.write(source.array(), source.arrayOffset() + source.position(), length);
        source.position(source.limit());
        return length;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /// The channel below, as closing an encrypted socket waits for who writes to it.
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
