package io.lakebaseops.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.lakebaseops.platform.OwnerOnly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Secrets in one encrypted file (AES-256-GCM), the key beside it in a file only its owner can
/// read. Keeps them out of backups, screenshots and shared configuration folders; it does not
/// protect against someone who can read the key file.
public final class FileSecretStore implements SecretStore.Writable {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] BOUND_TO =
            "lakebaseops secrets 1".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final Path keyFile;
    private final SecureRandom random = new SecureRandom();
    private final ObjectMapper json = new ObjectMapper();

    public FileSecretStore(Path home) {
        this.file = home.resolve("secrets.bin");
        this.keyFile = home.resolve("secrets.key");
    }

    @Override
    public synchronized Optional<String> get(String name) {
        return Optional.ofNullable(read().get(name));
    }

    @Override
    public synchronized void put(String name, String secret) {
        var all = read();
        all.put(name, secret);
        write(all);
    }

    @Override
    public synchronized void remove(String name) {
        var all = read();
        if (all.remove(name) != null) {
            write(all);
        }
    }

    private Map<String, String> read() {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            var sealed = Files.readAllBytes(file);
            var cipher = cipher(Cipher.DECRYPT_MODE, sealed);
            var plain = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return json.readValue(plain, new TypeReference<TreeMap<String, String>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    file
                            + " was altered or belongs to another key: remove it and enter the"
                            + " secrets again",
                    e);
        }
    }

    private void write(Map<String, String> all) {
        try {
            var sealed = new byte[NONCE_BYTES];
            random.nextBytes(sealed);
            var secret = cipher(Cipher.ENCRYPT_MODE, sealed).doFinal(json.writeValueAsBytes(all));
            var whole = new byte[NONCE_BYTES + secret.length];
            System.arraycopy(sealed, 0, whole, 0, NONCE_BYTES);
            System.arraycopy(secret, 0, whole, NONCE_BYTES, secret.length);
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            createPrivate(fresh, whole);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot encrypt with AES-GCM", e);
        }
    }

    /// @param sealed begins with the nonce
    private Cipher cipher(int mode, byte[] sealed) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(KeyFile.read(keyFile), "AES"),
                new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
        cipher.updateAAD(BOUND_TO);
        return cipher;
    }

    private static void createPrivate(Path path, byte[] content) throws IOException {
        OwnerOnly.createFile(path);
        Files.write(path, content, StandardOpenOption.TRUNCATE_EXISTING);
    }

    @Override
    public String toString() {
        return "FileSecretStore[" + file + "]";
    }
}
