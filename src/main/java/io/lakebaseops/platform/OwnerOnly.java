package io.lakebaseops.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// Files and folders that only their owner may read: by POSIX modes, or by access control lists on
/// Windows.
public final class OwnerOnly {
    private OwnerOnly() {}

    /// A new, empty file.
    public static void createFile(Path file) throws IOException {
        var rights = FilePermissions.of(file);
        Files.createFile(file, rights.atCreation(false));
        finish(rights, file, false);
    }

    /// A new file beside others, with a name of its own.
    public static Path temporaryFile(Path folder, String prefix, String suffix) throws IOException {
        var rights = FilePermissions.of(folder);
        var file = Files.createTempFile(folder, prefix, suffix, rights.atCreation(false));
        finish(rights, file, false);
        return file;
    }

    /// Opens a file for writing. Others may not even read it: whoever can, can lock it. One that
    /// was made for everybody's eyes is closed.
    ///
    /// @param how `CREATE` or `CREATE_NEW`
    public static FileChannel open(Path file, StandardOpenOption how) throws IOException {
        var rights = FilePermissions.of(file);
        var options = Set.<OpenOption>of(how, StandardOpenOption.WRITE);
        var channel = FileChannel.open(file, options, rights.atCreation(false));
        try {
            if (how == StandardOpenOption.CREATE || !rights.madeClosed()) {
                rights.close(file, false);
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// A new folder.
    public static void createFolder(Path folder) throws IOException {
        var rights = FilePermissions.of(folder);
        Files.createDirectory(folder, rights.atCreation(true));
        finish(rights, folder, true);
    }

    /// A new folder with a name of its own.
    public static Path temporaryFolder(Path parent, String prefix) throws IOException {
        var rights = FilePermissions.of(parent);
        var folder = Files.createTempDirectory(parent, prefix, rights.atCreation(true));
        finish(rights, folder, true);
        return folder;
    }

    /// Makes the folder and those above it that are missing; one that exists stays as it is.
    public static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var rights = FilePermissions.of(folder);
        Files.createDirectories(folder, rights.atCreation(true));
        finish(rights, folder, true);
    }

    /// Makes the folder, or closes one that was left open.
    public static void closedFolder(Path folder) throws IOException {
        makeFolder(folder);
        close(folder);
    }

    /// Makes the folder that the file is to stand in.
    public static void makeFolderOf(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            makeFolder(folder);
        }
    }

    /// A folder that was made before, or with a generous umask, is closed to others.
    public static void close(Path folder) throws IOException {
        FilePermissions.of(folder).close(folder, true);
    }

    /// Whether a file is open to strangers.
    public static boolean othersMayRead(Path file) throws IOException {
        return FilePermissions.of(file).othersMayRead(file);
    }

    private static void finish(FilePermissions rights, Path place, boolean folder)
            throws IOException {
        if (!rights.madeClosed()) {
            rights.close(place, folder);
        }
    }
}
