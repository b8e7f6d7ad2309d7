package io.lakebaseops.postgres;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/// What a server shows of itself before anybody logs in: whether it has TLS, which version, and its
/// certificate.
///
/// It trusts every certificate and therefore sends nothing; the login that follows goes through the
/// driver, which verifies.
///
/// @param protocol empty when the server has no TLS
/// @param names in its certificate
record TlsPeek(String protocol, List<String> names, Optional<Instant> validUntil) {
    /// The request for TLS (manual 53.2.10).
    private static final int SSL_REQUEST = 80_877_103;

    private static final int LENGTH = 8;

    TlsPeek {
        names = List.copyOf(names);
    }

    boolean tls() {
        return !protocol.isEmpty();
    }

    /// @param millis for each read
    static TlsPeek at(String host, int port, int millis)
            throws IOException, GeneralSecurityException {
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), millis);
            plain.setSoTimeout(millis);
            if (!offersTls(plain)) {
                return new TlsPeek("", List.of(), Optional.empty());
            }
            var context = SSLContext.getInstance("TLS");
            context.init(null, new X509ExtendedTrustManager[] {new AcceptsToLook()}, null);
            try (var tls =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
                tls.startHandshake();
                var session = tls.getSession();
                return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                        ? new TlsPeek(
                                session.getProtocol(),
                                names(certificate),
                                Optional.of(certificate.getNotAfter().toInstant()))
                        : new TlsPeek(session.getProtocol(), List.of(), Optional.empty());
            }
        }
    }

    /// Does PostgreSQL listen there?
    static boolean isPostgres(int port, int millis) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
            socket.setSoTimeout(millis);
            offersTls(socket);
            return true;
        } catch (IOException e) {
            // Nothing listens there, or something else does.
            return false;
        }
    }

    private static boolean offersTls(Socket socket) throws IOException {
        var out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(LENGTH);
        out.writeInt(SSL_REQUEST);
        out.flush();
        int answer = socket.getInputStream().read();
        return switch (answer) {
            case 'S' -> true;
            case 'N' -> false;
            default -> throw new IOException("what answers there is no PostgreSQL server");
        };
    }

    private static List<String> names(X509Certificate certificate)
            throws CertificateParsingException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives == null || alternatives.isEmpty()) {
            return List.of(certificate.getSubjectX500Principal().getName());
        }
        return alternatives.stream().map(pair -> String.valueOf(pair.get(1))).toList();
    }

    private static final class AcceptsToLook extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(
                X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(
                X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(
                X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(
                X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
