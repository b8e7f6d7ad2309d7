package io.lakebaseops.local;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Files and directories that only their owner may read. Mode 0600 and 0700 where the file system
/// has modes; on Windows the user's own data directory already is closed to others.
final class PrivateFiles {
    private PrivateFiles() {}

    static void create(Path file) throws IOException {
        Files.createFile(file, mode("rw-------"));
    }

    static void directory(Path dir) throws IOException {
        if (!Files.isDirectory(dir)) {
            Files.createDirectories(dir, mode("rwx------"));
        }
    }

    private static FileAttribute<?>[] mode(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
