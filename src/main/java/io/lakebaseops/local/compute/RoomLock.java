package io.lakebaseops.local.compute;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Makes sure that one room at a time works in a directory.
final class RoomLock implements AutoCloseable {
    private final Path owner;
    private final FileLock lock;

    private RoomLock(Path owner, FileLock lock) {
        this.owner = owner;
        this.lock = lock;
    }

    /// The owner is written to a file beside the lock: closing any handle of a locked file would
    /// release this process's lock on it (POSIX), so the same process must not open it twice.
    static RoomLock take(Path dir) throws IOException {
        Path owner = dir.resolve("room.owner");
        String me = identity();
        if (Files.exists(owner) && Files.readString(owner).equals(me)) {
            throw inUse(dir, "this process");
        }
        FileChannel channel =
                FileChannel.open(
                        dir.resolve("room.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw inUse(dir, "process " + (Files.exists(owner) ? Files.readString(owner) : "?"));
        }
        Files.writeString(owner, me);
        return new RoomLock(owner, lock);
    }

    /// Process ids come back, a pair of id and start time does not.
    static String identity() {
        ProcessHandle me = ProcessHandle.current();
        long start = me.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
        return me.pid() + "-" + start;
    }

    private static ComputeException inUse(Path dir, String by) {
        return new ComputeException("Local Lakebase directory " + dir + " is in use by " + by);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(owner);
        lock.acquiredBy().close();
    }
}
