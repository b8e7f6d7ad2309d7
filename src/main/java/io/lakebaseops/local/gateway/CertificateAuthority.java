package io.lakebaseops.local.gateway;

import io.lakebaseops.platform.PrivateFiles;
import io.lakebaseops.platform.ServerCertificate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// The certificate authority of one Local Lakebase home. Clients trust `ca.pem`; the key that signs
/// what the gateways show them lies in `ca.p12`, which only its owner may read. What a gateway
/// shows lives in memory and is made when the first client asks for encryption.
public final class CertificateAuthority {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateAuthority.class);

    /// The certificate that clients are told to trust.
    public static final String CERTIFICATE = "ca.pem";

    private static final String KEYS = "ca.p12";
    private static final String ALIAS = "lakebase";

    /// PKCS#12 wants a password; what guards the file is its mode.
    private static final char[] PASSWORD = "local".toCharArray();

    /// A gateway's certificate is renewed this long before it ends.
    private static final Duration SPARE = Duration.ofDays(30);

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SSLContext gateway;
    private Instant renewal = Instant.MIN;

    private CertificateAuthority(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /// The authority of the directory, made there when it has none that will last.
    public static CertificateAuthority in(Path dir) throws IOException {
        try {
            CertificateAuthority authority = kept(dir.resolve(KEYS));
            if (authority == null) {
                authority = fresh(dir.resolve(KEYS));
            }
            authority.publish(dir.resolve(CERTIFICATE));
            return authority;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates of " + dir + " cannot be made", e);
        }
    }

    /// Null when there is none, or none that can be used: another one does no harm but to clients
    /// that keep a copy of the certificate.
    private static @Nullable CertificateAuthority kept(Path file)
            throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        } catch (IOException e) {
            LOG.warn("{} cannot be read; clients have to trust a new certificate", file, e);
            return null;
        }
        Certificate certificate = store.getCertificate(ALIAS);
        boolean lasts =
                certificate instanceof X509Certificate x509
                        && x509.getNotAfter()
                                .toInstant()
                                .isAfter(Instant.now().plus(Certificates.GATEWAY_LIFE));
        return lasts && store.getKey(ALIAS, PASSWORD) instanceof PrivateKey key
                ? new CertificateAuthority(key, (X509Certificate) certificate)
                : null;
    }

    private static CertificateAuthority fresh(Path file)
            throws IOException, GeneralSecurityException {
        KeyPair pair = Certificates.keyPair();
        X509Certificate certificate = Certificates.authority(pair);
        KeyStore store = storeOf(pair.getPrivate(), certificate);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD);
        PrivateFiles.replace(file, bytes.toByteArray(), true);
        return new CertificateAuthority(pair.getPrivate(), certificate);
    }

    private void publish(Path file) throws IOException, GeneralSecurityException {
        String pem = pem("CERTIFICATE", certificate.getEncoded());
        if (!Files.exists(file) || !Files.readString(file).equals(pem)) {
            PrivateFiles.replace(file, pem.getBytes(StandardCharsets.US_ASCII), false);
        }
    }

    private static String pem(String what, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, body);
    }

    /// Writes what servers at loopback ports and this home's gateways know each other by.
    public void writeServerCertificate(Path folder) throws IOException {
        try {
            KeyPair pair = Certificates.keyPair();
            X509Certificate shown = Certificates.server(pair.getPublic(), certificate, key);
            ServerCertificate.write(
                    folder,
                    pem("CERTIFICATE", shown.getEncoded()),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
                    pem("CERTIFICATE", certificate.getEncoded()),
                    Certificates.GATEWAY);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of the servers cannot be made", e);
        }
    }

    /// What a gateway encrypts with All gateways of a home share it: they have one address.
    SSLContext gateway() throws IOException {
        lock.lock();
        try {
            SSLContext known = gateway;
            if (known == null || Instant.now().isAfter(renewal)) {
                known = forGateways();
                gateway = known;
            }
            return known;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of the gateway cannot be made", e);
        } finally {
            lock.unlock();
        }
    }

    private SSLContext forGateways() throws IOException, GeneralSecurityException {
        KeyPair pair = Certificates.keyPair();
        X509Certificate shown = Certificates.gateway(pair.getPublic(), certificate, key);
        renewal = shown.getNotAfter().toInstant().minus(SPARE);
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(storeOf(pair.getPrivate(), shown, certificate), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted(), null);
        return context;
    }

    private TrustManager[] trusted() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setCertificateEntry(ALIAS, certificate);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    private static KeyStore storeOf(PrivateKey key, Certificate... chain)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry(ALIAS, key, PASSWORD, chain);
        return store;
    }
}
