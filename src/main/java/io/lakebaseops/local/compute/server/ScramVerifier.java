package io.lakebaseops.local.compute.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// Checks a password against the SCRAM verifier that PostgreSQL keeps. The form is
/// `SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>` (PostgreSQL manual, 51.8
/// "pg_authid"); the sums are those of RFC 5802, section 3.
public record ScramVerifier(int iterations, byte[] salt, byte[] storedKey) {
    private static final Pattern FORM =
            Pattern.compile("SCRAM-SHA-256\\$(\\d{1,7}):([^$]+)\\$([^:]+):(.+)");
    private static final int KEY_BITS = 256;

    /// Empty for an MD5 hash, which the platform does not use.
    public static Optional<ScramVerifier> parse(String kept) {
        Matcher parts = FORM.matcher(kept);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return Optional.of(
                new ScramVerifier(
                        Integer.parseInt(parts.group(1)),
                        base64.decode(parts.group(2)),
                        base64.decode(parts.group(3))));
    }

    public boolean fits(String password) {
        if (password.isEmpty()) {
            return false;
        }
        try {
            char[] chars = Normalizer.normalize(password, Normalizer.Form.NFKC).toCharArray();
            byte[] salted =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(new PBEKeySpec(chars, salt, iterations, KEY_BITS))
                            .getEncoded();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salted, "HmacSHA256"));
            byte[] clientKey = mac.doFinal("Client Key".getBytes(StandardCharsets.UTF_8));
            byte[] key = MessageDigest.getInstance("SHA-256").digest(clientKey);
            return MessageDigest.isEqual(key, storedKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256 and PBKDF2", e);
        }
    }
}
