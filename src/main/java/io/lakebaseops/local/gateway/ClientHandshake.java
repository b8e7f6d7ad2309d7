package io.lakebaseops.local.gateway;

import io.lakebaseops.local.gateway.WireProtocol.First;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// The first bytes of a connection: what the client wants, and whether it wants it encrypted. TLS
/// is given to whoever asks, by SSLRequest or at once (`sslnegotiation=direct`); GSS to nobody.
///
/// @param socket the connection from here on, encrypted or not
/// @param first a start-up packet or a cancel request, never a request for encryption
record ClientHandshake(Socket socket, First first) {
    /// The first byte of a TLS record with a ClientHello; no PostgreSQL packet is that long.
    private static final int TLS_HANDSHAKE = 0x16;

    /// What clients of `sslnegotiation=direct` insist on (PostgreSQL manual, 53.2.11).
    private static final String[] ALPN = {"postgresql"};

    static ClientHandshake of(Socket plain, CertificateAuthority authority) throws IOException {
        InputStream in = plain.getInputStream();
        int lead = in.read();
        if (lead < 0) {
            throw new EOFException("client left before it said anything");
        }
        InputStream whole = new SequenceInputStream(single(lead), in);
        if (lead == TLS_HANDSHAKE) {
            return encrypted(plain, authority, single(lead));
        }
        First first = WireProtocol.readFirst(whole);
        if (first instanceof First.Encryption(boolean tls) && !tls) {
            plain.getOutputStream().write(WireProtocol.encryption(false));
            first = WireProtocol.readFirst(in);
        }
        if (first instanceof First.Encryption(boolean tls) && tls) {
            plain.getOutputStream().write(WireProtocol.encryption(true));
            return encrypted(plain, authority, InputStream.nullInputStream());
        }
        return wanted(plain, first);
    }

    /// @param consumed what was read of the TLS stream already
    private static ClientHandshake encrypted(
            Socket plain, CertificateAuthority authority, InputStream consumed) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        authority.gateway().getSocketFactory().createSocket(plain, consumed, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(ALPN);
        socket.setSSLParameters(parameters);
        return wanted(socket, WireProtocol.readFirst(socket.getInputStream()));
    }

    private static ClientHandshake wanted(Socket socket, First first) throws IOException {
        if (first instanceof First.Encryption) {
            throw new IOException("encryption asked for again");
        }
        return new ClientHandshake(socket, first);
    }

    private static InputStream single(int value) {
        return new ByteArrayInputStream(new byte[] {(byte) value});
    }
}
