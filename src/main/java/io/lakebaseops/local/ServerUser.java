package io.lakebaseops.local;

import io.lakebaseops.platform.OwnerOnly;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.stream.Stream;

/// A process that uses the server of a directory. Each holds a lock on a file of its own, named
/// after its process; one that was killed holds none any more.
record ServerUser(Path file, FileChannel channel) implements AutoCloseable {
    private static final String FOLDER = "attached";

    static ServerUser to(Path dir) throws IOException {
        Path folder = dir.resolve(FOLDER);
        OwnerOnly.makeFolder(folder);
        Path file = folder.resolve(prefix() + UUID.randomUUID());
        FileChannel channel = OwnerOnly.open(file, StandardOpenOption.CREATE_NEW);
        channel.lock();
        return new ServerUser(file, channel);
    }

    /// Whether anyone is attached; removes what killed processes left.
    static boolean any(Path dir) throws IOException {
        Path folder = dir.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (held(file)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }

    private static boolean held(Path file) throws IOException {
        // A file of this process is removed when let go, and must not be opened (see Occupancy).
        if (String.valueOf(file.getFileName()).startsWith(prefix())) {
            return Files.exists(file);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                return true;
            }
        }
        Files.deleteIfExists(file);
        return false;
    }

    private static String prefix() {
        return ServerCard.thisProcess().replaceAll("[^0-9A-Za-z@]", "") + "-";
    }
}
