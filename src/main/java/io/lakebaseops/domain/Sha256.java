package io.lakebaseops.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 hash in the making, and its result in hexadecimal digits.
public final class Sha256 {
    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }

    public static String hex(String text) {
        return new Sha256().bytes(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    public Sha256 bytes(byte[] more) {
        digest.update(more);
        return this;
    }

    public void bytes(byte[] more, int from, int length) {
        digest.update(more, from, length);
    }

    /// Length first, so that no two lists of parts run together into the same bytes.
    public Sha256 part(String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
        return this;
    }

    /// Ends the hash.
    public byte[] digest() {
        return digest.digest();
    }

    /// Ends the hash: 64 digits.
    public String hex() {
        return HexFormat.of().formatHex(digest());
    }
}
