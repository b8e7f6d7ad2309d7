package io.lakebaseops.local.compute;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// Makes sure that one room at a time works in a directory.
final class RoomLock implements AutoCloseable {
    private static final String CLEANER = "cleaner-";
    private static final Duration CLEANING = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Path owner;
    private final FileLock lock;

    private RoomLock(Path owner, FileLock lock) {
        this.owner = owner;
        this.lock = lock;
    }

    /// Waits for a cleaning that is under way, which takes a second or two.
    static RoomLock take(Path dir) throws IOException {
        long end = System.nanoTime() + CLEANING.toNanos();
        while (cleaned(dir) && System.nanoTime() < end) {
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw inUse(dir, "a cleaning process");
            }
        }
        return take(dir, identity());
    }

    /// For who stops what a killed process left.
    static RoomLock takeToClean(Path dir) throws IOException {
        return take(dir, CLEANER + identity());
    }

    /// The cleaner removes its name; one that was killed itself is no longer alive.
    private static boolean cleaned(Path dir) throws IOException {
        Path owner = dir.resolve("room.owner");
        if (!Files.exists(owner)) {
            return false;
        }
        String name = Files.readString(owner);
        if (!name.startsWith(CLEANER)) {
            return false;
        }
        String pid = name.substring(CLEANER.length()).split("-", 2)[0];
        return ProcessHandle.of(Long.parseLong(pid)).filter(Living::is).isPresent();
    }

    /// The owner is written to a file beside the lock: closing any handle of a locked file would
    /// release this process's lock on it (POSIX), so the same process must not open it twice.
    private static RoomLock take(Path dir, String me) throws IOException {
        Path owner = dir.resolve("room.owner");
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
