package io.lakebaseops.local.gateway;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/// The X.509 certificates of Local Lakebase (RFC 5280), with ECDSA keys on P-256.
final class Certificates {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);

    /// As long as public authorities may issue for; longer is refused by some systems.
    static final Duration GATEWAY_LIFE = Duration.ofDays(397);

    /// For a clock that is set back.
    private static final Duration EARLIER = Duration.ofDays(1);

    /// The name that a gateway has in its certificate.
    static final String GATEWAY = "localhost";

    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {}

    static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /// Good for names of this machine alone: whoever trusts it everywhere and loses its key to a
    /// thief, loses no more than that.
    static X509Certificate authority(KeyPair pair) throws GeneralSecurityException {
        BigInteger serial = serial();
        X500Name name = new X500Name("CN=Local Lakebase CA " + serial.toString(36));
        X509v3CertificateBuilder wanted =
                builder(name, serial, AUTHORITY_LIFE, name, pair.getPublic());
        GeneralSubtree[] here = {
            new GeneralSubtree(new GeneralName(GeneralName.dNSName, "localhost")),
            new GeneralSubtree(new GeneralName(GeneralName.iPAddress, "127.0.0.0/8")),
            new GeneralSubtree(new GeneralName(GeneralName.iPAddress, "::1/128"))
        };
        try {
            var ids = new JcaX509ExtensionUtils();
            wanted.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
                    .addExtension(Extension.nameConstraints, true, new NameConstraints(here, null))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            ids.createSubjectKeyIdentifier(pair.getPublic()));
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
        return signed(wanted, pair.getPrivate());
    }

    /// The gateway serves its clients, and is itself the client of servers at loopback ports.
    static X509Certificate gateway(PublicKey key, X509Certificate issuer, PrivateKey issuerKey)
            throws GeneralSecurityException {
        return leaf(
                GATEWAY,
                key,
                issuer,
                issuerKey,
                KeyPurposeId.id_kp_serverAuth,
                KeyPurposeId.id_kp_clientAuth);
    }

    /// Of a PostgreSQL server at a loopback port; nobody can log in with it.
    static X509Certificate server(PublicKey key, X509Certificate issuer, PrivateKey issuerKey)
            throws GeneralSecurityException {
        return leaf("postgres", key, issuer, issuerKey, KeyPurposeId.id_kp_serverAuth);
    }

    private static X509Certificate leaf(
            String commonName,
            PublicKey key,
            X509Certificate issuer,
            PrivateKey issuerKey,
            KeyPurposeId... purposes)
            throws GeneralSecurityException {
        X500Name issuerName = X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
        X509v3CertificateBuilder wanted =
                builder(issuerName, serial(), GATEWAY_LIFE, new X500Name("CN=" + commonName), key);
        GeneralNames names =
                new GeneralNames(
                        new GeneralName[] {
                            new GeneralName(GeneralName.dNSName, "localhost"),
                            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                            new GeneralName(GeneralName.iPAddress, "::1")
                        });
        try {
            var ids = new JcaX509ExtensionUtils();
            wanted.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes))
                    .addExtension(Extension.subjectAlternativeName, false, names)
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            ids.createSubjectKeyIdentifier(key))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            ids.createAuthorityKeyIdentifier(issuer.getPublicKey()));
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
        return signed(wanted, issuerKey);
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, BigInteger serial, Duration life, X500Name subject, PublicKey key) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                serial,
                Date.from(now.minus(EARLIER)),
                Date.from(now.plus(life)),
                subject,
                key);
    }

    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1);
    }

    private static X509Certificate signed(X509v3CertificateBuilder wanted, PrivateKey key)
            throws GeneralSecurityException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(wanted.build(signer));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
