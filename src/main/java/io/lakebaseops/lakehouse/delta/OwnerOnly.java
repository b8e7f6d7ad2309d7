package io.lakebaseops.lakehouse.delta;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files and directories that only their owner may read: the history holds statements and the
/// audit. Mode 0600 and 0700 where the file system has modes; a user's data directory on Windows is
/// closed to others anyway.
final class OwnerOnly {
    private static final String DIRECTORY = "rwx------";

    private OwnerOnly() {}

    static void directories(Path directory) throws IOException {
        Files.createDirectories(directory, mode(directory, DIRECTORY));
    }

    /// Makes the directory, or closes one that an earlier release left open.
    static void closed(Path directory) throws IOException {
        directories(directory);
        var mode = PosixFilePermissions.fromString(DIRECTORY);
        if (isPosix(directory) && !Files.getPosixFilePermissions(directory).equals(mode)) {
            Files.setPosixFilePermissions(directory, mode);
        }
    }

    /// A new file, to be written.
    static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                mode(file, "rw-------"));
    }

    private static FileAttribute<?>[] mode(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
