package io.lakebaseops.config;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/// The permissions of files and folders that only their owner may read, where the file system has
/// such; on Windows a user's own folder is closed to others already.
public final class OwnerOnly {
    private static final String FILE = "rw-------";
    private static final String FOLDER = "rwx------";

    private OwnerOnly() {}

    /// Of a file made there.
    public static FileAttribute<?>[] file(Path place) {
        return attributes(place, FILE);
    }

    /// Makes the folder and those above it that are missing.
    public static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /// Makes the folder that the file is to stand in.
    static void makeFolderOf(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            makeFolder(folder);
        }
    }

    /// Writes a file as a whole: a crash leaves the old one or the new one.
    static void replace(Path file, String text) throws IOException {
        makeFolderOf(file);
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, file(fresh));
        Files.writeString(fresh, text);
        try {
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// One that was made before, or with a generous umask, is closed to others.
    public static void close(Path folder) throws IOException {
        if (posix(folder)
                && !PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))
                        .equals(FOLDER)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(FOLDER));
        }
    }

    static boolean othersMayRead(Path file) throws IOException {
        return posix(file)
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    }

    private static FileAttribute<?>[] attributes(Path place, String mode) {
        return posix(place)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
