package io.lakebaseops.local.compute.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files and directories that only their owner may read. Mode 0600 and 0700 where the file system
/// has modes; on Windows the user's own data directory already is closed to others.
public final class PrivateFiles {
    private PrivateFiles() {}

    public static void directory(Path dir) throws IOException {
        if (!Files.isDirectory(dir)) {
            Files.createDirectories(dir, mode("rwx------"));
        }
    }

    /// Opens the file for writing. Others may not even read it: whoever can, can lock it.
    public static FileChannel open(Path file, StandardOpenOption how) throws IOException {
        Set<OpenOption> options = Set.of(how, StandardOpenOption.WRITE);
        FileChannel channel = FileChannel.open(file, options, mode("rw-------"));
        if (posix()) {
            // One that was made by an earlier version, for everybody's eyes.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return channel;
    }

    /// Replaces the file in one step: whoever reads it sees the old or the new content.
    ///
    /// @param durable whether the content has reached the disk before the old one goes
    public static void replace(Path file, byte[] content, boolean durable) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        write(next, content, durable);
        move(next, file);
    }

    /// @param durable whether the content has reached the disk on return
    public static void write(Path file, byte[] content, boolean durable) throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel channel = open(file, StandardOpenOption.CREATE_NEW)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durable) {
                channel.force(true);
            }
        }
    }

    /// In one step, over what is there.
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return posix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
