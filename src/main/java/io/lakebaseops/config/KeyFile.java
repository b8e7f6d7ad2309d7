package io.lakebaseops.config;

import io.lakebaseops.platform.OwnerOnly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;

/// A file with a random key of 256 bits that only its owner may read, made at first use.
///
/// Two processes may come first at once: the file is filled under another name and linked, so that
/// nobody reads a key that is still being written and the first one counts.
public final class KeyFile {
    private static final int BYTES = 32;

    private KeyFile() {}

    public static byte[] read(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            var key = Files.readAllBytes(file);
            if (key.length != BYTES) {
                throw new IllegalStateException(file + " does not hold a key of 256 bits");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or make the key " + file, e);
        }
    }

    private static void create(Path file) throws IOException {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file's folder");
        OwnerOnly.makeFolder(folder);
        var key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        var fresh = OwnerOnly.temporaryFile(folder, file.getFileName().toString(), ".new");
        try {
            Files.write(fresh, key);
            publish(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void publish(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster: its key counts.
        } catch (UnsupportedOperationException e) {
            Files.move(fresh, file);
        }
    }
}
