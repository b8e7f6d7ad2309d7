package io.lakebaseops.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that only their owner may read, written as a whole: whoever reads one, or finds it after a
/// crash, sees the old content or the new.
public final class PrivateFiles {
    private PrivateFiles() {}

    /// Replaces the file in one step.
    ///
    /// @param durable whether the content has reached the disk before the old one goes
    public static void replace(Path file, byte[] content, boolean durable) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".next");
        write(next, content, durable);
        move(next, file);
    }

    /// Replaces a file that people read, too; its folder is made if need be.
    public static void replace(Path file, String text) throws IOException {
        OwnerOnly.makeFolderOf(file);
        replace(file, text.getBytes(StandardCharsets.UTF_8), false);
    }

    /// @param durable whether the content has reached the disk on return
    public static void write(Path file, byte[] content, boolean durable) throws IOException {
        Files.deleteIfExists(file);
        try (var channel = OwnerOnly.open(file, StandardOpenOption.CREATE_NEW)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durable) {
                channel.force(true);
            }
        }
    }

    /// In one step, over what is there; where the file system cannot do that, in two.
    public static void move(Path from, Path to) throws IOException {
        FileInUse.outwait(
                () -> {
                    try {
                        Files.move(
                                from,
                                to,
                                StandardCopyOption.ATOMIC_MOVE,
                                StandardCopyOption.REPLACE_EXISTING);
                    } catch (AtomicMoveNotSupportedException e) {
                        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
                    }
                });
    }
}
